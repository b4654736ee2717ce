import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ask } from '#api/queries/ask.ts';
import { createRankingCache, type RankingCache } from '#api/ranking-cache/rankingCache.ts';
import { type Logger, openTallyFiles } from '#api/ranking-cache/tallyFiles.ts';
import { clearStore } from '#ingest/store/checkpoint.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { migrate } from '#ingest/store/migrate.ts';
import { rankBands, withBands } from '#schemas/bands/bands.ts';
import { randomHistory } from '#test/reference/generate.ts';
import { replay } from '#test/reference/history.ts';
import { type Question, ranking } from '#test/reference/score.ts';
import type { StoredEvent } from '#test/reference/types.ts';
import { storedHistory } from '#test/support/storedHistory.ts';

/** The cache on a real store, fed batch by batch, beside the reference that replays the whole stream each time. */

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wuxing-cache-'));
  store = await openStore({ dataDir: folder });
  await migrate(store);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const NOW = Date.UTC(2026, 10, 21, 9);

const projection = (stream: readonly StoredEvent[]) => storedHistory(store, stream);

async function rowsOf(cache: RankingCache, question: Question) {
  const answer = await cache.answer(question);
  return answer ? withBands(answer.ranked.rows, await cache.bands(answer, question.top)) : null;
}

/** Questions whose matrices stay in the cache while the stream moves on under them. */
function questionsOn({ year, asOfs, ons }: ReturnType<typeof randomHistory>): Question[] {
  const [asOf] = asOfs;
  return [
    { year, basis: 'year', now: NOW },
    { year, basis: 'to-date', now: NOW },
    { year, basis: 'to-date', on: ons[0] },
    { year, basis: 'year', asOf },
    { year, basis: 'to-date', asOf: asOfs[2], on: ons[3], top: 2 },
  ];
}

describe('given random histories', () => {
  test.each([1, 2, 3, 4])(
    'then the cache is at every step what the reference makes of the stream so far (seed %i)',
    async (seed) => {
      await clearStore(store);
      const history = randomHistory(seed);
      const { progress, advance } = projection(history.stream);
      const bandsOf = async (input: Parameters<typeof rankBands>[0]) => rankBands(input);
      const cache = createRankingCache({ ask: store, progress, bandsOf, now: () => NOW });
      const steps = [0.55, 0.6, 1].map((part) => Math.floor(history.stream.length * part));
      for (const to of steps) {
        await advance(to);
        const stream = history.stream.slice(0, to);
        for (const question of questionsOn(history)) {
          const expected = ranking(replay(stream, question), question);
          expect(await rowsOf(cache, question), JSON.stringify({ to, question })).toEqual(
            expected?.rows ?? null,
          );
        }
      }
    },
    120_000,
  );

  // Few events touch few units: only these are read again, and of them only what the events were about. The seeds are
  // of histories whose last events report values and change units and targets.
  test.each([7, 93, 100])(
    'then the cache follows the stream event by event (seed %i)',
    async (seed) => {
      await clearStore(store);
      const history = randomHistory(seed);
      const { progress, advance } = projection(history.stream);
      const bandsOf = async (input: Parameters<typeof rankBands>[0]) => rankBands(input);
      const cache = createRankingCache({ ask: store, progress, bandsOf, now: () => NOW });
      const question: Question = { year: history.year, basis: 'year', now: NOW };
      for (let to = Math.max(1, history.stream.length - 45); to <= history.stream.length; to++) {
        await advance(to);
        const expected = ranking(replay(history.stream.slice(0, to), question), question);
        expect(await rowsOf(cache, question), `after ${to} events`).toEqual(expected?.rows ?? null);
      }
    },
    120_000,
  );
});

/** What a cache says of the whole year and of a day, and how often it had the store tally every unit for it. */
async function started(progress: ReturnType<typeof projection>['progress'], log: Logger) {
  let scans = 0;
  const counting: Ask = {
    query: (...asked) => store.query(...asked),
    native(sql, params) {
      if (sql.includes('Resample') && !sql.includes('unit IN')) scans++;
      return store.native(sql, params);
    },
  };
  const tallyFiles = openTallyFiles({ folder: join(folder, 'tallies'), rules: 'ours', log });
  const bandsOf = async (input: Parameters<typeof rankBands>[0]) => rankBands(input);
  const cache = createRankingCache({ ask: counting, progress, bandsOf, tallyFiles, now: () => NOW });
  return { cache, scans: () => scans };
}

describe('given tallies that an earlier process kept aside', () => {
  const warnings: string[] = [];
  const log: Logger = { info: () => {}, warn: (_, message) => void warnings.push(message) };
  const kept = (): string => {
    const [name = ''] = readdirSync(join(folder, 'tallies'));
    return join(folder, 'tallies', name);
  };

  async function leaveTallies(seed: number) {
    await clearStore(store);
    rmSync(join(folder, 'tallies'), { recursive: true, force: true });
    warnings.length = 0;
    const history = randomHistory(seed);
    const { progress, advance } = projection(history.stream);
    await advance(history.stream.length - 1);
    const question: Question = { year: history.year, basis: 'year', now: NOW };
    const before = await started(progress, log);
    await rowsOf(before.cache, question);
    await before.cache.keep();
    expect(before.scans()).toBe(1);
    await advance(history.stream.length);
    const expected = ranking(replay(history.stream, question), question)?.rows ?? null;
    return { progress, question, expected };
  }

  test.each([7, 93, 100])(
    'then a start asks no more than the units touched since (seed %i)',
    async (seed) => {
      const { progress, question, expected } = await leaveTallies(seed);
      const after = await started(progress, log);
      expect(await rowsOf(after.cache, question)).toEqual(expected);
      expect(after.scans()).toBe(0);
      // A day on which all of the year is over has the same tallies.
      const lastDay: Question = { ...question, basis: 'to-date', on: `${question.year}-12-31` };
      expect(await rowsOf(after.cache, lastDay)).not.toBeNull();
      expect(after.scans()).toBe(0);
      expect(warnings).toEqual([]);
    },
  );

  test('when the file is torn, then it is not believed, and said so', async () => {
    const { progress, question, expected } = await leaveTallies(93);
    const bytes = readFileSync(kept());
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 1;
    writeFileSync(kept(), bytes);
    const after = await started(progress, log);
    expect(await rowsOf(after.cache, question)).toEqual(expected);
    expect(after.scans()).toBe(1);
    expect(warnings.join()).toContain('checksum');
  });

  test('when it is of another stream, or of rules that are not ours, then it is not believed, and said so', async () => {
    await leaveTallies(7);
    const foreign = readFileSync(kept());
    const { progress, question, expected } = await leaveTallies(93);
    const own = kept();
    // Another zone's file under the name of this one: the checksum covers the name.
    writeFileSync(own, foreign);
    const misnamed = await started(progress, log);
    expect(await rowsOf(misnamed.cache, question)).toEqual(expected);
    expect(misnamed.scans()).toBe(1);
    // A stream of the same length whose last event is another.
    rmSync(own);
    const files = openTallyFiles({ folder: join(folder, 'tallies'), rules: 'ours', log });
    const plan = (await misnamed.cache.plans.versions(question.year, null)).at(-1)?.plan;
    if (!plan) throw new Error('the history has no plan');
    const mark = [{ last: { position: 1, source: 'unit/other', id: 'other', recordedAt: 1 }, applied: 1 }];
    await files.write(plan, { offsets: progress.offsets(), mark, tallies: [] });
    const other = await started(progress, log);
    expect(await rowsOf(other.cache, question)).toEqual(expected);
    expect(other.scans()).toBe(1);
    expect(warnings.join()).toContain('another stream');
    // Rules that are not ours have another name.
    renameSync(kept(), kept().replace(/-[0-9a-f]{16}-/, '-0123456789abcdef-'));
    const ruled = await started(progress, log);
    expect(await rowsOf(ruled.cache, question)).toEqual(expected);
    expect(warnings.join()).toContain('other rules');
  });
});
