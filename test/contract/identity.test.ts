import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '#ingest/intake/sender.ts';
import type { EventStream } from '#ingest/stream/eventStream.ts';
import { openKafkaStream } from '#ingest/stream/kafka.ts';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import type { Receipt } from '#schemas/results/results.ts';
import { recorded, registered, type Sent } from '#test/support/events.ts';
import { type House, openHouse } from '#test/support/house.ts';
import { type Broker, startBroker } from '#test/support/kafka/broker.ts';
import { brokerUnavailable } from '#test/support/kafka/fetch.ts';
import { finalTables, type MemoryStore, memoryStore } from '#test/support/memoryStore.ts';

const UNIT: Sender = { role: 'unit', unit: 'u-1' };
const ORGANISATION: Sender = { role: 'organisation' };

/** One stream for one test, which any number of houses can be opened on. */
type Log = { open(): Promise<EventStream>; severalHouses: boolean };

const statuses = (receipts: readonly Receipt[]): string[] => receipts.map(({ status }) => status);
const count = (receipts: readonly Receipt[], status: string): number =>
  receipts.filter((receipt) => receipt.status === status).length;

/** Domain §2, identity: whoever sends, however often, through whichever door, before and after a restart. */
function identityContract(makeLog: () => Promise<Log>): void {
  let folder: string;
  let log: Log;
  const houses: House[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wuxing-identity-'));
    log = await makeLog();
  });
  afterEach(async () => {
    await Promise.all(houses.splice(0).map((house) => house.close()));
    await rm(folder, { recursive: true, force: true });
  });

  async function open(
    name = 'house',
    store: MemoryStore = memoryStore(),
  ): Promise<House & { store: MemoryStore }> {
    const house = await openHouse({ stream: await log.open(), store, stateFolder: join(folder, name) });
    houses.push(house);
    return { ...house, store };
  }
  async function shut(house: House): Promise<void> {
    const [gone] = houses.splice(
      houses.findIndex(({ door }) => door === house.door),
      1,
    );
    await gone?.close();
  }
  const verdicts = ({ store }: { store: MemoryStore }): string[] =>
    store.final('ledger').map(({ verdict }) => verdict);

  test('of many who send the same event at once, one appends it and all learn where it stands', async () => {
    const house = await open();
    const event = recorded('u-1', 'a-1');
    const answers = await Promise.all(Array.from({ length: 50 }, () => house.door.submit([event], UNIT)));
    const receipts = answers.flat();
    expect(count(receipts, 'appended')).toBe(1);
    expect(count(receipts, 'already')).toBe(49);
    expect(new Set(receipts.map(({ position }) => position)).size).toBe(1);
    await house.settled();
    expect(verdicts(house)).toEqual(['applied']);
  });

  test('of many who send one id with other contents at once, one appends and the rest conflict', async () => {
    const house = await open();
    const rivals = Array.from({ length: 20 }, (_, index) => recorded('u-1', `a-${index}`, {}, { id: 'x' }));
    const receipts = (await Promise.all(rivals.map((event) => house.door.submit([event], UNIT)))).flat();
    expect(count(receipts, 'appended')).toBe(1);
    expect(count(receipts, 'conflict')).toBe(19);
    await house.settled();
    expect(verdicts(house)).toEqual(['applied']);
  });

  test('within one batch, events see each other', async () => {
    const house = await open();
    const event = recorded('u-1', 'a-1', {}, { source: '/organisation' });
    const other = { ...event, data: { ...event.data, title: '另一题' } };
    const receipts = await house.door.submit([registered('u-1'), event, event, other], ORGANISATION);
    expect(statuses(receipts)).toEqual(['appended', 'appended', 'already', 'conflict']);
    expect(receipts[2]?.position).toBe(receipts[1]?.position);
  });

  test('what was appended before a restart is known after it, projected or not', async () => {
    const first = await open();
    const events = Array.from({ length: 300 }, (_, index) => recorded('u-1', `a-${index}`));
    const before = await first.door.submit(events, UNIT);
    await shut(first);
    const second = await open('house', first.store);
    const after = await second.door.submit(events, UNIT);
    expect(count(after, 'already')).toBe(300);
    expect(after.map(({ position }) => position)).toEqual(before.map(({ position }) => position));
    const [changed] = await second.door.submit(
      [{ ...events[0], data: { ...events[0]?.data, title: '改' } }],
      UNIT,
    );
    expect(changed?.status).toBe('conflict');
  });

  test('a house without its state reads the stream again and knows the same', async () => {
    const first = await open();
    const event = recorded('u-1', 'a-1');
    await first.door.submit([event, recorded('u-1', 'a-2')], UNIT);
    await first.settled();
    const tables = finalTables(first.store);
    await shut(first);
    const second = await open('another state', first.store);
    expect(statuses(await second.door.submit([event], UNIT))).toEqual(['already']);
    expect(finalTables(second.store)).toEqual(tables);
  });

  test('what the stream holds twice counts once, what it holds with other content is quarantined', async () => {
    const house = await open();
    const recordedtime = '2026-06-15T04:00:00.000Z';
    const event = { ...recorded('u-1', 'a-1'), recordedtime };
    const foreign = [event, event, { ...event, data: { ...event.data, title: '改' } }, event];
    await house.stream.append(foreign as never);
    await house.settled();
    expect(verdicts(house)).toEqual(['applied', 'already', 'quarantined', 'already']);
    expect(house.ingest.quarantined()).toBe(1);
    expect(statuses(await house.door.submit([event], UNIT))).toEqual(['already']);
  });

  test('through several doors at once, every event counts once and both projections agree', async () => {
    if (!log.severalHouses) return;
    const [one, two] = [await open('one'), await open('two')];
    const events = Array.from({ length: 200 }, (_, index) => recorded('u-1', `a-${index}`));
    const rivals = events.map((event): Sent => ({ ...event, data: { ...event.data, title: '改' } }));
    await Promise.all([
      ...events.map((event) => one.door.submit([event], UNIT)),
      ...events.map((event) => two.door.submit([event], UNIT)),
      ...rivals.map((event) => two.door.submit([event], UNIT)),
    ]);
    await Promise.all([one.settled(), two.settled()]);
    const applied = one.store.final('ledger').filter(({ verdict }) => verdict === 'applied');
    expect(new Set(applied.map(({ id }) => id)).size).toBe(applied.length);
    expect(applied).toHaveLength(200);
    expect(finalTables(one.store)).toEqual(finalTables(two.store));
  });
}

describe('identity on the embedded log', () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  identityContract(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wuxing-log-'));
    folders.push(folder);
    return { open: async () => openLmdbStream({ folder }), severalHouses: false };
  });
});

const missing = brokerUnavailable();

describe.skipIf(missing)(`identity on Kafka${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let broker: Broker;
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(() => broker?.stop());

  identityContract(async () => {
    const topic = `identity-${randomUUID()}`;
    const target = () => ({ brokers: broker.brokers, topic, tls: false, partitions: 3 });
    return { open: () => openKafkaStream(target()), severalHouses: true };
  });
});
