import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { admit } from '#ingest/admission/admit.ts';
import { Busy, createDoor, type Door, Refused } from '#ingest/intake/door.ts';
import { wantedBy } from '#ingest/intake/outcome.ts';
import { project } from '#ingest/project/project.ts';
import { type Ingest, startIngest } from '#ingest/run/ingest.ts';
import { createProjector } from '#ingest/run/localProjector.ts';
import { rowStoreOf } from '#ingest/run/rowStore.ts';
import { openLmdbState } from '#ingest/state/packed/lmdbState.ts';
import type { StateStore } from '#ingest/state/state.ts';
import { createStoreState } from '#ingest/state/storeState.ts';
import { openStore, type Store } from '#ingest/store/client.ts';
import { blocksOf, insertRows } from '#ingest/store/insert.ts';
import { migrate } from '#ingest/store/migrate.ts';
import { formOf } from '#ingest/store/multipart.ts';
import type { EventStream, StreamRecord } from '#ingest/stream/eventStream.ts';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import { homeOf } from '#ingest/stream/partitioner.ts';
import { positionOf } from '#schemas/position.ts';
import {
  CLICKHOUSE_LIMITS,
  type FakeServer,
  PROXY_URI,
  startFakeClickHouse,
} from '#test/support/clickhouse.ts';
import { recorded, registered } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';

/**
 * A door on servers looks up in ClickHouse what stands already, over HTTP. Whatever a legal batch asks after must get
 * there, through ClickHouse's limits and those of a proxy in front.
 */
describe('given a store on a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-http-'));
  const organisation = { role: 'organisation' } as const;
  let server: FakeServer;
  let store: Store;
  let stream: EventStream;
  let state: StateStore;
  let ingest: Ingest;
  const doors: Door[] = [];

  beforeAll(async () => {
    server = await startFakeClickHouse();
    store = await openStore({ url: server.url, dataDir: folder });
    await migrate(store);
    stream = openLmdbStream({ folder: join(folder, 'stream') });
    state = openLmdbState({ folder: join(folder, 'state'), stream: 'test' });
    ingest = await startIngest({
      stream,
      projector: createProjector(state, blocksOf),
      store: rowStoreOf(store),
    });
  });
  beforeEach(() => {
    server.limits = { ...CLICKHOUSE_LIMITS, uri: PROXY_URI };
    server.answerInstead = undefined;
    server.urls = [];
  });
  afterAll(async () => {
    await Promise.all(doors.map((door) => door.close()));
    await ingest?.stop();
    await state?.close();
    await stream?.close();
    await store?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A door that knows nothing but what the store says. */
  async function doorOf(): Promise<Door> {
    await ingest.caughtUp();
    const door = createDoor({ stream, state: createStoreState(store), misfits: () => [] });
    doors.push(door);
    door.advance({ offsets: ingest.offsets() });
    await door.opened();
    return door;
  }

  test.each([
    ['of 200 Han characters', '學'.repeat(190)],
    ['of four-byte characters', '𠮷'.repeat(95)],
    ['of quotes and backslashes', `'\\`.repeat(90)],
    ['of Latin letters', 'a'.repeat(190)],
  ])(
    'when a batch of a thousand events has ids %s, then it is taken, and known when it comes again',
    async (_, long) => {
      const unit = `第三管理区-${long.codePointAt(0)}`;
      const events = Array.from({ length: 1_000 }, (_, index) => ({
        ...recorded(unit, `活动-${index}-${'文'.repeat(50)}`),
        id: `${long}${index}`,
      }));
      await (await doorOf()).submit([registered(unit)], organisation);
      const sender = { role: 'unit', unit } as const;
      const first = await (await doorOf()).submit(events, sender);
      expect(new Set(first.map(({ status }) => status))).toEqual(new Set(['appended']));
      const again = await (await doorOf()).submit(events, sender);
      expect(new Set(again.map(({ status }) => status))).toEqual(new Set(['already']));
      expect(again.map(({ position }) => position)).toEqual(first.map(({ position }) => position));
      expect(Math.max(...server.urls)).toBeLessThan(PROXY_URI);
    },
  );

  test('when values are bound, then each arrives as it is, in however many pieces', async () => {
    const row = z.object({ text: z.string(), texts: z.array(z.string()), numbers: z.array(z.int()) });
    const sql =
      'SELECT {text:String} AS text, {texts:Array(String)} AS texts, {numbers:Array(UInt32)} AS numbers';
    const any = fc.string({ unit: 'binary', maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          any,
          fc.constantFrom(
            "'; DROP TABLE ledger; --\r\n\0\\N",
            '--wuxing-\r\n\r\n--',
            '{texts:Array(String)}',
          ),
        ),
        fc.array(any, { maxLength: 30 }),
        fc.array(fc.nat({ max: 2 ** 32 - 1 }), { maxLength: 50 }),
        async (text, texts, numbers) => {
          expect(await store.query(row, sql, { text, texts, numbers })).toEqual([{ text, texts, numbers }]);
        },
      ),
      { numRuns: 60 },
    );
    const large = {
      text: '长\n'.repeat(90_000),
      texts: ['', ...Array(5_000).fill('学习型’\\'.repeat(9))],
      numbers: [],
    };
    expect(await store.query(row, sql, large)).toEqual([large]);
    const { body } = formOf(sql, large);
    expect(body.toString()).toContain('arrayConcat({texts:Array(String)}, {texts__1:Array(String)}');
  });

  test('when pieces are looked up with IN, then all of them count', async () => {
    const texts = Array.from({ length: 4_000 }, (_, index) => `${'名'.repeat(40)}${index}`);
    const row = z.object({ n: z.int() });
    const sql =
      'SELECT count() AS n FROM numbers(5000) WHERE concat({name:String}, toString(number)) IN {texts:Array(String)}';
    expect(await store.query(row, sql, { texts, name: '名'.repeat(40) })).toEqual([{ n: 4_000 }]);
  });

  test.each([
    ['its URL is too long for a proxy', { status: 414, text: '<h1>414 Request-URI Too Large</h1>' }],
    [
      'a table is missing',
      { status: 404, text: 'Code: 60. DB::Exception: Table ledger does not exist. (UNKNOWN_TABLE)' },
    ],
    [
      'the password is wrong',
      { status: 403, text: 'Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)' },
    ],
  ])('when a look-up fails because %s, then nobody is told to try again', async (_, answer) => {
    const door = await doorOf();
    server.answerInstead = answer;
    const submitted = door.submit([registered('u-1')], organisation);
    await expect(submitted).rejects.toThrow(Refused);
    await expect(submitted).rejects.toThrow(/fails the same way/);
  });

  test.each([
    [
      'the memory is short',
      { status: 500, text: 'Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)' },
    ],
    [
      'too many are asking',
      {
        status: 500,
        text: 'Code: 202. DB::Exception: Too many simultaneous queries. (TOO_MANY_SIMULTANEOUS_QUERIES)',
      },
    ],
    ['a proxy finds no server', { status: 502, text: '<h1>502 Bad Gateway</h1>' }],
  ])('when it fails because %s, then the sender may try again', async (_, answer) => {
    const door = await doorOf();
    server.answerInstead = answer;
    await expect(door.submit([registered('u-2')], organisation)).rejects.toThrow(Busy);
  });

  test('when an event stands outside of its subject’s partition, then the door knows nothing of it', async () => {
    const [unit, partitions] = ['u-stray', 5];
    const home = homeOf(unit, partitions);
    const event = { ...registered(unit), recordedtime: '2200-01-01T00:00:00Z' };
    const at = (partition: number): StreamRecord => ({
      position: positionOf(partition, 9_000_000),
      storedAt: 0,
      text: JSON.stringify(event),
    });
    const admission = admit(event);
    if (!('admitted' in admission)) throw new Error('the event of the test is refused');
    const { key } = admission.admitted;
    const look = async () => {
      const view = await createStoreState(store, partitions).load(() => wantedBy(admission.admitted));
      return [view.get('identities', key)?.position, view.get('clocks', unit)];
    };
    const insert = (partition: number) =>
      insertRows(store, project(memoryState().view, [at(partition)], partitions).rows);
    await insert((home + 1) % partitions);
    expect(await look()).toEqual([undefined, undefined]);
    await insert(home);
    expect(await look()).toEqual([positionOf(home, 9_000_000), Date.UTC(2200, 0, 1)]);
  });
});
