import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { benchIntake } from './intake.ts';
import { benchRanking } from './ranking.ts';
import { type BenchRow, tableOf } from './rows.ts';

/** `npm run bench [-- --json FILE --only ranking,intake --units N --activities N]`: measures us beside our peers in the same run. */
const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string', default: 'ranking,intake' },
    units: { type: 'string', default: '10000' },
    activities: { type: 'string', default: '2000000' },
  },
});

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const world = { plan: plan2026, units: Number(values.units), activities: Number(values.activities) };
const suites: Record<string, () => Promise<BenchRow[]>> = {
  intake: () => benchIntake(say),
  ranking: () => benchRanking(world, say),
};

// The parts are libraries here: none of them keeps a process alive while it waits, as a server's port does.
const alive = setInterval(() => {}, 1_000);
const rows: BenchRow[] = [];
for (const [name, run] of Object.entries(suites))
  if (values.only.split(',').includes(name)) rows.push(...(await run()));
clearInterval(alive);
process.stdout.write(`${tableOf(rows)}\n`);
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
