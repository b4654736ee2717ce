import { randomUUID } from 'node:crypto';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { project } from '#ingest/project/project.ts';
import type { EventStream, StreamRecord } from '#ingest/stream/eventStream.ts';
import { openKafkaStream } from '#ingest/stream/kafka.ts';
import { registered } from '#test/support/events.ts';
import { hasZstd } from '#test/support/kafka/batch.ts';
import { brokerUnavailable } from '#test/support/kafka/fetch.ts';
import {
  type ForeignMessage,
  librdkafkaUnavailable,
  produceForeign,
} from '#test/support/kafka/librdkafka.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { event, idOf, readAll } from './stream.contract.ts';

const missing = brokerUnavailable() ?? librdkafkaUnavailable();
const murmur2 = { partitioner: 'murmur2_random' };

/** Whatever another client writes into the topic is read, or quarantined with its reason; reading never ends. */
describe.skipIf(missing)(`other producers${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const brokers = (process.env.KAFKA_BROKERS ?? '').split(',');
  const streams: EventStream[] = [];
  let admin: Admin;

  beforeAll(async () => {
    admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
  });
  afterAll(async () => {
    await Promise.all(streams.map((stream) => stream.close()));
    await admin?.disconnect();
  });

  async function opened(partitions = 1): Promise<{ topic: string; stream: EventStream }> {
    const topic = `t-${randomUUID()}`;
    const stream = await openKafkaStream({ brokers, topic, tls: false, partitions });
    streams.push(stream);
    return { topic, stream };
  }
  const messageOf = (id: string, unit = 'u-1'): ForeignMessage => ({
    key: unit,
    value: JSON.stringify(event(id, unit)),
  });
  const quarantineOf = (records: readonly StreamRecord[], partitions = 1) =>
    project(memoryState().view, records, partitions).rows.quarantine;

  test.each(['gzip', 'snappy', 'lz4', ...(hasZstd ? ['zstd'] : [])])(
    'what they compress with %s is read, with what comes behind',
    async (codec) => {
      const { topic, stream } = await opened(3);
      const ids = Array.from({ length: 300 }, (_, index) => `e-${index}`);
      const config = { ...murmur2, 'compression.type': codec, 'linger.ms': 200 };
      const messages = ids.map((id, index) => messageOf(id, `u-${index % 7}`));
      await produceForeign({ brokers, topic, config, messages });
      await stream.append([event('behind')]);
      const { records, next } = await readAll(stream);
      expect(records.map(idOf).sort()).toEqual([...ids, 'behind'].sort());
      expect(next).toEqual(await stream.end());
      expect(stream.trouble()).toBeUndefined();
    },
  );

  test('transactions: what was committed is read, what was given up is not, compressed or open side by side', async () => {
    const { topic, stream } = await opened();
    const transactional = (name: string, codec: string) => ({
      'transactional.id': `${topic}.${name}`,
      'compression.type': codec,
    });
    const transactions = (name: string) =>
      [true, false, true].map((commit, index) => ({
        commit,
        messages: [0, 1, 2].map((n) => messageOf(`${name}-${index}-${n}`)),
      }));
    const produced = ['lz4', 'snappy', 'gzip'].map((codec) =>
      produceForeign({
        brokers,
        topic,
        config: transactional(codec, codec),
        transactions: transactions(codec),
      }),
    );
    await Promise.all(produced);
    const { records, next } = await readAll(stream);
    const kept = ['gzip', 'lz4', 'snappy'].flatMap((name) =>
      [0, 2].flatMap((index) => [0, 1, 2].map((n) => `${name}-${index}-${n}`)),
    );
    expect(records.map(idOf).sort()).toEqual(kept.sort());
    expect(next).toEqual(await stream.end());
  });

  test('a message of 5 MB, one without a key, a tombstone and headers of no text do not end reading', async () => {
    const { topic, stream } = await opened();
    const configEntries = Object.entries({
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'retention.bytes': '-1',
      'message.timestamp.type': 'LogAppendTime',
      'max.message.bytes': '10000000',
    }).map(([name, value]) => ({ name, value }));
    await admin.alterConfigs({ validateOnly: false, resources: [{ type: 2, name: topic, configEntries }] });
    const padded = { ...event('large'), data: { ...event('large').data, reason: '长'.repeat(1_700_000) } };
    const attributes = [
      ['ce_specversion', '1.0'],
      ['ce_id', Buffer.from([0x65, 0xff])],
    ] as const;
    await produceForeign({
      brokers,
      topic,
      config: { ...murmur2, 'message.max.bytes': 10_000_000 },
      messages: [
        { key: 'u-1', value: JSON.stringify(padded) },
        { value: JSON.stringify(event('keyless')) },
        { key: 'u-1', value: null },
        { key: 'u-1', value: '{}', headers: attributes },
        { key: Buffer.from([0xff]), value: Buffer.from([0xff]) },
        { key: 'u-1', value: '{}', headers: [['ce_specversion', null]] },
        messageOf('behind'),
      ],
    });
    const { records } = await readAll(stream);
    expect(records).toHaveLength(7);
    expect(records.map(({ text }) => text && JSON.parse(text).id)).toEqual([
      'large',
      'keyless',
      undefined,
      undefined,
      undefined,
      undefined,
      'behind',
    ]);
    const reasons = new Map(quarantineOf(records).map(({ position, reason }) => [position, reason]));
    expect([3, 4, 5].map((position) => reasons.get(position))).toEqual([
      expect.stringMatching(/is empty/),
      expect.stringMatching(/its header ce_id is no well-formed UTF-8/),
      expect.stringMatching(/is no JSON/),
    ]);
  });

  test('with another partitioner, events that come to stand elsewhere are quarantined, and say what would be right', async () => {
    const { topic, stream } = await opened(6);
    const units = Array.from({ length: 12 }, (_, index) => `u-${index}`);
    const messages = units.map((unit) => ({ key: unit, value: JSON.stringify(registered(unit)) }));
    await produceForeign({ brokers, topic, config: { partitioner: 'consistent_random' }, messages });
    await produceForeign({ brokers, topic, config: murmur2, messages });
    const { records } = await readAll(stream);
    expect(records).toHaveLength(24);
    const { rows } = project(memoryState().view, records, 6);
    expect(new Set(rows.unit_versions.map(({ unit }) => unit))).toEqual(new Set(units));
    const strays = quarantineOf(records, 6);
    expect(strays.length).toBeGreaterThan(0);
    for (const { reason } of strays) expect(reason).toMatch(/stands in partition \d, .*murmur2 partitioner/);
  });
});
