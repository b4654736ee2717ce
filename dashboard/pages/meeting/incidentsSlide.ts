import type { Plan } from '#schemas/plan.ts';
import { incidentFacts } from '#schemas/presentation/answers/incidents.ts';
import { countText, plainText, totalDecimals } from '#schemas/presentation/numbers.ts';
import { nameIn } from '#schemas/presentation/speech.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import type { Words } from '../../locales/words.ts';
import { LINES, line, moreNote, type Slide, type SlideLine } from './slide.ts';

/** What cost units points or their place: vetoes first, a line a unit, then deductions, as the table of documents has them. */

type Told = { plan: Plan; rows: readonly RankingRow[] };

function vetoLine(words: Words, { plan }: Told, row: RankingRow, decimals: number): SlideLine {
  const names = row.vetoes.map((id) => nameIn(words, plan.vetoes, id));
  return line({
    lead: countText(row.rank),
    name: row.name,
    detail: `✕ ${words.list(names)}`,
    // A total that is not above the cap anyway is not capped.
    figure:
      row.total === row.totalWithoutVeto
        ? words.score(row.total, decimals)
        : words.say('slides.capped', {
            total: words.score(row.total, decimals),
            uncapped: words.score(row.totalWithoutVeto, decimals),
          }),
    alarm: true,
  });
}

/** What a deduction takes, and of which type's score: shorter than in tables, for eight of them in a hall. */
function effectOf(words: Words, plan: Plan, { id, points }: RankingRow['deductions'][number]): string {
  const criterion = plan.deductions.find((item) => item.id === id)?.criterion;
  return criterion === undefined
    ? words.vocabulary.effect.minus(plainText(points))
    : words.say('slides.minus', {
        type: nameIn(words, plan.criteria, criterion),
        points: plainText(points),
      });
}

const deductionLines = (words: Words, { plan, rows }: Told): SlideLine[] =>
  rows.flatMap(({ rank, name, deductions }) =>
    deductions.map((one) =>
      line({
        lead: countText(rank),
        name,
        detail: words.say('slides.times', {
          name: nameIn(words, plan.deductions, one.id),
          times: countText(one.count),
        }),
        figure: effectOf(words, plan, one),
      }),
    ),
  );

export function incidentsSlide(words: Words, { plan, rows }: Told): Slide {
  const decimals = totalDecimals(rows);
  const vetoed = rows.filter((row) => row.vetoes.length > 0);
  const all = [
    ...vetoed.map((row) => vetoLine(words, { plan, rows }, row, decimals)),
    ...deductionLines(words, { plan, rows }),
  ];
  const told = incidentFacts(rows).flatMap((fact) => {
    if (fact.kind === 'vetoed') return [words.say('slides.vetoed', {}, fact.units.length)];
    if (fact.kind === 'none') return [];
    return [words.say('slides.deducted', { units: fact.units }, fact.times)];
  });
  return {
    id: 'incidents',
    question: words.say('slides.incidents'),
    answer: words.sentences(told),
    lines: all.slice(0, LINES),
    ...moreNote(words, all),
  };
}
