import { plan2026 } from '#schemas/plans/plan2026.ts';
import { timed } from './rows.ts';
import { openZone } from './zone.ts';

/** One zone of `growth.ts`, in a process of its own: prints its cold and its repeated ranking, ms. */

const [units = 2_500, activities = 50_000] = process.argv.slice(2).map(Number);

const alive = setInterval(() => {}, 1_000);
const zone = await openZone({ plan: plan2026, units, activities }, () => {});
const { ms: cold } = await zone.cold();
const { reads } = zone.open();
const ask = () => reads.ranking(zone.question, {});
// The answer with its bands is the one that is kept.
await reads.ranking({ ...zone.question, asOf: new Date(zone.now()).toISOString() }, {});
// Microseconds: many at a time, and the best of several tries, which is the one that nothing else disturbed.
const REPEATS = 500;
const tries: number[] = [];
for (let round = 0; round < 20; round++) {
  const { ms } = await timed(async () => {
    for (let repeat = 0; repeat < REPEATS; repeat++) await ask();
  });
  tries.push(ms / REPEATS);
}
await zone.close();
clearInterval(alive);
process.stdout.write(`${JSON.stringify({ cold, again: Math.min(...tries) })}\n`);
