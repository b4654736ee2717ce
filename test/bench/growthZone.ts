import { plan2026 } from '#schemas/plans/plan2026.ts';
import { median, timed } from './rows.ts';
import { openZone } from './zone.ts';

/** One zone of `growth.ts`, in a process of its own: prints its cold and its repeated ranking, ms. */

const [units = 2_500, activities = 50_000] = process.argv.slice(2).map(Number);

const alive = setInterval(() => {}, 1_000);
const zone = await openZone({ plan: plan2026, units, activities }, () => {});
const { ms: cold } = await zone.cold();
const { reads, close } = zone.open();
const ask = () => reads.ranking(zone.question, {});
// The answer with its bands is the one that is kept.
await reads.ranking({ ...zone.question, asOf: new Date(zone.now()).toISOString() }, {});
const times: number[] = [];
for (let round = 0; round < 600; round++) times.push((await timed(ask)).ms);
await close();
await zone.close();
clearInterval(alive);
process.stdout.write(`${JSON.stringify({ cold, again: median(times.slice(100)) })}\n`);
