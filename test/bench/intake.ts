import { spawn } from 'node:child_process';
import { atLeast, type BenchRow } from './rows.ts';
import {
  bodiesOf,
  environment,
  eventsToSend,
  firstMatch,
  getText,
  pour,
  ROOT,
  startServer,
  visible,
  YEAR,
} from './server.ts';

/** Events in over HTTP, durable and visible, beside what chDB alone swallows of the same rows. */

const UNITS = 1_000;
const ACTIVITIES = 100_000;

/** Events a second that chDB alone takes, once their rows are made. */
export async function rawChdb(activities: number, format: 'text' | 'native'): Promise<number> {
  const child = spawn('node', ['test/bench/rawChdb.ts', String(UNITS), String(activities), format], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const text = await firstMatch(child, /(\{.*\})/);
  return (JSON.parse(text) as { eventsPerSecond: number }).eventsPerSecond;
}

export async function benchIntake(scale: number, say: (line: string) => void): Promise<BenchRow[]> {
  const activities = ACTIVITIES * scale;
  const { first, lots } = eventsToSend(UNITS, activities, 2);
  const bodies = lots.map((lot) => bodiesOf(lot));
  const count = lots.flat().length;
  say(`sending ${count} events over HTTP in batches of 1000 …`);
  const server = await startServer();
  let rate = 0;
  try {
    await pour(server, bodiesOf(first));
    const start = performance.now();
    // Two senders, so that the next batch is on its way while one is being judged; each keeps its units' order.
    const positions = await Promise.all(bodies.map((lot) => pour(server, lot)));
    for (const position of positions) await visible(server, position);
    await getText(server, `/rankings/${YEAR}`);
    rate = count / ((performance.now() - start) / 1_000);
  } finally {
    await server.stop();
  }
  say('chDB alone, the same rows as JSONEachRow …');
  const raw = await rawChdb(activities, 'text');
  const row = { name: 'events in over HTTP, durable and visible', ours: rate, unit: 'events/s' };
  return [
    atLeast({ ...row, peerName: 'chDB alone, JSONEachRow', peer: raw }, 0.5),
    atLeast({ ...row, peerName: 'limit', peer: 20_000 }, 1),
  ];
}
