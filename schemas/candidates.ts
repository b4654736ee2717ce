import { MILLION } from './exact.ts';
import { micros } from './numbers.ts';
import { greaterThan, type Ranked } from './ranks.ts';
import type { Candidate, PassedOver } from './results/commendations.ts';
import type { RankingRow } from './results/results.ts';
import { type Judge, pointsOf, type Verdict } from './scoring.ts';

/** Who can be commended (表彰): the best of those that may be, within the places of the zone and of each group. */

/** So many places, or a share of the ranked units in millionths. */
export type Quota = { places: number } | { share: number };

/** `10%` or `5`; undefined where the text is neither. */
export function quotaOf(text: string): Quota | undefined {
  const [, whole, percent] = /^(?:(\d{1,6})|(\d{1,3}(?:\.\d{1,4})?)%)$/.exec(text) ?? [];
  if (whole !== undefined) return { places: Number(whole) };
  if (percent === undefined || Number(percent) > 100) return undefined;
  return { share: Number(micros(Number(percent))) / 100 };
}

/** A share is rounded up, so that it leaves nobody without a place. */
export const placesOf = (quota: Quota, ranked: number): number =>
  'places' in quota ? quota.places : Math.ceil((quota.share * ranked) / MILLION);

export type CandidateQuestion = { quota: Quota; perGroup: Quota };

/** The candidates without what they did, which only the store knows. */
export type Found = {
  places: number;
  groups: { group: string; places: number; ranked: number }[];
  candidates: Omit<Candidate, 'notable'>[];
  passedOver: PassedOver[];
};

type RankOf = (row: RankingRow) => number | null;
/** The last rank that fits, and whether units share it that do not all fit. */
type Edge = { last: number; tied: boolean };

/** Eligible units fill the places from the top; those that share the last place are all in. */
function edgeOf(rows: readonly RankingRow[], places: number, rankOf: RankOf): Edge {
  const ranks = rows.flatMap((row) => (row.eligible ? (rankOf(row) ?? []) : []));
  const lowest = ranks[Math.min(places, ranks.length) - 1] ?? 0;
  // Where fewer than the places may be commended, whoever stands within the places and may not is still high enough.
  const last = ranks.length < places ? Math.max(lowest, places) : lowest;
  return { last, tied: ranks.filter((rank) => rank <= last).length > places };
}

const isWithin = ({ last }: Edge, rank: number | null): boolean => rank !== null && rank <= last;

const byZone: RankOf = ({ rank }) => rank;
const byGroup: RankOf = ({ groupRank }) => groupRank;

/** Conditions that are due and not met bar a unit; the others that are not met are still open. */
export function conditionsOf(judge: Judge, { tally }: Verdict): { missed: string[]; open: string[] } {
  const missed: string[] = [];
  const open: string[] = [];
  judge.conditions.forEach(({ due, metOn }, index) => {
    const id = judge.plan.conditions[index]?.id ?? '';
    if (metOn(tally) === null) (due ? missed : open).push(id);
  });
  return { missed, open };
}

/** For each criterion all scores of the zone, descending, to tell a unit's place from. */
function scoreLists(judge: Judge, verdicts: readonly Verdict[]): Int32Array[] {
  const lists = judge.criteria.map((_, index) => ({
    index,
    scores: new Int32Array(verdicts.length),
    count: 0,
  }));
  for (const { criteria } of verdicts)
    for (const list of lists) {
      const score = criteria[list.index] ?? null;
      if (score !== null) list.scores[list.count++] = score;
    }
  return lists.map(({ scores, count }) => scores.subarray(0, count).sort().reverse());
}

function extremesOf(judge: Judge, { criteria }: Verdict, lists: readonly Int32Array[]) {
  const scores = criteria.flatMap((own, index) => {
    const list = lists[index];
    if (own === null || !list) return [];
    const above = greaterThan(list, own);
    const shared = greaterThan(list, own - 1) - above;
    return [{ criterion: judge.criteria[index]?.id ?? '', score: pointsOf(own), place: above + 1, shared }];
  });
  const points = scores.map(({ score }) => score);
  const [high, low] = [Math.max(...points), Math.min(...points)];
  return {
    strongest: scores.filter(({ score }) => score === high),
    weakest: high === low ? [] : scores.filter(({ score }) => score === low),
  };
}

function byGroups(rows: readonly RankingRow[]): Map<string, RankingRow[]> {
  const groups = new Map<string, RankingRow[]>();
  for (const row of rows) {
    const members = groups.get(row.group);
    if (members) members.push(row);
    else groups.set(row.group, [row]);
  }
  return groups;
}

/** Candidates in the order of the ranking. `rows` may carry bands; they run in parallel with the verdicts. */
export function candidatesOf(
  judge: Judge,
  { rows, verdicts, totals }: Ranked,
  { quota, perGroup }: CandidateQuestion,
): Found {
  const ranked = rows.slice(0, totals.length);
  const places = placesOf(quota, ranked.length);
  const zone = edgeOf(ranked, places, byZone);
  const own = byGroups(ranked);
  const groups = [...own]
    .map(([group, members]) => ({
      group,
      ranked: members.length,
      places: placesOf(perGroup, members.length),
    }))
    .sort((a, b) => (a.group < b.group ? -1 : 1));
  const edges = new Map(
    groups.map((one) => [one.group, edgeOf(own.get(one.group) ?? [], one.places, byGroup)]),
  );
  const lists = scoreLists(judge, verdicts);
  const found: Found = { places, groups, candidates: [], passedOver: [] };
  ranked.forEach((row, index) => {
    const verdict = verdicts[index];
    const edge = edges.get(row.group);
    if (!verdict || !edge || row.rank === null || row.groupRank === null || row.total === null) return;
    const inZone = isWithin(zone, row.rank);
    const inGroup = isWithin(edge, row.groupRank);
    if (!inZone && !inGroup) return;
    const { unit, name, group, rank, groupRank, total, vetoes } = row;
    const { missed, open } = conditionsOf(judge, verdict);
    if (!row.eligible) {
      found.passedOver.push({ unit, name, group, rank, groupRank, total, vetoes, missed });
      return;
    }
    found.candidates.push({
      row,
      within: [...(inZone ? (['overall'] as const) : []), ...(inGroup ? (['group'] as const) : [])],
      tied: (zone.tied && rank === zone.last) || (edge.tied && groupRank === edge.last),
      ...extremesOf(judge, verdict, lists),
      open,
    });
  });
  return found;
}

/** Why a unit may not be commended, in words; null where nothing stands against it. */
export function barOf(judge: Judge, verdict: Verdict): string | null {
  const { missed } = conditionsOf(judge, verdict);
  const { plan } = judge;
  const reasons = [
    ...verdict.vetoes.map((id) => `the veto ${id} fell on it`),
    ...missed.map((id) => {
      const by = plan.conditions.find((condition) => condition.id === id)?.by;
      return `it did not meet the condition ${id} by ${plan.year}-${by}`;
    }),
  ];
  return reasons.length ? reasons.join(', and ') : null;
}
