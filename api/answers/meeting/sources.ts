import { activityRowOf } from '#api/answers/activityLists.ts';
import { noPlan } from '#api/answers/asked.ts';
import type { PageParts } from '#api/answers/pages/parts.ts';
import { freezesOf } from '#api/freeze/records.ts';
import type { Seen } from '#api/ports.ts';
import { listActivities } from '#api/queries/activities.ts';
import { awardEvents } from '#api/queries/awards.ts';
import { latestRecorded } from '#api/queries/lastRecorded.ts';
import { PAGE_BYTES, pagesOf } from '#api/queries/pageBytes.ts';
import {
  bytesOfUnits,
  countActivities,
  type YearOfUnits,
  yearActivities,
} from '#api/queries/yearActivities.ts';
import { awardsGiven } from '#schemas/awards.ts';
import { instantOf } from '#schemas/dates.ts';
import type { Plan } from '#schemas/plan.ts';
import type { ActivityRow } from '#schemas/results/results.ts';

/** What documents need beside the answers of the screen. */
export type Sources = {
  /** The plan in use, as known at `asOf`. Throws a `Problem` where there is none. */
  plan(question: Seen): Promise<Plan>;
  /** What the department has decided and not taken back. */
  awards(question: Seen): Promise<{ unit: string; honour: string; reason: string }[]>;
  /**
   * The number of the seal that the year had before the time that is looked at; null where it had none, or where the time
   * is a seal's own: what is known then is what it holds.
   */
  sealed(question: Seen): Promise<number | null>;
  /** The activities of some units, in the order of the units. What happened after `on` is left out of `to-date`. */
  activities(question: Seen, units: readonly string[]): AsyncGenerator<ActivityRow>;
  /** How many activities the year has, of all units. */
  countActivities(question: Seen): Promise<number>;
  /** The day and time from which a question is answered now, so that it is answered alike later. */
  pinned(question: Seen): Promise<{ on: string; asOf: string }>;
};

/** Units read at a time: some thousands of rows, however many or few a unit has. A question costs 20 ms by itself. */
const UNITS_AT_ONCE = 1_000;
const BYTES_AT_ONCE = 4 * 1024 * 1024;
const ROWS_AT_ONCE = 10_000;

type Sized = { unit: string; bytes: number };

export function createSources({
  ask,
  cache,
  offsets,
  now,
}: Pick<PageParts, 'ask' | 'cache' | 'offsets' | 'now'>): Sources {
  const snapshotAt = (asOf: string | undefined) => ({
    offsets: offsets(),
    asOf: asOf === undefined ? null : instantOf(asOf),
  });

  async function view(question: Seen) {
    const found = await cache.viewpoint(question);
    if (!found) throw noPlan(question.year);
    return found;
  }

  /** The rows of some units' year; of a unit that is more than a page, a page after the other. */
  async function* activitiesOf({
    snapshot,
    year,
    page,
  }: Pick<YearOfUnits, 'snapshot' | 'year'> & { page: Sized[] }) {
    const [first, ...others] = page;
    if (first && others.length === 0 && first.bytes > PAGE_BYTES) {
      let after: readonly [string, string] | undefined;
      do {
        const question = { snapshot, unit: first.unit, year, after, limit: ROWS_AT_ONCE };
        const { rows, more } = await listActivities(ask, question);
        yield* rows;
        const last = rows.at(-1);
        after = more && last ? [last.day, last.activity] : undefined;
      } while (after);
    } else yield* await yearActivities(ask, { snapshot, year, units: page.map(({ unit }) => unit) });
  }

  return {
    plan: async (question) => (await view(question)).plan,

    async awards({ year, asOf }) {
      const given = awardsGiven(await awardEvents(ask, { snapshot: snapshotAt(asOf), year }));
      return given.flatMap(({ unit, honour, reason, withdrawn }) =>
        withdrawn ? [] : [{ unit, honour, reason }],
      );
    },

    async sealed({ year, asOf }) {
      const seals = (await freezesOf(ask, year, offsets())).map(({ row }) => ({
        number: row.number,
        at: instantOf(row.asOf),
      }));
      const until = asOf === undefined ? Number.POSITIVE_INFINITY : instantOf(asOf);
      if (seals.some(({ at }) => at === until)) return null;
      return seals.filter(({ at }) => at < until).at(-1)?.number ?? null;
    },

    async *activities(question, units) {
      const { plan, basis, on } = await view(question);
      const snapshot = snapshotAt(question.asOf);
      const year = plan.year;
      const bytes = await bytesOfUnits(ask, { snapshot, year });
      const sizes = units.flatMap((unit) => ({ unit, bytes: bytes.get(unit) ?? 0 }));
      const wanted = sizes.filter((one) => one.bytes > 0);
      for (const page of pagesOf(wanted, UNITS_AT_ONCE, BYTES_AT_ONCE))
        for await (const row of activitiesOf({ snapshot, year, page }))
          if (basis === 'year' || row.day <= on) yield activityRowOf(row, plan, []);
    },

    async pinned(question) {
      const { on } = await view(question);
      if (question.asOf !== undefined) return { on, asOf: question.asOf };
      // Recorded times never decrease, so they may be ahead of the clock.
      const latest = await latestRecorded(ask, offsets());
      return { on, asOf: new Date(Math.max(now(), latest ?? 0)).toISOString() };
    },

    countActivities: ({ year, asOf }) => countActivities(ask, { snapshot: snapshotAt(asOf), year }),
  };
}
