import { SLIDES, type SlideId } from '#schemas/deck.ts';
import { entryOf } from '#schemas/entries.ts';
import type { Plan } from '#schemas/plan.ts';
import type { GapMatrix, RankingRow } from '#schemas/results/results.ts';
import { incidentFacts } from './incidents.ts';
import { placesGained } from './ranking.ts';

/**
 * Which slides of the meeting have something to show: the one rule of the screen, of PPTX and of PDF, found in the rows
 * that all of them are made of. Where nobody chose the slides, those without anything to show are left out everywhere.
 */

export type SlideRows = {
  plan: Pick<Plan, 'criteria'>;
  /** Of the zone, or of the group that the slides are of. */
  rows: readonly RankingRow[];
  requirements: readonly Pick<GapMatrix['requirements'][number], 'counted'>[];
  /** How many awards were given to these units; while there are none, how many candidates there are among them. */
  awards: number;
  candidates: number;
  /** Pairs that the slides tell. */
  pairs: number;
};

/** The groups of the ranked, each once. */
export const rankedGroups = (rows: readonly Pick<RankingRow, 'group' | 'rank'>[]): string[] => [
  ...new Set(rows.flatMap(({ group, rank }) => (rank === null ? [] : [group]))),
];

const SHOWS: Record<SlideId, (given: SlideRows) => boolean> = {
  cover: () => true,
  // Where nobody has a rank it says why.
  leaders: ({ rows }) => rows.length > 0,
  // One group has no others beside it.
  groups: ({ rows }) => rankedGroups(rows).length > 1,
  types: ({ plan, rows }) =>
    rows.some(({ criteria }) => plan.criteria.some(({ id }) => entryOf(criteria, id) != null)),
  // Where something counts and nothing is missed it says so.
  misses: ({ requirements }) => requirements.some(({ counted }) => counted > 0),
  movers: ({ rows }) => rows.some((row) => (placesGained(row) ?? 0) > 0),
  incidents: ({ rows }) => incidentFacts(rows).some(({ kind }) => kind !== 'none'),
  pairs: ({ pairs }) => pairs > 0,
  commended: ({ awards, candidates }) => awards + candidates > 0,
  next: () => true,
};

/** The slides without anything to show. */
export const emptySlidesOf = (given: SlideRows): SlideId[] => SLIDES.filter((id) => !SHOWS[id](given));

/** Of the slides asked for, those that are shown; `chosen`: somebody asked for them, and sees that they have nothing. */
export function slidesFrom(
  ids: readonly SlideId[],
  chosen: boolean,
  given: SlideRows,
): { id: SlideId; empty: boolean }[] {
  const nothing = new Set(emptySlidesOf(given));
  return ids.flatMap((id) => (chosen || !nothing.has(id) ? [{ id, empty: nothing.has(id) }] : []));
}
