import type { ActivityBody } from '#schemas/events.ts';
import { decimalsBetween, exactDifference } from '#schemas/presentation/numbers.ts';
import type { ChangedFields, ReportEffect } from '#schemas/results/reportEffects.ts';
import type { WordKey, Words } from '../../locales/words.ts';

/** What an event changed: a sentence for each field of an amendment, one for the points, and of a decision one for the rank. */

/** As the form calls them, in its order. */
const LABELS: Record<keyof ActivityBody, WordKey> = {
  kind: 'report.kind',
  occurredOn: 'report.occurredOn',
  title: 'report.heading',
  form: 'report.form',
  quantity: 'report.quantity',
  due: 'report.due',
  done: 'report.done',
  members: 'report.members',
  score: 'report.score',
  indicator: 'report.indicator',
  value: 'report.value',
  ledByHead: 'report.ledByHead',
  evidence: 'evidence.links',
  attachments: 'evidence.files',
  note: 'report.note',
};
const FIELDS = Object.keys(LABELS) as (keyof ActivityBody)[];

/** Of a long text its beginning: the whole of what it says now stands above. */
const LONGEST = 80;
const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

function valueText(words: Words, field: keyof ActivityBody, body: ChangedFields): string {
  const value = body[field];
  if (value === undefined || value === '') return words.say('activities.nothingThere');
  if (field === 'occurredOn' && body.occurredOn) return words.fullDay(body.occurredOn);
  if (field === 'attachments') return words.list((body.attachments ?? []).map(({ name }) => name));
  if (Array.isArray(value)) return words.list(value.map(String));
  if (typeof value === 'boolean') return words.say('activities.yes');
  if (typeof value === 'number') return words.plain(value);
  return field === 'title' || field === 'note' ? short(value as string) : words.term(value as string);
}

const fieldLines = (words: Words, { before, after }: NonNullable<ReportEffect['changed']>): string[] =>
  FIELDS.filter((field) => field in before || field in after).map((field) =>
    words.say('activities.fieldChanged', {
      field: words.say(LABELS[field]),
      before: valueText(words, field, before),
      after: valueText(words, field, after),
    }),
  );

function pointsLine(words: Words, { before, after }: NonNullable<ReportEffect['total']>): string {
  const decimals = decimalsBetween([[before, after]]);
  const told = (total: number | null): string =>
    total === null ? words.say('activities.nothingThere') : words.score(total, decimals);
  if (before === after) return words.say('activities.totalSame', { total: words.score(after, decimals) });
  return words.say('activities.totalChanged', {
    before: told(before),
    after: told(after),
    points: words.signed(exactDifference(after ?? 0, before ?? 0), decimals),
  });
}

function rankLine(words: Words, { before, after, of }: NonNullable<ReportEffect['rank']>): string {
  const { say, count } = words;
  if (before === after && after !== null) return say('activities.rankSame', { rank: count(after), of });
  const place = (rank: number | null): string =>
    rank === null ? say('activities.noPlace') : say('activities.place', { rank: count(rank) });
  return say('activities.rankChanged', { before: place(before), after: place(after), of });
}

export function effectLines(words: Words, { changed, total, rank }: ReportEffect): string[] {
  return [
    ...(changed ? fieldLines(words, changed) : []),
    ...(total ? [pointsLine(words, total)] : []),
    ...(rank ? [rankLine(words, rank)] : []),
  ];
}
