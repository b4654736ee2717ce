import type { Principal } from '#api/access/principal.ts';
import { holds } from '#api/access/principal.ts';
import { headOf as activityHead, bodyOf } from '#api/answers/activityBody.ts';
import { planInUse } from '#api/answers/asked.ts';
import { Problem } from '#api/http/problem.ts';
import type { InboxQuestion, InboxReads } from '#api/ports.ts';
import {
  type ActivityFact,
  activityFacts,
  authorsOf,
  eventsAt,
  pairKey,
} from '#api/queries/activityFacts.ts';
import type { InboxFilter } from '#api/queries/inbox.ts';
import { createLru } from '#api/ranking-cache/lru.ts';
import { formatPosition, formatWatermark } from '#schemas/position.ts';
import type { InboxItem } from '#schemas/results/inbox.ts';
import { ALIKE, likeness } from '#schemas/sameReport.ts';
import type { Alike, Duplicate } from './alike.ts';
import { kindsOf } from './inboxFilter.ts';
import { cursorOf, isBehind, keyOf, type Place, placeOf } from './inboxPlace.ts';
import type { InboxRows, WaitingRow } from './inboxRows.ts';
import type { PageParts } from './parts.ts';
import type { UnitHeads } from './unitHeads.ts';
import { countWaiting, firstWaiting, groupWaiting, type Waiting } from './waiting.ts';

/** What stood at an earlier watermark, under so many filters. */
const EARLIER_KEPT = 8;

type Group = { id: string; count: number };
/** The most first, then by id. */
const mostFirst = (counts: ReadonlyMap<string, number>): Group[] =>
  [...counts]
    .map(([id, count]) => ({ id, count }))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
const countsBy = (ids: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

/** What an activity is while nothing more happens to it. */
export const versionOf = ({
  fromPos,
  recordedFrom,
}: Pick<ActivityFact, 'fromPos' | 'recordedFrom'>): string => `${formatPosition(fromPos)}@${recordedFrom}`;

export type InboxParts = Pick<PageParts, 'ask' | 'cache' | 'offsets'> & {
  waiting: Waiting;
  alike: Alike;
  rows: InboxRows;
  heads: UnitHeads;
};

export function createInboxes({
  ask,
  cache,
  offsets,
  waiting,
  alike,
  rows,
  heads,
}: InboxParts): Pick<InboxReads, 'inbox' | 'counts' | 'summary' | 'found'> {
  async function filterOf(question: Omit<InboxQuestion, 'kind' | 'limit'>, who: Principal) {
    const { year, unit, group, until } = question;
    const read = offsets();
    const [plan, { ofGroup }] = await Promise.all([planInUse(cache.plans, year), heads.at()]);
    const of = group === undefined ? undefined : ofGroup(group);
    const kinds = kindsOf(who, plan, question);
    return {
      read,
      year,
      until,
      kinds: kinds && new Set(kinds),
      /** The units that are asked for; undefined for all of them. */
      units: unit === undefined ? of : new Set(!of || of.has(unit) ? [unit] : []),
    };
  }
  type Filter = Awaited<ReturnType<typeof filterOf>>;

  const earlier = createLru<Promise<Duplicate[]>>(EARLIER_KEPT);
  /** What stood at a watermark while nothing moves on: pages of one list ask for it once. */
  function alikeUntil({ read, year, until, units }: Filter): Promise<Duplicate[]> {
    const asked: InboxFilter = { snapshot: { offsets: read, asOf: null }, year, until };
    const filter = units ? { ...asked, units: [...units] } : asked;
    const key = JSON.stringify(filter);
    const begun = earlier.get(key) ?? alike.until(filter);
    earlier.set(key, begun);
    begun.catch(() => earlier.delete(key));
    return begun;
  }

  /** Lists of suspected reports, unit by unit; up to an earlier watermark others stood beside each other. */
  async function alikeLists(filter: Filter): Promise<(readonly Duplicate[])[]> {
    const { year, kinds, units, until } = filter;
    const byUnit = until
      ? Map.groupBy(await alikeUntil(filter), ({ unit }) => unit)
      : (await alike.at(year)).byUnit;
    const lists = [...(units ?? byUnit.keys())].map((unit) => byUnit.get(unit) ?? []);
    return kinds ? lists.map((list) => list.filter(({ kind }) => kinds.has(kind))) : lists;
  }

  async function countsOf(filter: Filter, who: Principal) {
    const [{ byUnit }, lists] = await Promise.all([waiting.at(filter.year), alikeLists(filter)]);
    const counts = countWaiting(byUnit, filter);
    const appeals = holds(who, ['organisation']) ? counts.appeals : null;
    return { ...counts, appeals, duplicates: lists.reduce((sum, list) => sum + list.length, 0) };
  }

  /** The places of a page, and of one row more where there is one. */
  async function placesOf(filter: Filter, { kind, limit }: InboxQuestion, after: Place | undefined) {
    if (kind !== 'duplicates') {
      const { byUnit } = await waiting.at(filter.year);
      const from = typeof after === 'number' ? after : 0;
      return firstWaiting(byUnit, kind, { ...filter, after: from, limit: limit + 1 });
    }
    const ordered = (await alikeLists(filter))
      .flatMap((list) => (list[0] ? [{ unit: JSON.stringify(list[0].unit), list }] : []))
      .sort((a, b) => (a.unit < b.unit ? -1 : 1))
      .flatMap(({ list }) => list);
    const from = Array.isArray(after) ? ordered.findIndex((one) => isBehind(keyOf(one), after)) : 0;
    return from < 0 ? [] : ordered.slice(from, from + limit + 1);
  }

  function refuseAppeals({ kind }: Pick<InboxQuestion, 'kind'>, who: Principal): void {
    if (kind === 'appeals' && !holds(who, ['organisation']))
      throw new Problem('forbidden', 'The organisation department decides on appeals.');
  }

  async function itemsOf(shown: readonly WaitingRow[], who: Principal): Promise<InboxItem[]> {
    const { headOf } = await heads.at();
    const alikeTo = ({ row, siblings }: WaitingRow) =>
      siblings.filter(
        ({ activity, title }) => activity !== row.activity && likeness(row.title, title) >= ALIKE,
      );
    return shown.map((one) => ({
      ...headOf(one.row.unit),
      ...activityHead(one.row),
      body: bodyOf(one.row),
      version: versionOf(one.row),
      since: new Date(one.row.recordedFrom).toISOString(),
      daysLate: one.row.daysLate,
      own: who.unit === one.row.unit || one.authors.has(who.id),
      alike: alikeTo(one).map(({ activity, title, state }) => ({ activity, title, state })),
    }));
  }

  return {
    async inbox(question, who) {
      refuseAppeals(question, who);
      const filter = await filterOf(question, who);
      const { kind, limit, cursor } = question;
      const [counts, places] = await Promise.all([
        countsOf(filter, who),
        placesOf(filter, question, placeOf(cursor)),
      ]);
      const shown = await rows.at(filter.year, places.slice(0, limit));
      const last = shown.length < places.length ? shown.at(-1)?.row : undefined;
      return {
        kind,
        items: await itemsOf(shown, who),
        nextCursor: last ? cursorOf(kind === 'duplicates' ? keyOf(last) : last.fromPos) : null,
        counts,
        watermark: formatWatermark(filter.read),
      };
    },

    async counts(question, who) {
      const filter = await filterOf(question, who);
      return { counts: await countsOf(filter, who), watermark: formatWatermark(filter.read) };
    },

    async summary(question, who) {
      refuseAppeals(question, who);
      const filter = await filterOf(question, who);
      const { kind, year } = question;
      const { headOf } = await heads.at();
      const duplicates = kind === 'duplicates' ? (await alikeLists(filter)).flat() : [];
      const { units, kinds } =
        kind === 'duplicates'
          ? {
              units: countsBy(duplicates.map(({ unit }) => unit)),
              kinds: countsBy(duplicates.map((one) => one.kind)),
            }
          : groupWaiting((await waiting.at(year)).byUnit, kind, filter);
      return {
        kind,
        total: [...kinds.values()].reduce((sum, count) => sum + count, 0),
        units: mostFirst(units).map(({ id, count }) => ({ ...headOf(id), count })),
        kinds: mostFirst(kinds).map(({ id, count }) => ({ kind: id, count })),
        watermark: formatWatermark(filter.read),
      };
    },

    async found(pairs) {
      const snapshot = { offsets: offsets(), asOf: null };
      const [facts, authors] = await Promise.all([
        activityFacts(ask, { snapshot, pairs }),
        authorsOf(ask, { snapshot, pairs }),
      ]);
      const wanted = pairs.flatMap((pair) => facts.get(pairKey(pair)) ?? []);
      const events = await eventsAt(ask, { snapshot, positions: wanted.map(({ fromPos }) => fromPos) });
      return new Map(
        wanted.map((fact) => [
          pairKey(fact),
          {
            ...fact,
            version: versionOf(fact),
            authors: authors.get(pairKey(fact)) ?? new Set<string>(),
            last: events.get(fact.fromPos),
          },
        ]),
      );
    },
  };
}
