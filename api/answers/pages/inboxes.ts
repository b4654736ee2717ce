import type { Principal } from '#api/access/principal.ts';
import { holds } from '#api/access/principal.ts';
import { bodyOf, headOf } from '#api/answers/activityBody.ts';
import { planInUse } from '#api/answers/asked.ts';
import { Problem } from '#api/http/problem.ts';
import type { InboxQuestion, InboxReads } from '#api/ports.ts';
import {
  type ActivityFact,
  activityFacts,
  authorsOf,
  eventsAt,
  pairKey,
  unitNames,
} from '#api/queries/activityFacts.ts';
import {
  countInbox,
  type Duplicate,
  duplicatesIn,
  groupInbox,
  type InboxFilter,
  type InboxRow,
  type PlainKind,
  placesIn,
  rowsAt,
  siblingsOf,
  unitsOfGroup,
} from '#api/queries/inbox.ts';
import { createLru } from '#api/ranking-cache/lru.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatPosition, formatWatermark } from '#schemas/position.ts';
import type { InboxItem } from '#schemas/results/inbox.ts';
import { kindsReviewed } from '#schemas/reviewed.ts';
import { ALIKE, likeness } from '#schemas/sameReport.ts';
import type { Alike, AlikeAt } from './alike.ts';
import { cursorOf, isBehind, keyOf, keyOfRow, type Place, placeOf } from './inboxPlace.ts';
import type { PageParts } from './parts.ts';
import type { Waiting } from './waiting.ts';

/** What stood at an earlier watermark, under so many filters. */
const EARLIER_KEPT = 8;

type Group = { id: string; count: number };
/** The most first, then by id. */
const counted = (ids: readonly string[]): Group[] =>
  [...Map.groupBy(ids, (id) => id)]
    .map(([id, list]) => ({ id, count: list.length }))
    .sort((a, b) => b.count - a.count || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)));
const groupsOf = (list: readonly Duplicate[]): { units: Group[]; kinds: Group[] } => ({
  units: counted(list.map(({ unit }) => unit)),
  kinds: counted(list.map(({ kind }) => kind)),
});

/** What an activity is while nothing more happens to it. */
export const versionOf = ({
  fromPos,
  recordedFrom,
}: Pick<ActivityFact, 'fromPos' | 'recordedFrom'>): string => `${formatPosition(fromPos)}@${recordedFrom}`;

/** The kinds that somebody decides on; undefined for all of them. */
function mayDecide(who: Principal, plan: Plan): ReadonlySet<string> | undefined {
  if (holds(who, ['organisation'])) return undefined;
  return kindsReviewed(who.reviews ?? { criteria: [], kinds: [] }, plan);
}

/** The kinds that a question is about: those of the asker, and of these the one that a requirement or filter asks for. */
function kindsOf(
  who: Principal,
  plan: Plan,
  { requirement, of }: Partial<InboxQuestion>,
): string[] | undefined {
  const mine = mayDecide(who, plan);
  const asked = requirement === undefined ? of : plan.requirements.find(({ id }) => id === requirement)?.kind;
  if (requirement !== undefined && asked === undefined)
    throw new Problem('not-found', `"${requirement}" is no requirement of the plan for ${plan.year}.`);
  if (asked === undefined) return mine && [...mine];
  return mine && !mine.has(asked) ? [] : [asked];
}

export function createInboxes({
  ask,
  cache,
  offsets,
  alike,
  waiting,
}: Pick<PageParts, 'ask' | 'cache' | 'offsets'> & { alike: Alike; waiting: Waiting }): Pick<
  InboxReads,
  'inbox' | 'counts' | 'summary' | 'found'
> {
  const filterOf = async (question: Omit<InboxQuestion, 'kind' | 'limit'>, who: Principal) => {
    const { year, unit, group, until } = question;
    const snapshot = { offsets: offsets(), asOf: null };
    const [plan, of] = await Promise.all([
      planInUse(cache.plans, year),
      group === undefined ? undefined : unitsOfGroup(ask, { snapshot, group }),
    ]);
    /** The units that are asked for; undefined for all of them. */
    const only = unit === undefined ? of : new Set(!of || of.has(unit) ? [unit] : []);
    return { snapshot, year, unit, group, until, kinds: kindsOf(who, plan, question), only };
  };

  type Filter = Awaited<ReturnType<typeof filterOf>>;
  /** What stood at a watermark does not change: pages of one list ask for it once. */
  function once<T>(find: (filter: InboxFilter) => Promise<T>): (filter: Filter) => Promise<T> {
    const kept = createLru<Promise<T>>(EARLIER_KEPT);
    return (filter) => {
      const key = JSON.stringify(filter);
      const begun = kept.get(key) ?? find(filter);
      kept.set(key, begun);
      begun.catch(() => kept.delete(key));
      return begun;
    };
  }
  const countedUntil = once((filter) => countInbox(ask, filter));
  const alikeUntil = once((filter) => duplicatesIn(ask, filter));

  /** Under filters, from what is known of the year; up to an earlier watermark others stood beside each other. */
  async function alikeIn(filter: Filter): Promise<AlikeAt> {
    const { year, kinds, snapshot, until, only } = filter;
    if (until) return { offsets: snapshot.offsets, duplicates: await alikeUntil(filter) };
    const found = await alike.at(year);
    const asked = kinds && new Set(kinds);
    if (!only && !asked) return found;
    const duplicates = found.duplicates.filter(
      (one) => (!only || only.has(one.unit)) && (!asked || asked.has(one.kind)),
    );
    return { ...found, duplicates };
  }

  async function plainCounts(filter: Filter) {
    const { year, kinds, until, only } = filter;
    if (until) return countedUntil(filter);
    const { byUnit } = await waiting.at({ year, kinds });
    const units = only ? [...only].flatMap((unit) => byUnit.get(unit) ?? []) : [...byUnit.values()].flat();
    const sum = (kind: PlainKind) => units.reduce((total, one) => total + one[kind], 0);
    return { verification: sum('verification'), late: sum('late'), appeals: sum('appeals') };
  }
  async function countsOf(filter: Filter, who: Principal) {
    const [counts, { duplicates }] = await Promise.all([plainCounts(filter), alikeIn(filter)]);
    const appeals = holds(who, ['organisation']) ? counts.appeals : null;
    return { ...counts, appeals, duplicates: duplicates.length };
  }

  /** The places of a page, and of one row more where there is one. */
  async function placesOf(filter: Filter, { kind, limit }: InboxQuestion, after: Place | undefined) {
    const { snapshot } = filter;
    if (kind !== 'duplicates') {
      const from = typeof after === 'number' ? after : 0;
      return { snapshot, places: await placesIn(ask, { ...filter, kind, after: from, limit: limit + 1 }) };
    }
    const { offsets: read, duplicates } = await alikeIn(filter);
    const from = Array.isArray(after) ? duplicates.findIndex((one) => isBehind(keyOf(one), after)) : 0;
    const places = from < 0 ? [] : duplicates.slice(from, from + limit + 1);
    return { snapshot: { ...snapshot, offsets: read }, places };
  }

  function refuseAppeals({ kind }: Pick<InboxQuestion, 'kind'>, who: Principal): void {
    if (kind === 'appeals' && !holds(who, ['organisation']))
      throw new Problem('forbidden', 'The organisation department decides on appeals.');
  }

  async function itemsOf(rows: readonly InboxRow[], filter: Filter, who: Principal): Promise<InboxItem[]> {
    const { snapshot, year } = filter;
    const units = new Set(rows.map(({ unit }) => unit));
    /** Which open reports are alike is known; what an appeal is about may be like any. */
    const siblingsKnown = async () => {
      const { duplicates } = filter.until ? await alikeIn(filter) : await alike.at(year);
      const known = new Set(duplicates.filter(({ unit }) => units.has(unit)).map(pairKey));
      const likely = rows.filter((row) => row.appealOpen || known.has(pairKey(row)));
      return siblingsOf(ask, { snapshot, year, rows: likely });
    };
    const [authors, nameOf, siblings] = await Promise.all([
      authorsOf(ask, { snapshot, pairs: rows }),
      unitNames(ask, { snapshot, units: [...units] }),
      siblingsKnown(),
    ]);
    const days = Map.groupBy(siblings, ({ unit, kind, day }) => JSON.stringify([unit, kind, day]));
    const alikeOf = ({ unit, kind, day, activity, title }: InboxRow) =>
      (days.get(JSON.stringify([unit, kind, day])) ?? []).filter(
        (other) => other.activity !== activity && likeness(title, other.title) >= ALIKE,
      );
    return rows.map((row) => ({
      ...nameOf(row.unit),
      ...headOf(row),
      body: bodyOf(row),
      version: versionOf(row),
      since: new Date(row.recordedFrom).toISOString(),
      daysLate: row.daysLate,
      own: who.unit === row.unit || (authors.get(pairKey(row))?.has(who.id) ?? false),
      alike: alikeOf(row).map(({ activity, title, state }) => ({ activity, title, state })),
    }));
  }

  return {
    async inbox(question, who) {
      refuseAppeals(question, who);
      const filter = await filterOf(question, who);
      const { kind, limit, cursor } = question;
      const [counts, { snapshot, places }] = await Promise.all([
        countsOf(filter, who),
        placesOf(filter, question, placeOf(cursor)),
      ]);
      const rows = await rowsAt(ask, { ...filter, places: places.slice(0, limit) });
      const last = rows.length < places.length ? rows.at(-1) : undefined;
      return {
        kind,
        items: await itemsOf(rows, { ...filter, snapshot }, who),
        nextCursor: last ? cursorOf(kind === 'duplicates' ? keyOfRow(last) : last.fromPos) : null,
        counts,
        watermark: formatWatermark(filter.snapshot.offsets),
      };
    },

    async counts(question, who) {
      const filter = await filterOf(question, who);
      return {
        counts: await countsOf(filter, who),
        watermark: formatWatermark(filter.snapshot.offsets),
      };
    },

    async summary(question, who) {
      refuseAppeals(question, who);
      const filter = await filterOf(question, who);
      const { units, kinds } =
        question.kind === 'duplicates'
          ? groupsOf((await alikeIn(filter)).duplicates)
          : await groupInbox(ask, { ...filter, kind: question.kind });
      const nameOf = await unitNames(ask, { snapshot: filter.snapshot, units: units.map(({ id }) => id) });
      return {
        kind: question.kind,
        total: kinds.reduce((sum, { count }) => sum + count, 0),
        units: units.map(({ id, count }) => ({ ...nameOf(id), count })),
        kinds: kinds.map(({ id, count }) => ({ kind: id, count })),
        watermark: formatWatermark(filter.snapshot.offsets),
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
