import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** confluent-kafka (librdkafka), the client of most producers that are not in Java; `scripts/test-needs.mjs` fetches it. */
const PACKAGES = join(import.meta.dirname, '../../../.cache/python');
const SCRIPT = join(import.meta.dirname, 'produce.py');
const env = { ...process.env, PYTHONPATH: PACKAGES };

/** Why there is none on this machine; undefined where there is. */
export function librdkafkaUnavailable(): string | undefined {
  const { status } = spawnSync('python3', ['-c', 'import confluent_kafka'], { env, stdio: 'ignore' });
  return status === 0
    ? undefined
    : 'no other producer for the Kafka tests: confluent-kafka for Python is not there (node scripts/test-needs.mjs)';
}

type Bytes = string | Buffer | null;
export type ForeignMessage = {
  key?: Bytes;
  value?: Bytes;
  headers?: readonly (readonly [string, Bytes])[];
  partition?: number;
};
export type Foreign = {
  brokers: readonly string[];
  topic: string;
  /** librdkafka's own settings. */
  config?: Record<string, string | number | boolean>;
  messages?: readonly ForeignMessage[];
  transactions?: readonly { messages: readonly ForeignMessage[]; commit: boolean }[];
};

const coded = (bytes: Bytes): string | null =>
  bytes === null ? null : Buffer.from(bytes as Buffer).toString('base64');

const codedMessage = ({ key = null, value = null, headers = [], ...rest }: ForeignMessage) => ({
  ...rest,
  key: coded(key),
  value: coded(value),
  headers: headers.map(([name, said]) => [name, coded(said)]),
});

/** Produces through librdkafka, in a process of its own; resolves once the broker has all of it. */
export async function produceForeign({
  brokers,
  topic,
  config = {},
  messages,
  transactions,
}: Foreign): Promise<void> {
  const child = spawn('python3', [SCRIPT], { env, stdio: ['pipe', 'ignore', 'pipe'] });
  const order = {
    topic,
    config: { 'bootstrap.servers': brokers.join(','), ...config },
    messages: messages?.map(codedMessage),
    transactions: transactions?.map((one) => ({ ...one, messages: one.messages.map(codedMessage) })),
  };
  const said = text(child.stderr);
  const ended = once(child, 'exit');
  child.stdin.end(JSON.stringify(order));
  const [code] = await ended;
  if (code !== 0) throw new Error(`librdkafka did not produce: ${await said}`);
}
