import { createRequire } from 'node:module';
import { type Fetched, hideAborted, MAGIC, magicOf, messagesIn } from './kafkaBatches.ts';

/**
 * Puts our decoder of record batches in the place of kafkajs's, which has no hook for it but for codecs. It is done
 * by kafkajs's own files, so its version is exact; they are loaded at the first fetch, which must come after this.
 */

type Cursor = { readInt32(): number; readBytes(count: number): Buffer; canReadBytes(count: number): boolean };
type Decode = (cursor: Cursor) => Promise<unknown[]>;
type Partition = {
  messages: Fetched[];
  abortedTransactions: { producerId: string; firstOffset: string }[] | null;
};
type Answer = { responses: { partitions: Partition[] }[] };
type Response = { decode: (raw: unknown) => Promise<Answer> };

const FETCH = 'kafkajs/src/protocol/requests/fetch';
const VERSIONS = [4, 5, 7, 8, 11];

const decodeWith =
  (old: Decode): Decode =>
  async (cursor) => {
    const start = cursor as Cursor & { offset: number };
    const before = start.offset;
    const size = cursor.readInt32();
    if (size <= 0 || !cursor.canReadBytes(size)) return [];
    const bytes = cursor.readBytes(size);
    if (magicOf(bytes) === MAGIC) return messagesIn(bytes);
    // What brokers kept from before 2017.
    start.offset = before;
    return old(cursor);
  };

function install(): void {
  const load = createRequire(import.meta.url);
  const path = load.resolve(`${FETCH}/v4/decodeMessages`);
  const old = load(path) as Decode;
  const module = load.cache[path];
  if (!module) throw new Error(`kafkajs keeps its decoder elsewhere than ${path}`);
  module.exports = decodeWith(old);
  for (const version of VERSIONS) {
    const response = load(`${FETCH}/v${version}/response`) as Response;
    const { decode } = response;
    response.decode = async (raw) => {
      const answer = await decode(raw);
      for (const { partitions } of answer.responses)
        for (const partition of partitions) {
          hideAborted(partition.messages, partition.abortedTransactions ?? []);
          partition.abortedTransactions = [];
        }
      return answer;
    };
  }
}

install();
