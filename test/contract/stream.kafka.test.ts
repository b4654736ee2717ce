import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Admin, Kafka, logLevel, type Message } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { envelopeIn } from '#ingest/project/project.ts';
import type { EventStream } from '#ingest/stream/eventStream.ts';
import { type KafkaOptions, openKafkaStream } from '#ingest/stream/kafka.ts';
import { readKafka } from '#ingest/stream/kafkaRead.ts';
import type { Extent } from '#ingest/stream/kafkaTopic.ts';
import type { KafkaTarget } from '#ingest/stream/kafkaUrl.ts';
import type { KafkaWatch } from '#ingest/stream/kafkaWatch.ts';
import { type OwnBroker, startOwnBroker } from '#test/support/kafka/broker.ts';
import { ownBrokerUnavailable } from '#test/support/kafka/fetch.ts';
import { event, idOf, readAll, readUntil, start } from './stream.contract.ts';

const missing = ownBrokerUnavailable();

/** What Kafka does to its clients. These tests kill their broker, so they have one of their own. */
describe.skipIf(missing)(`the stream on Kafka${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let broker: OwnBroker;
  let admin: Admin;
  let kafka: Kafka;
  const streams: EventStream[] = [];

  beforeAll(async () => {
    broker = await startOwnBroker();
    kafka = new Kafka({ brokers: broker.brokers, logLevel: logLevel.NOTHING });
    admin = kafka.admin();
    await admin.connect();
  });
  afterAll(async () => {
    await Promise.all(streams.map((stream) => stream.close()));
    await admin?.disconnect();
    await broker?.stop();
  });

  const target = (): KafkaTarget => ({
    brokers: broker.brokers,
    topic: `t-${randomUUID()}`,
    tls: false,
    partitions: 3,
  });
  const opened = async (where: KafkaTarget, options?: KafkaOptions): Promise<EventStream> => {
    const stream = await openKafkaStream(where, options);
    streams.push(stream);
    return stream;
  };
  const produce = async (topic: string, messages: Message[]): Promise<void> => {
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages });
    await producer.disconnect();
  };

  test('no acknowledged event is lost, and no order, when the broker is killed and comes back', async () => {
    const where = target();
    const stream = await opened(where, { watchMs: 1_000 });
    const acknowledged: string[] = [];
    const seen: string[] = [];
    const controller = new AbortController();
    const reading = (async () => {
      for await (const { records } of stream.read(start(stream), { signal: controller.signal })) {
        seen.push(...records.map(idOf));
        if (seen.includes('u-0.last') && seen.includes('u-1.last') && seen.includes('u-2.last')) return;
      }
    })();
    let running = true;
    const writers = [0, 1, 2].map(async (unit) => {
      for (let index = 0; running; index += 1) {
        const id = `u-${unit}.${index}`;
        await stream.append([event(id, `u-${unit}`)]);
        acknowledged.push(id);
      }
    });
    for (let round = 0; round < 2; round += 1) {
      const before = acknowledged.length;
      await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(before + 100);
      await broker.kill();
      await expect.poll(() => stream.trouble(), { timeout: 30_000 }).toMatch(/Kafka/);
      await broker.restart();
    }
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(before + 100);
    running = false;
    await Promise.all(writers);
    await Promise.all([0, 1, 2].map((unit) => stream.append([event(`u-${unit}.last`, `u-${unit}`)])));
    await reading;
    // The stream looks at its broker once a second: it may just have looked when that was still away.
    await expect.poll(() => stream.trouble(), { timeout: 10_000 }).toBeUndefined();

    const stored = (await readAll(stream)).records.map(idOf);
    // The reader that lived through it got what a fresh one gets.
    expect([...seen].sort()).toEqual([...stored].sort());
    expect(new Set(stored).size).toBe(acknowledged.length + 3);
    for (const unit of ['u-0', 'u-1', 'u-2']) {
      const own = [...new Set(stored.filter((id) => id.startsWith(`${unit}.`)))];
      expect(own.slice(0, -1)).toEqual(own.slice(0, -1).map((_, index) => `${unit}.${index}`));
    }
  });

  test('a broker that freezes delays appends and breaks nothing', async () => {
    const stream = await opened(target());
    await stream.append([event('before')]);
    broker.pause();
    const appended = stream.append([event('during')]);
    await sleep(4_000);
    broker.resume();
    await appended;
    expect((await readAll(stream)).records.map(idOf)).toEqual(['before', 'during']);
  });

  test('an append fails in the end where no broker answers, and says so', async () => {
    const stream = await opened(target(), { appendTimeoutMs: 2_000, watchMs: 500 });
    await broker.kill();
    try {
      await expect(stream.append([event('lost')])).rejects.toThrow(/Kafka did not take the events/);
      expect(stream.trouble()).toMatch(/Kafka/);
    } finally {
      await broker.restart();
    }
    await stream.append([event('later')]);
    await expect.poll(() => stream.trouble(), { timeout: 20_000 }).toBeUndefined();
    expect((await readAll(stream)).records.map(idOf)).toEqual(['later']);
  });

  test('what foreign producers send is decoded in every mode, and kept raw where it is no JSON', async () => {
    const where = { ...target(), partitions: 1 };
    const stream = await opened(where);
    const { data, ...attributes } = event('e-1');
    const binary = Object.entries(attributes).map(([name, value]) => [`ce_${name}`, String(value)]);
    await produce(where.topic, [
      {
        key: 'u-1',
        value: JSON.stringify(data),
        headers: { ...Object.fromEntries(binary), 'content-type': 'application/json' },
      },
      {
        key: 'u-1',
        value: JSON.stringify(event('e-2')),
        headers: { 'content-type': 'application/cloudevents+json' },
      },
      { key: 'u-1', value: JSON.stringify(event('e-3')) },
      { key: 'u-1', value: '{"no":' },
      { key: 'u-1', value: Buffer.from([0x22, 0xff, 0x22]) },
      { key: 'u-1', value: null },
      // Data that is no JSON must not pass for further attributes.
      {
        key: 'u-1',
        value: '0,"subject":"u-2"',
        headers: { ...Object.fromEntries(binary), 'content-type': 'application/json' },
      },
    ]);
    const { records } = await readAll(stream);
    expect(records.map(envelopeIn)).toEqual([
      { ...attributes, datacontenttype: 'application/json', data },
      event('e-2'),
      event('e-3'),
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const kept = records.map(({ text, raw }) => text ?? (raw && Buffer.from(raw).toString('latin1')));
    expect(kept.slice(3)).toEqual(['{"no":', '"\xff"', '', '0,"subject":"u-2"']);
  });

  test('the marks of foreign transactions do not keep a reader from the end', async () => {
    const where = { ...target(), partitions: 1 };
    const stream = await opened(where);
    const producer = kafka.producer({
      transactionalId: randomUUID(),
      maxInFlightRequests: 1,
      idempotent: true,
    });
    await producer.connect();
    for (const [id, outcome] of [
      ['kept', 'commit'],
      ['dropped', 'abort'],
    ] as const) {
      const transaction = await producer.transaction();
      await transaction.send({
        topic: where.topic,
        messages: [{ key: 'u-1', value: JSON.stringify(event(id)) }],
      });
      await transaction[outcome]();
    }
    await producer.disconnect();
    const { records, next } = await readAll(stream);
    expect(records.map(idOf)).toEqual(['kept']);
    expect(next).toEqual(await stream.end());
    expect((await readAll(stream, next)).records).toEqual([]);
  });

  test('a reader that gets nothing although there is something is made anew, and says so', async () => {
    const where = { ...target(), partitions: 1 };
    const stream = await opened(where);
    // A look from outside that claims an event which is not there: the consumer seems to have fallen silent.
    const listeners = new Set<(extent: Extent) => void>();
    const watch: KafkaWatch = {
      extent: async () => ({ low: [0], high: [1] }),
      onExtent: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      trouble: () => undefined,
      broken: () => undefined,
      close: () => undefined,
    };
    const look = () => {
      for (const listener of [...listeners]) listener({ low: [0], high: [1] });
    };
    const told: (string | undefined)[] = [];
    const deps = {
      kafka,
      topic: where.topic,
      partitions: 1,
      watch,
      report: (trouble?: string) => told.push(trouble),
    };
    const records = readKafka(deps, [0], { signal: AbortSignal.timeout(60_000) });
    const first = records.next();
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(1);
    expect(told).toEqual([undefined]);
    look();
    look();
    await expect.poll(() => told.length, { timeout: 20_000 }).toBe(3);
    expect(told.slice(1)).toEqual([expect.stringMatching(/do not arrive/), undefined]);
    await stream.append([event('e-1')]);
    expect((await first).value.records.map(idOf)).toEqual(['e-1']);
    await records.return(undefined);
  });

  test('a topic that was given more partitions is refused, also while it is in use', async () => {
    const where = target();
    const stream = await opened(where, { watchMs: 200 });
    await stream.append([event('e-1')]);
    const position = await stream.end();
    await admin.createPartitions({ topicPartitions: [{ topic: where.topic, count: 4 }] });
    await expect
      .poll(() => stream.trouble(), { timeout: 10_000 })
      .toMatch(/4 partitions where it was made with 3/);
    await expect(stream.append([event('e-2')])).rejects.toThrow(/lose their order/);
    await expect(readAll(stream, position)).rejects.toThrow(/lose their order/);
    await expect(openKafkaStream(where)).rejects.toThrow(/4 partitions where it was made with 3/);
  });

  test('a topic made by others serves if it keeps everything; else the settings it lacks are named', async () => {
    const where = target();
    await admin.createTopics({ topics: [{ topic: where.topic, numPartitions: 5 }] });
    await expect(openKafkaStream(where)).rejects.toThrow(
      /set retention\.ms=-1 \(is 604800000\).*LogAppendTime/,
    );
    const configEntries = [
      { name: 'retention.ms', value: '-1' },
      { name: 'message.timestamp.type', value: 'LogAppendTime' },
    ];
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: 2, name: where.topic, configEntries }],
    });
    expect((await opened(where)).partitions).toBe(5);
  });

  test('a log cut at the front is refused rather than read with a hole', async () => {
    const where = { ...target(), partitions: 1 };
    const stream = await opened(where, { watchMs: 200 });
    await stream.append(['e-1', 'e-2', 'e-3'].map((id) => event(id)));
    // kafkajs deletes only from topics that it knows already.
    await admin.fetchTopicOffsets(where.topic);
    await admin.deleteTopicRecords({ topic: where.topic, partitions: [{ partition: 0, offset: '2' }] });
    await expect(readAll(stream)).rejects.toThrow(/has lost events 0 to 1/);
    expect((await readAll(stream, [2])).records.map(idOf)).toEqual(['e-3']);
  });

  test('the largest event goes through, to the byte, with the longest key; what is larger is refused alone', async () => {
    const stream = await opened(target());
    const unit = '区'.repeat(64);
    /** Larger than any door lets in: a restored stream may hold such. */
    const sized = (id: string, bytes: number) => {
      const padded = (letters: number) => ({ ...event(id, unit), padding: 'x'.repeat(letters) });
      return padded(bytes - Buffer.byteLength(JSON.stringify(padded(0))));
    };
    const most = Array.from({ length: 3 }, (_, index) => sized(`most-${index}`, stream.mostBytes));
    expect(Buffer.byteLength(JSON.stringify(most[0]))).toBe(stream.mostBytes);
    const [whole, refused, taken] = await Promise.allSettled([
      stream.append(most),
      stream.append([sized('large', stream.mostBytes + 1_000)]),
      stream.append([event('small')]),
    ]);
    expect([whole.status, refused.status, taken.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const { records } = await readUntil(stream, start(stream), (all) => all.length === 4);
    expect(records.map(idOf).sort()).toEqual(['most-0', 'most-1', 'most-2', 'small']);
  });

  test('a call of many events is written whole and in order, whatever a request holds', async () => {
    const stream = await opened({ ...target(), partitions: 1 });
    const ids = Array.from({ length: 20_000 }, (_, index) => `e-${index}`);
    const positions = await stream.append(ids.map((id) => event(id)));
    expect(positions).toEqual(ids.map((_, index) => index + 1));
    const { records } = await readUntil(stream, [0], (all) => all.length === 20_000);
    expect(records.map(idOf)).toEqual(ids);
  });
});
