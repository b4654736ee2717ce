import { exactSum } from '#schemas/presentation/numbers.ts';
import type { Table } from '#schemas/presentation/table.ts';
import type { GapMatrix } from '#schemas/results.ts';
import type { Frame } from '../frame.ts';
import { points, share, text, toldApart, whole } from './columns.ts';

type Requirement = GapMatrix['requirements'][number] & { index: number };

/** Requirements below 1 for some unit, most common first, then lowest mean. */
export function missesOf({ gaps }: Frame): Requirement[] {
  const all = (gaps?.requirements ?? []).map((requirement, index) => ({ ...requirement, index }));
  return all
    .filter(({ short, counted }) => counted > 0 && short > 0)
    .sort((a, b) => b.short / b.counted - a.short / a.counted || (a.mean ?? 1) - (b.mean ?? 1));
}

const labelOf = (frame: Frame, criterion: string): string =>
  frame.criteria.find(({ id }) => id === criterion)?.label ?? criterion;

function lostBy({ gaps }: Frame, index: number): number {
  return exactSum((gaps?.units ?? []).map(({ lost }) => lost[index] ?? 0));
}

/** Every requirement of the plan with how it is met over all units. */
export function requirementSheet(frame: Frame): Table {
  const { words, gaps, name } = frame;
  const { column } = words;
  return {
    id: 'requirements',
    title: words.sheet.gaps,
    columns: [
      text('criterion', column.criterion, 12),
      text('requirement', column.requirement, 44),
      text('clause', column.clause, 10),
      points('points', column.points),
      share('mean', column.meanAttainment, 11),
      whole('short', column.short, 11),
      whole('counted', column.counted, 10),
      points('lost', column.lostAll, 13),
    ],
    rows: (gaps?.requirements ?? []).map((requirement, index) => [
      labelOf(frame, requirement.criterion),
      name(requirement.name),
      requirement.clause,
      requirement.points,
      requirement.mean,
      requirement.short,
      requirement.counted,
      lostBy(frame, index),
    ]),
  };
}

/** The requirements that are missed most, for a page. */
export function missesPage(frame: Frame, most: number): Table {
  const { words, name } = frame;
  const { column } = words;
  const misses = missesOf(frame);
  return {
    id: 'misses',
    title: words.section.misses.heading,
    columns: [
      text('criterion', column.criterion, 10),
      text('requirement', column.requirement, 34),
      text('clause', column.clause, 9, { centred: true }),
      text('short', column.shortOf, 10, { centred: true }),
      share('mean', column.meanAttainment, 10),
      points('lost', column.lostAll, 10),
    ],
    rows: misses
      .slice(0, most)
      .map((requirement) => [
        labelOf(frame, requirement.criterion),
        name(requirement.name),
        requirement.clause,
        `${requirement.short}/${requirement.counted}`,
        requirement.mean,
        lostBy(frame, requirement.index),
      ]),
    ...(misses.length > most && { note: words.say.cutTop(most, misses.length) }),
  };
}

/** Units × requirements: all of them for a sheet, one criterion's for a page. */
export function matrixTable(frame: Frame, criterion?: string): Table {
  const { words, gaps, name } = frame;
  const { column } = words;
  const chosen = (gaps?.requirements ?? []).flatMap((requirement, index) =>
    criterion === undefined || requirement.criterion === criterion ? [{ ...requirement, index }] : [],
  );
  const sheet = criterion === undefined;
  return {
    id: sheet ? 'matrix' : `matrix-${criterion}`,
    title: sheet ? words.sheet.requirements : labelOf(frame, criterion),
    columns: [
      whole('rank', column.rank, 6),
      text('name', column.unit, 22),
      ...(sheet ? [text('group', column.group, 11)] : []),
      ...chosen.map((requirement) => share(requirement.id, name(requirement.name), sheet ? 4 : 10)),
    ],
    rows: (gaps?.units ?? []).map((unit) => [
      unit.rank,
      unit.name,
      ...(sheet ? [frame.term(unit.group)] : []),
      ...chosen.map(({ index }) => unit.attainments[index] ?? null),
    ]),
  };
}

/** Requirements named of each unit. */
const NAMED = 2;

/** Units by what their gaps cost them, most first, with the requirements that cost most. */
export function behindTable(frame: Frame): Table {
  const { words, gaps, name } = frame;
  const { column } = words;
  const requirements = gaps?.requirements ?? [];
  const behind = (gaps?.units ?? []).map((unit) => {
    const costs = requirements.flatMap((requirement, index) => {
      const lost = unit.lost[index];
      return lost ? [{ lost, requirement }] : [];
    });
    costs.sort((a, b) => b.lost - a.lost);
    return { unit, costs, lost: exactSum(costs.map(({ lost }) => lost)) };
  });
  const table: Table = {
    id: 'behind',
    title: words.section.byCriterion.heading,
    columns: [
      whole('rank', column.rank, 6),
      text('name', column.unit, 20),
      text('group', column.group, 12),
      points('lost', column.lost, 9),
      text('lostMost', column.lostMost, 54),
    ],
    rows: behind
      .filter(({ lost }) => lost > 0)
      .sort((a, b) => b.lost - a.lost)
      .map(({ unit, costs, lost }) => [
        unit.rank,
        unit.name,
        frame.term(unit.group),
        lost,
        frame.list(costs.slice(0, NAMED).map(({ requirement }) => name(requirement.name))),
      ]),
  };
  return toldApart(table, ['lost']);
}

/** Every gap of every unit, one a row. */
export function gapSheet(frame: Frame): Table {
  const { words, gaps, name } = frame;
  const { column } = words;
  const requirements = gaps?.requirements ?? [];
  return {
    id: 'gaps',
    title: words.sheet.gapsByUnit,
    columns: [
      whole('rank', column.rank),
      text('name', column.unit, 22),
      text('group', column.group, 14),
      text('criterion', column.criterion, 12),
      text('requirement', column.requirement, 44),
      text('clause', column.clause, 10),
      share('attainment', column.attainment),
      points('lost', column.lost),
    ],
    rows: (gaps?.units ?? []).flatMap((unit) =>
      requirements.flatMap((requirement, index) => {
        const attainment = unit.attainments[index] ?? null;
        if (attainment === null || attainment >= 1) return [];
        return [
          [
            unit.rank,
            unit.name,
            frame.term(unit.group),
            labelOf(frame, requirement.criterion),
            name(requirement.name),
            requirement.clause,
            attainment,
            unit.lost[index] ?? null,
          ],
        ];
      }),
    ),
  };
}
