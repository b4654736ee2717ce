import type { Plan } from '#schemas/plan.ts';
import {
  type Distance,
  type DraftedCriterion,
  distances,
  draftedInspection,
} from '#schemas/presentation/answers/inspectionDraft.ts';
import { nameIn } from '#schemas/presentation/speech.ts';
import type { DraftEntry, InspectionEntries } from '#schemas/results/inspectionDraft.ts';
import type { Standing } from '#schemas/results/results.ts';
import type { Words } from '../../locales/words.ts';

type DraftPlan = Pick<Plan, 'criteria' | 'deductions'>;

function shortcomingLines(words: Words, plan: DraftPlan, drafted: DraftedCriterion): string[] {
  const { say } = words;
  const gaps = drafted.shortcomings.map(({ name, attainment, lost, missed }) => {
    const named = {
      name: words.name(name),
      share: words.share(attainment),
      points: words.gap(lost),
    };
    const windows = words.list(missed.map((label) => words.window(label)).filter(Boolean));
    return windows === ''
      ? say('ownInspection.gap', named)
      : say('ownInspection.gapMissed', { ...named, windows });
  });
  const { others } = drafted;
  const more = others ? [say('ownInspection.more', { points: words.gap(others.lost) }, others.count)] : [];
  const deducted = drafted.deductions.map(({ id, count, points }) =>
    say(
      'ownInspection.deducted',
      { name: nameIn(words, plan.deductions, id), points: words.score(points) },
      count,
    ),
  );
  const lines = [...gaps, ...more, ...deducted];
  if (lines.length > 0) return lines;
  return [say(drafted.score === null ? 'ownInspection.nothing' : 'ownInspection.full')];
}

function remedyLines(words: Words, { remedies, closed }: DraftedCriterion): string[] {
  const { say } = words;
  const quoted = closed.map(({ name }) => say('table.quoted', { name: words.name(name) }));
  const lines = [
    ...remedies.map(({ name, due, window }) => {
      const named = {
        name: words.name(name),
        day: words.day(due),
        window: words.window(window),
      };
      return named.window === '' ? say('ownInspection.remedy', named) : say('ownInspection.remedyIn', named);
    }),
    ...(closed.length > 0 ? [say('ownInspection.closed', { names: words.list(quoted) }, closed.length)] : []),
  ];
  return lines.length > 0 ? lines : [say('ownInspection.keep')];
}

/** A criterion as the record would have it said: a line a sentence. */
export const draftedEntry = (words: Words, plan: DraftPlan, drafted: DraftedCriterion): DraftEntry => ({
  selfScore: drafted.score,
  shortcomings: shortcomingLines(words, plan, drafted).join('\n'),
  remedies: remedyLines(words, drafted).join('\n'),
});

/** All criteria, drafted. */
export const draftedEntries = (words: Words, plan: DraftPlan, standing: Standing): InspectionEntries =>
  Object.fromEntries(
    draftedInspection(standing, plan).map((drafted) => [
      drafted.criterion,
      draftedEntry(words, plan, drafted),
    ]),
  );

/** Own scores beside the record, in plan order. */
export const distancesOf = (
  plan: DraftPlan,
  standing: Pick<Standing, 'row'>,
  entries: InspectionEntries,
): Distance[] =>
  distances(
    plan.criteria.map(({ id }) => ({
      criterion: id,
      own: entries[id]?.selfScore ?? null,
      record: standing.row.criteria[id] ?? null,
    })),
  );
