import type { Fault } from '#schemas/admission.ts';
import type { Preview, PreviewBasis, PreviewRequirement } from '#schemas/results/preview.ts';
import type { WordKey, Words } from '../../locales/words.ts';

/** What a report would bring, in sentences. */

const EPSILON = 0.000_05;
const gained = ({ total: { before, after } }: PreviewBasis): number => (after ?? 0) - (before ?? 0);

/** `rank 43 → 42`; what cannot be told is left out. */
export function rankWord(
  words: Words,
  { before, after }: { before: number | null; after: number | null },
): string {
  if (before === null || after === null) return '';
  if (before === after) return words.say('effect.rankSame', { rank: before });
  return words.say('effect.rank', { before, after });
}

/** `+0.42 points, rank 43 → 42`. */
export function changeWord(words: Words, basis: PreviewBasis): string {
  const points = gained(basis);
  if (Math.abs(points) < EPSILON) return words.say('effect.nothing');
  const told = words.say('effect.points', { points: words.signed(points) });
  const rank = rankWord(words, basis.rank);
  return rank ? words.say('effect.both', { points: told, rank }) : told;
}

/** `每季度专题调研，第四季度`. */
export function whereWord(words: Words, { name, window }: PreviewRequirement): string {
  const quoted = words.say('table.quoted', { name: words.name(name) });
  const label = window ? words.window(window.label) : '';
  return label ? words.say('effect.where', { name: quoted, window: label }) : quoted;
}

/** One sentence for each requirement of the kind: whether it counts there, and what it adds. */
export function requirementWord(words: Words, item: PreviewRequirement): string {
  const where = whereWord(words, item);
  if (!item.fits) return words.say('effect.countsNot', { where });
  if (item.before === 1 && item.after === 1) return words.say('effect.fullAlready', { where });
  if (Math.abs(item.gained) < EPSILON) return words.say('effect.countsSame', { where });
  return words.say('effect.counts', { where, points: words.signed(item.gained) });
}

/** The whole: what it does to the year's result and to today's. */
export type Effect = {
  lead: string;
  year: string;
  toDate: string;
  parts: string[];
  conditions: string[];
  notes: string[];
};

/** `begun`: the version of the plan by which the form was begun. */
export function effectOf(words: Words, preview: Preview, begun: number): Effect | null {
  const [year, toDate] = preview.bases;
  if (!year || !toDate) return null;
  const own = year.requirements;
  const fitting = own.filter(({ fits }) => fits);
  const [only] = fitting;
  const lead =
    fitting.length === 1 && only
      ? words.say('effect.leadOne', { where: whereWord(words, only) })
      : words.say(fitting.length > 0 ? 'effect.leadMany' : 'effect.leadNone', {}, fitting.length);
  return {
    lead,
    year: changeWord(words, year),
    toDate: changeWord(words, toDate),
    parts: own.length === 1 && fitting.length === 1 ? [] : own.map((item) => requirementWord(words, item)),
    conditions: preview.conditions
      .filter(({ before, after }) => !before && after)
      .map(({ id, name }) => words.say('effect.condition', { name: name ? words.name(name) : id })),
    notes: [
      ...(preview.plan.version === begun
        ? []
        : [words.say('effect.replanned', { from: begun, to: preview.plan.version })]),
      ...(preview.counts === 'once-verified' ? [words.say('effect.onceVerified')] : []),
      ...(year.capped ? [words.say('effect.capped')] : []),
      ...(year.rank.told ? [] : [words.say('effect.rankHidden')]),
    ],
  };
}

const MISSING = /^(is missing|must not be empty|must be)/;
const KNOWN: Readonly<Record<string, WordKey>> = {
  form: 'report.faults.form',
  quantity: 'report.faults.quantity',
  due: 'report.faults.due',
  done: 'report.faults.done',
  members: 'report.faults.members',
  score: 'report.faults.score',
  indicator: 'report.faults.indicator',
  value: 'report.faults.value',
  title: 'report.faults.title',
  note: 'report.faults.note',
  evidence: 'report.faults.evidence',
  kind: 'report.faults.kind',
};

/** A fault of the door as a clerk reads it, beside its field. */
export function faultWord(words: Words, { field, message }: Fault, year: number): string {
  const name = field.split('.')[1] ?? '';
  if (message === 'is no number') return words.say('report.faults.number');
  if (name === 'occurredOn') {
    if (message.includes('after')) return words.say('report.faults.future');
    return words.say(message === 'is missing' ? 'report.faults.day' : 'report.faults.otherYear', { year });
  }
  if (name === 'due' && message.includes('at least')) return words.say('report.faults.dueBelow');
  if (name === 'members' && !MISSING.test(message)) return words.say('report.faults.memberIds');
  const key = KNOWN[name];
  return key ? words.say(key) : words.say('report.faults.other', { detail: message });
}
