import { ORGANISATION } from '#schemas/events.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { atLeast, atMost, type BenchRow, percentile } from './rows.ts';
import {
  bodiesOf,
  eventsToSend,
  getText,
  pour,
  type Server,
  send,
  startServer,
  visible,
  YEAR,
} from './server.ts';
import type { Say } from './zone.ts';

/** One event over HTTP, from POST to visible in the ranking, while a thousand others arrive every second. */

const UNITS = 1_000;
const BEFORE = 20_000;
const RATE = 1_000;
const SECONDS = 20;
/** Four senders of a batch every 200 ms each, apart by unit, so that a slow answer does not hold the others up. */
const SENDERS = 4;
const BATCH = 50;
const PROBE = 'probe';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const probing = (type: string, id: string, data: object) => ({
  specversion: '1.0',
  id,
  source: ORGANISATION,
  subject: PROBE,
  type,
  data: { unit: PROBE, ...data },
});

const unit = probing('unit.registered', 'probe', {
  name: '受测单位',
  group: 'farm',
  teamSize: 7,
  head: 'm-1',
});

/** An incident: every one of them shows in the unit's row of the ranking. */
const incident = (round: number): string =>
  JSON.stringify([
    probing('activity.recorded', `probe-${round}`, {
      activity: `probe-${round}`,
      year: YEAR,
      kind: 'admonition-talk',
      occurredOn: `${YEAR}-12-31`,
      title: '诫勉谈话',
    }),
  ]);

function incidentsIn(ranking: string): number {
  const { rows } = JSON.parse(ranking) as { rows: RankingRow[] };
  const row = rows.find(({ unit }) => unit === PROBE);
  return row?.deductions.find(({ id }) => id === 'unity.admonition')?.count ?? 0;
}

/** Sends on its beat, whatever the answers take; late batches follow at once. */
async function keepSending(
  server: Server,
  bodies: readonly string[],
  beat: number,
  first: number,
): Promise<void> {
  const start = performance.now() + first;
  for (const [index, body] of bodies.entries()) {
    const wait = start + index * beat - performance.now();
    if (wait > 0) await sleep(wait);
    await send(server, body);
  }
}

/** When the event was durable, when reads reflected it, and when the ranking that shows it was there; ms since its POST. */
type Times = { durable: number; reflected: number; shown: number };

async function probe(server: Server, round: number): Promise<Times> {
  const body = incident(round);
  const start = performance.now();
  const since = (): number => performance.now() - start;
  const position = await send(server, body);
  const durable = since();
  await visible(server, position);
  const reflected = since();
  const ranking = await getText(server, `/rankings/${YEAR}?basis=year`);
  const shown = since();
  if (incidentsIn(ranking) !== round) throw new Error(`event ${round} is not in the ranking`);
  return { durable, reflected, shown };
}

export async function benchLatency(scale: number, say: Say): Promise<BenchRow[]> {
  const seconds = Math.max(SECONDS * scale, 3);
  const { first, lots } = eventsToSend(UNITS, BEFORE + RATE * seconds, SENDERS);
  const each = (RATE * seconds) / SENDERS;
  const server = await startServer();
  try {
    say(`one event at a time, while ${RATE} events/s arrive for ${seconds} s …`);
    await pour(server, [...bodiesOf(first), JSON.stringify([unit])]);
    for (const lot of lots) await visible(server, await pour(server, bodiesOf(lot.slice(0, -each))));
    await getText(server, `/rankings/${YEAR}?basis=year`);
    const beat = (1_000 * BATCH * SENDERS) / RATE;
    const start = performance.now();
    let isSending = true;
    const load = Promise.all(
      lots.map((lot, index) =>
        keepSending(server, bodiesOf(lot.slice(-each), BATCH), beat, (index * beat) / SENDERS),
      ),
    ).finally(() => {
      isSending = false;
    });
    const times: Times[] = [];
    const probes = (async () => {
      await sleep(500);
      for (let round = 1; isSending; round++) {
        times.push(await probe(server, round));
        // Not in step with the batches.
        await sleep(10 + ((round * 37) % 60));
      }
    })();
    await Promise.all([load, probes]);
    const rate = (each * SENDERS) / ((performance.now() - start) / 1_000);
    const of = (stage: keyof Times, share: number): number =>
      percentile(
        times.map((time) => time[stage]),
        share,
      );
    const medians = (['durable', 'reflected', 'shown'] as const).map(
      (stage) => `${stage} after ${Math.round(of(stage, 0.5))} ms`,
    );
    say(`${times.length} events; at the median ${medians.join(', ')}`);
    const name = 'one event, POST to visible in the ranking, p99';
    return [
      atMost({ name, ours: of('shown', 0.99), unit: 'ms', peerName: 'limit', peer: 300 }, 1),
      atLeast(
        {
          name: 'events that arrived meanwhile',
          ours: rate,
          unit: 'events/s',
          peerName: 'wanted',
          peer: RATE,
        },
        0.95,
      ),
    ];
  } finally {
    await server.stop();
  }
}
