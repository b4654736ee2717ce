import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsistencyAnswer, SealedYear } from '#schemas/freezes.ts';
import { adopted, recorded, registered, type Sent } from '#test/support/events.ts';
import { type Product, startProduct } from '#test/support/server.ts';
import { runToolHere } from '#test/support/tool.ts';

const brokers = process.env.KAFKA_BROKERS;
const topic = `seals-${randomUUID()}`;

let folder: string;
let product: Product;
let sealedText: string;

const units = ['u-1', 'u-2', 'u-3', 'u-4', 'u-5'];

function history(): Sent[] {
  const start = Date.now() - 3_600_000;
  const events = [
    adopted(2026),
    ...units.map((unit) => registered(unit)),
    ...units.flatMap((unit, index) =>
      ['2026-02-03', '2026-05-03', '2026-08-03']
        .slice(0, 1 + (index % 3))
        .map((occurredOn, at) => recorded(unit, `a-${at}`, { occurredOn })),
    ),
  ];
  return events.map((event, index) => ({
    ...event,
    // Several units in the same millisecond.
    recordedtime: new Date(start + Math.floor(index / 4)).toISOString(),
  }));
}

const tool = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await runToolHere(args, { DATA_DIR: join(folder, 'old') });
  if (code !== 0) throw new Error(`${args.join(' ')}: ${err}`);
  return out;
};

const start = async (): Promise<void> => {
  const env = { STREAM_URL: `kafka://${brokers}/${topic}?partitions=3` };
  product = await startProduct({ dataDir: join(folder, 'new'), env });
};
const file = async (number: number): Promise<string> =>
  (await product.call(`/freezes/2026/file?freeze=${number}`)).text();

describe.skipIf(!brokers)(
  'Given a sealed year whose events move from the embedded log to three partitions',
  () => {
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'wuxing-kafka-seals-'));
      const source = join(folder, 'source.ndjson');
      writeFileSync(
        source,
        history()
          .map((event) => `${JSON.stringify(event)}\n`)
          .join(''),
      );
      await tool('import', 'events', source);
      sealedText = await tool('freeze', '2026');
      const exported = await tool('export', 'events');
      await start();
      const headers = { 'content-type': 'application/x-ndjson' };
      await product.json('/imports?kind=events', { method: 'POST', headers, body: exported });
    });
    afterAll(async () => {
      await product?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('when the sealed file is made again there, then it is the same to the byte', async () => {
      expect(await file(1)).toBe(sealedText);
    });

    it('when it is sealed again, and a foreign producer adds a backdated event, then both seals stay what they are', async () => {
      const asOf = new Date().toISOString();
      await product.send(
        [recorded('u-1', 'a-9', { occurredOn: '2026-09-01' })],
        await product.tokens.unit('u-1'),
      );
      await product.json('/freezes/2026', { method: 'POST' });
      const before = await file(2);
      await produce({ ...registered('u-9', {}, { id: 'backdated' }), recordedtime: asOf });
      await expect
        .poll(async () => (await product.json<SealedYear>('/freezes/2026')).late.events.map(({ id }) => id), {
          timeout: 30_000,
        })
        .toContain('backdated');
      // What is held in memory or in the folder would answer for the events.
      await product.stop();
      rmSync(join(folder, 'new', 'seals'), { recursive: true });
      await start();
      expect(await file(1)).toBe(sealedText);
      expect(await file(2)).toBe(before);
      const { proof } = await product.json<ConsistencyAnswer>('/freezes/2026/proof?consistency=1');
      expect(proof.length).toBeGreaterThan(0);
    });
  },
);

async function produce(event: Sent): Promise<void> {
  const producer = new Kafka({ brokers: (brokers ?? '').split(','), logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ key: event.subject, value: JSON.stringify(event) }] });
  await producer.disconnect();
}
