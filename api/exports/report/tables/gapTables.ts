import { type Cut, cutAt } from '#schemas/cut.ts';
import { commonestFirst, shortShare } from '#schemas/presentation/answers/gaps.ts';
import { exactSum } from '#schemas/presentation/numbers.ts';
import { type Place, type Table, tableAt } from '#schemas/presentation/table.ts';
import * as described from '#schemas/presentation/tables/requirements.ts';
import type { GapMatrix } from '#schemas/results/results.ts';
import type { Frame } from '../frame.ts';
import { cutTable } from '../shorten.ts';

export type Requirement = GapMatrix['requirements'][number] & { index: number };

const indexed = ({ gaps }: Frame): Requirement[] =>
  (gaps?.requirements ?? []).map((requirement, index) => ({ ...requirement, index }));

/** Requirements below 1 for some unit, the commonest first. */
export const missesOf = (frame: Frame): Requirement[] => commonestFirst(indexed(frame));

/** The first of them. */
export const mostMissed = (frame: Frame, most: number): Cut<Requirement> =>
  cutAt(missesOf(frame), most, shortShare);

const lostBy = ({ gaps }: Frame, index: number): number =>
  exactSum((gaps?.units ?? []).map(({ lost }) => lost[index] ?? 0));

function missesAt(frame: Frame, place: Place, rows: readonly Requirement[]): Table {
  const { words, plan } = frame;
  const title = place === 'page' ? words.section.misses.heading : words.sheet.gaps;
  const missed = rows.map((row) => ({ ...row, lost: lostBy(frame, row.index) }));
  return tableAt(described.missesTable(frame, title, plan), missed, place);
}

/** Every requirement of the plan with how it is met over all units. */
export const requirementSheet = (frame: Frame): Table => missesAt(frame, 'sheet', indexed(frame));

/** The requirements that are missed most, for a page. */
export function missesPage(frame: Frame, most: number): Table {
  const misses = missesOf(frame);
  return cutTable(
    { ...missesAt(frame, 'page', misses), standings: misses.map(shortShare) },
    frame.words,
    most,
  );
}

/** Units × requirements: all of them for a sheet, one criterion's for a page. */
export function matrixTable(frame: Frame, criterion?: string): Table {
  const requirements = indexed(frame).filter(
    (requirement) => criterion === undefined || requirement.criterion === criterion,
  );
  const about =
    criterion === undefined
      ? { id: 'matrix', title: frame.words.sheet.requirements, width: 4 }
      : {
          id: `matrix-${criterion}`,
          title: frame.criteria.find(({ id }) => id === criterion)?.label ?? criterion,
          width: 10,
        };
  const table = described.matrixTable(frame, about, requirements);
  return tableAt(table, frame.gaps?.units ?? [], criterion === undefined ? 'sheet' : 'page');
}

/** Requirements named of each unit. */
const NAMED = 2;

/** Units by what their gaps cost them, most first, with the requirements that cost most. */
export function behindTable(frame: Frame): Table {
  const requirements = indexed(frame);
  const behind = (frame.gaps?.units ?? [])
    .map((unit) => {
      const costs = requirements
        .map(({ index, name }) => ({ name, lost: unit.lost[index] ?? 0 }))
        .filter(({ lost }) => lost)
        .sort((a, b) => b.lost - a.lost);
      const { shown, level } = cutAt(costs, NAMED, ({ lost }) => lost);
      const most = shown.map(({ name }) => name);
      return { ...unit, lost: exactSum(costs.map(({ lost }) => lost)), most, level };
    })
    .filter(({ lost }) => lost > 0)
    .sort((a, b) => b.lost - a.lost);
  const table = tableAt(described.costTable(frame, frame.words.section.byCriterion.heading), behind, 'page');
  return { ...table, standings: behind.map(({ lost }) => lost) };
}

/** Every gap of every unit, one a row. */
export function gapSheet(frame: Frame): Table {
  const requirements = indexed(frame);
  const gaps = (frame.gaps?.units ?? []).flatMap((unit) =>
    requirements.flatMap((requirement) => {
      const attainment = unit.attainments[requirement.index] ?? null;
      if (attainment === null || attainment >= 1) return [];
      const { rank, group, name } = unit;
      return [
        { ...requirement, rank, group, unit: name, attainment, lost: unit.lost[requirement.index] ?? null },
      ];
    }),
  );
  return tableAt(described.gapTable(frame, frame.plan), gaps, 'sheet');
}
