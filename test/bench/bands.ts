import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createBandMaker } from '#api/ranking-cache/bandPool.ts';
import { createRankingCache } from '#api/ranking-cache/rankingCache.ts';
import { atMost, type BenchRow, median, timed } from './rows.ts';
import type { Say, Zone } from './zone.ts';

/** Rank bands of a whole zone, computed aside: how long they take, and how long the event loop stalls meanwhile. */

const ROUNDS = 7;
const NANO = 1e-6;

/** What a round's own garbage and its answer left behind is not part of the bands. */
const calm = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));

export async function benchBands({ store, ingest, question, now }: Zone, say: Say): Promise<BenchRow[]> {
  const maker = createBandMaker();
  const times: number[] = [];
  let stall = 0;
  let units = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const cache = createRankingCache({ ask: store, progress: ingest, bandsOf: maker.bandsOf, now });
    const answer = await cache.answer(question);
    if (!answer) throw new Error('there is no plan to rank by');
    units = answer.ranked.totals.length;
    await calm();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    times.push((await timed(() => cache.bands(answer))).ms);
    // The turn of the loop in which they arrive counts, too.
    await new Promise((resolve) => setTimeout(resolve, 5));
    delay.disable();
    stall = Math.max(stall, delay.max * NANO);
  }
  await maker.close();
  say(`bands of ${units} units: ${times.map((time) => Math.round(time)).join(', ')} ms`);
  const beside = { unit: 'ms', peerName: 'limit' };
  return [
    atMost({ name: `rank bands of ${units} units, aside`, ours: median(times), ...beside, peer: 400 }, 1),
    atMost({ name: 'longest stall of the event loop meanwhile', ours: stall, ...beside, peer: 50 }, 1),
  ];
}
