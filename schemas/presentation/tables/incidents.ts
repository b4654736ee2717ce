import type { Plan } from '../../plan.ts';
import type { RankingRow } from '../../results/results.ts';
import { plainText } from '../numbers.ts';
import { nameIn, type Speech } from '../speech.ts';
import { count, type Description, text } from '../table.ts';
import { group, rank, unitName } from './shared.ts';

/** Something that cost a unit points, or its place. */
export type Incident = Pick<RankingRow, 'rank' | 'name' | 'group'> & {
  incident: string;
  veto: boolean;
  count: number | null;
  /** Points lost, or what the total is capped at; null for a veto that the plan does not have any more. */
  figure: number | null;
};
type Items = Pick<Plan, 'deductions' | 'vetoes'>;

export const incidentsOf = ({ vetoes }: Items, rows: readonly RankingRow[]): Incident[] =>
  rows.flatMap((row) => [
    ...row.vetoes.map((incident) => ({
      ...row,
      incident,
      veto: true,
      count: null,
      figure: vetoes.find(({ id }) => id === incident)?.cap ?? null,
    })),
    ...row.deductions.map(({ id, count: times, points }) => ({
      ...row,
      incident: id,
      veto: false,
      count: times,
      figure: points,
    })),
  ]);

/** Every deduction and veto; of one unit, without saying whose. */
export function incidentTable(speech: Speech, { deductions, vetoes }: Items): Description<Incident> {
  const { column, sheet, effect } = speech.vocabulary;
  const items = [...deductions, ...vetoes];
  const effectOf = ({ figure, veto }: Incident): string => {
    if (figure === null) return column.vetoes;
    return veto ? effect.capped(plainText(figure)) : effect.minus(plainText(figure));
  };
  return {
    id: 'incidents',
    title: sheet.incidents,
    alarmed: ({ veto }) => veto,
    columns: [
      { ...rank<Incident>(speech), not: ['screen'] },
      { ...unitName<Incident>(speech), id: 'unit', not: ['screen'] },
      { ...group<Incident>(speech), not: ['screen'] },
      text('name', column.incident, ({ incident }) => nameIn(speech, items, incident), { width: 24 }),
      text(
        'clause',
        column.clause,
        ({ incident }) => items.find(({ id }) => id === incident)?.clause ?? null,
        {
          width: 9,
          centred: true,
        },
      ),
      count('count', column.count, (row) => row.count),
      text('effect', column.effect, effectOf, { width: 15, centred: true }),
    ],
  };
}
