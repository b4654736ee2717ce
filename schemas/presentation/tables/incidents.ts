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
type Deductible = Pick<Plan, 'criteria' | 'deductions'>;

/** In the order of the rows, vetoes before deductions: where a list is cut, the gravest are there. */
export const incidentsOf = ({ vetoes }: Items, rows: readonly RankingRow[]): Incident[] => [
  ...rows.flatMap((row) =>
    row.vetoes.map((incident) => ({
      ...row,
      incident,
      veto: true,
      count: null,
      figure: vetoes.find(({ id }) => id === incident)?.cap ?? null,
    })),
  ),
  ...rows.flatMap((row) =>
    row.deductions.map(({ id, count: times, points }) => ({
      ...row,
      incident: id,
      veto: false,
      count: times,
      figure: points,
    })),
  ),
];

/** What a deduction takes, and of which type's score: a loss beside it is one of the total. */
export function deductionEffect(
  speech: Speech,
  { criteria, deductions }: Deductible,
  { id, points }: { id: string; points: number },
): string {
  const { effect } = speech.vocabulary;
  const of = deductions.find((item) => item.id === id)?.criterion;
  return of === undefined
    ? effect.minus(plainText(points))
    : effect.minusOf(nameIn(speech, criteria, of), plainText(points));
}

/** Every deduction and veto; of one unit, without saying whose. */
export function incidentTable(speech: Speech, plan: Items & Deductible): Description<Incident> {
  const { deductions, vetoes } = plan;
  const { column, sheet, effect } = speech.vocabulary;
  const items = [...deductions, ...vetoes];
  const effectOf = ({ incident, figure, veto }: Incident): string => {
    if (figure === null) return column.vetoes;
    if (veto) return effect.capped(plainText(figure));
    return deductionEffect(speech, plan, { id: incident, points: figure });
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
      text('effect', column.effect, effectOf, { width: 24, centred: true }),
    ],
  };
}
