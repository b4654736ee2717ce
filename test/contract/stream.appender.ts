import { openLmdbStream } from '#ingest/stream/lmdb.ts';
import type { Envelope } from '#schemas/events.ts';

/** A process of its own for stream.lmdb.test.ts: appends until it is killed, and prints what was acknowledged. */
const stream = openLmdbStream({ folder: process.argv[2] ?? '' });
const [from = 0] = await stream.end();
for (let index = from; ; index += 3) {
  const events = [0, 1, 2].map((step) => ({ id: `e-${index + step}` }) as Envelope);
  await stream.append(events);
  process.stdout.write(`${index + 2}\n`);
}
