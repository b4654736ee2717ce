import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openKafkaStream } from '#ingest/stream/kafka.ts';
import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import { type Broker, startBroker } from '#test/support/kafka/broker.ts';
import { brokerUnavailable } from '#test/support/kafka/fetch.ts';
import { streamContract } from './stream.contract.ts';

describe('the embedded log', () => {
  streamContract(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wuxing-stream-'));
    return {
      partitions: 1,
      open: async () => openLmdbStream({ folder }),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  });
});

const missing = brokerUnavailable();

describe.skipIf(missing)(`Kafka${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let broker: Broker;
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(() => broker.stop());

  streamContract(async () => {
    const topic = `contract-${randomUUID()}`;
    const target = () => ({ brokers: broker.brokers, topic, tls: false, partitions: 3 });
    return { partitions: 3, open: () => openKafkaStream(target()), remove: async () => undefined };
  });
});
