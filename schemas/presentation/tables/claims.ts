import type { Plan } from '../../plan.ts';
import type { Speech } from '../speech.ts';
import { actions, type Column, type Description, points, text } from '../table.ts';
import { criterion, unitName } from './shared.ts';

/** What a unit says of itself in a criterion, beside what its record bears out. */
export type SelfClaim = {
  criterion: string;
  name?: string;
  self: number | null;
  evidenced: number | null;
  /** Claimed less borne out; null where one of them is missing. */
  difference: number | null;
  shortcomings: string;
  remedies: string;
};

/** Claims of one unit, or of many, drawn on one scale; only screens and sheets have room for what is said in words. */
export function claimTable<Row extends SelfClaim>(
  speech: Speech,
  plan: Pick<Plan, 'criteria'>,
  { title, units }: { title?: string; units: boolean },
): Description<Row> {
  const { column, sheet } = speech.vocabulary;
  /** One unit's stand beside each other; those of many are in the order of their difference. */
  const score = { ordering: !units, quantity: 'score', width: 12 };
  const whose: Column<Row>[] = units ? [unitName<Row & { name: string }>(speech) as Column<Row>] : [];
  return {
    id: 'self',
    title: title ?? sheet.self,
    columns: [
      ...whose,
      criterion(speech, plan),
      points('self', column.self, ({ self }) => self, score),
      points('evidenced', column.evidenced, ({ evidenced }) => evidenced, score),
      ...(units ? [{ ...actions<Row>(speech.list([column.self, column.evidenced])), id: 'scale' }] : []),
      points('difference', column.difference, ({ difference }) => difference, {
        width: 14,
        signed: true,
        quantity: 'score',
        between: ({ evidenced, self }) => [evidenced, self],
      }),
      text('shortcomings', column.shortcomings, ({ shortcomings }) => shortcomings, { not: ['page'] }),
      text('remedies', column.remedies, ({ remedies }) => remedies, {
        not: units ? ['screen', 'page'] : ['page'],
      }),
    ],
  };
}
