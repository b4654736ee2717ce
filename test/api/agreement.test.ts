import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cacheable } from '#api/ports.ts';
import type { Basis, RequirementRow } from '#schemas/results/results.ts';
import { standingOf } from '#schemas/standing.ts';
import { randomHistory } from '#test/reference/generate.ts';
import { replay } from '#test/reference/history.ts';
import { type RequirementStanding, rankingWithStandings } from '#test/reference/score.ts';
import { type OneSystem, openStoreForTests, withSystem } from '#test/support/oneSystem.ts';

/**
 * The product against the independent recomputation (`test/reference`), which shares no code with it: random
 * plans and histories through door, stream, projection, store and scoring, and every figure compared.
 */

/** Of twenty faults put into SQL and projection, each that any of 200 histories tells of is told of by the first thirty. */
const HISTORIES = Number(process.env.AGREEMENT_HISTORIES ?? 80);
const PER_TEST = 10;

let opened: Awaited<ReturnType<typeof openStoreForTests>>;
beforeAll(async () => {
  opened = await openStoreForTests();
});
afterAll(() => opened.close());

const unpacked = <T>(kept: Cacheable<T>): T =>
  'value' in kept ? kept.value : (JSON.parse(Buffer.from(kept.bytes).toString()) as T);

/** What the reference makes of a history: replayed once for each time that it is asked as known at. */
function replayed(stream: ReturnType<typeof randomHistory>['stream']) {
  const states = new Map<string | undefined, ReturnType<typeof replay>>();
  return {
    length: stream.length,
    asOf(asOf: string | undefined): ReturnType<typeof replay> {
      const state = states.get(asOf) ?? replay(stream, asOf === undefined ? {} : { asOf });
      states.set(asOf, state);
      return state;
    },
  };
}

type Asked = { basis: Basis; on: string; asOf?: string; top?: number; weights?: Record<string, number> };

/** `byPage`: one unit's own page is compared, too, which asks the store for much that nothing here is compared with. */
async function compare(
  system: OneSystem,
  history: ReturnType<typeof replayed>,
  year: number,
  asked: Asked,
  byPage: boolean,
) {
  const { asOf, ...question } = asked;
  const state = history.asOf(asOf);
  const both = rankingWithStandings(state, { year, ...question });
  if (!both) {
    await expect(system.reads.ranking({ year, ...asked }, {})).rejects.toThrow();
    return;
  }
  const { ranking: expected, standings } = both;
  const actual = unpacked(await system.reads.ranking({ year, ...asked }, {}));
  expect(actual.plan).toEqual(expected.plan);
  expect(actual.rows).toEqual(expected.rows);
  const { top: _, ...standingAsked } = asked;
  const answer = await system.cache.answer({ year, ...standingAsked });
  if (!answer) throw new Error('there is a ranking, so there is an answer');
  const { judge, ranked, placeOf } = answer;
  const byItsPage = byPage ? expected.rows[history.length % expected.rows.length]?.unit : undefined;
  for (const { unit } of expected.rows) {
    const verdict = ranked.verdicts[placeOf.get(unit) ?? -1];
    if (!verdict) throw new Error(`${unit} is ranked, so it is judged`);
    const theirs = standings.get(unit) ?? [];
    agree(standingOf(judge, verdict, ranked).requirements, theirs);
    if (unit === byItsPage)
      agree((await system.reads.standing(unit, { year, ...standingAsked })).requirements, theirs);
  }
}

function agree(own: readonly RequirementRow[], theirs: readonly RequirementStanding[]): void {
  expect(
    own.map(({ id, attainment, points, lost, rankIfClosed, rankIfCaughtUp, due, clause }) => ({
      id,
      attainment,
      points,
      lost,
      rankIfClosed,
      rankIfCaughtUp,
      due,
      clause,
    })),
  ).toEqual(theirs.map(({ windows: _, ...rest }) => rest));
  // A requirement that is left out for the unit has no windows; the reference lists its year all the same.
  expect(own.map(({ windows }, index) => (windows.length ? windows : theirs[index]?.windows))).toEqual(
    theirs.map(({ windows }) => windows),
  );
}

const batches = Array.from({ length: Math.ceil(HISTORIES / PER_TEST) }, (_, index) => index * PER_TEST);

test.each(batches)(
  'given random histories %i and the nine after it, when they go through the product, then it agrees with the plain recomputation on every figure',
  async (first) => {
    for (let seed = first; seed < Math.min(first + PER_TEST, HISTORIES); seed++) {
      const { stream, year, asOfs, ons } = randomHistory(seed);
      const events = stream.map(({ event }) => ({ subject: String(event.data.unit ?? 'zone'), ...event }));
      const history = replayed(
        stream.map(({ position }, index) => ({
          position,
          event: events[index] as (typeof stream)[number]['event'],
        })),
      );
      const on = ons[seed % ons.length] as string;
      const asOf = asOfs[seed % asOfs.length] as string;
      await withSystem(opened, events, async (system) => {
        const questions: Asked[] = [
          { basis: 'year', on },
          { basis: 'to-date', on, top: 2 },
          { basis: seed % 2 ? 'year' : 'to-date', on, asOf },
        ];
        expect(await system.reads.quarantined()).toBe(history.asOf(undefined).quarantined.length);
        for (const [index, asked] of questions.entries())
          await compare(system, history, year, asked, index === seed % questions.length);
      });
    }
  },
  240_000,
);
