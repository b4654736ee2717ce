import './kafkaDecoder.ts';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import type { EventStream } from './eventStream.ts';
import { createAdminPool } from './kafkaAdmin.ts';
import { createAppender, MESSAGE_BYTES } from './kafkaAppend.ts';
import { type ReaderOptions, readKafka } from './kafkaRead.ts';
import { prepareTopic } from './kafkaTopic.ts';
import type { KafkaTarget } from './kafkaUrl.ts';
import { createWatch } from './kafkaWatch.ts';

export type KafkaOptions = {
  /** How long an append is tried before it fails (default 30 s). */
  appendTimeoutMs?: number;
  /** How often the topic is looked at from outside (default 10 s). */
  watchMs?: number;
};

/** The log on servers. Makes the topic if it is missing; throws if it would not keep events and their order. */
export async function openKafkaStream(target: KafkaTarget, options: KafkaOptions = {}): Promise<EventStream> {
  const { appendTimeoutMs = 30_000, watchMs = 10_000 } = options;
  const { topic } = target;
  const kafka = connection(target);
  const admins = createAdminPool(kafka);
  const partitions = await admins
    .use((admin) => prepareTopic(admin, topic, target.partitions))
    .catch(async (error: unknown) => {
      await admins.close();
      throw error;
    });
  const watch = createWatch(admins, topic, partitions, watchMs);
  const troubles = new Map<string, string>();
  const reporter = (part: string) => (trouble: string | undefined) => {
    if (trouble === undefined) troubles.delete(part);
    else troubles.set(part, trouble);
  };
  const appender = createAppender({
    kafka,
    topic,
    partitions,
    timeoutMs: appendTimeoutMs,
    report: reporter('append'),
  });
  const closing = new AbortController();
  let readerId = 0;
  let closed = false;

  return {
    partitions,
    mostBytes: MESSAGE_BYTES,
    async append(events) {
      if (closed) throw new Error('the stream is closed');
      const broken = watch.broken();
      if (broken) throw new Error(broken);
      return appender.append(events);
    },
    read(from, { signal, ...rest }) {
      const deps: ReaderOptions = { kafka, topic, partitions, watch, report: reporter(`read ${readerId++}`) };
      return readKafka(deps, from, { ...rest, signal: AbortSignal.any([signal, closing.signal]) });
    },
    end: async () => (await watch.extent()).high,
    trouble: () => watch.trouble() ?? [...troubles.values()][0],
    async close() {
      closed = true;
      await appender.close();
      closing.abort();
      watch.close();
      await admins.close();
    },
  };
}

function connection({ brokers, tls, sasl }: KafkaTarget): Kafka {
  return new Kafka({
    clientId: 'wuxing',
    brokers,
    ssl: tls,
    sasl: sasl as SASLOptions | undefined,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    // Short: whoever asks repeats with new clients, since kafkajs's own may stay broken.
    retry: { initialRetryTime: 200, maxRetryTime: 1_000, retries: 3 },
    // What goes wrong is told by `trouble` and by rejections.
    logLevel: logLevel.NOTHING,
  });
}
