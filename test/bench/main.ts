import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { benchBands } from './bands.ts';
import { benchBrowser } from './browser/browser.ts';
import { benchDashboard } from './dashboard.ts';
import { benchGrowth } from './growth.ts';
import { benchInbox } from './inbox.ts';
import { benchIntake } from './intake.ts';
import { benchLatency } from './latency.ts';
import { benchMemory } from './memory.ts';
import { benchPages } from './pages/pages.ts';
import { benchPostgres } from './postgres.ts';
import { benchRanking } from './ranking.ts';
import { type BenchRow, tableOf } from './rows.ts';
import { benchScale } from './scale.ts';
import { benchSheet } from './sheet.ts';
import { openZone, type Zone } from './zone.ts';

/**
 * `npm run bench [-- --json FILE --only ranking,intake --units N --activities N --scale S]`: measures us beside our
 * peers in the same run. `--units` and `--activities` size the zone of ranking, postgres, bands, memory and pages; the
 * sizes that the others have are multiplied by `--scale`, 0.1 for a quick look.
 *
 * `--only pages` has zones of 50, 500 and 10,000 units, or of those that `--units 50,500` names, with 200 activities a
 * unit unless `--activities` says fewer, or, for one size, more. They are prepared once and kept in `--cache` (`--anew`
 * prepares them again). `--in-place` asks the kept zone itself and not a copy, where the disk has no room for two.
 * `--only scale` asks few questions of zones up to 20 million activities and 100,000 units, and draws the curve;
 * `--match 10000x2000000` takes one of them.
 * `--only browser` opens the last of them in Chromium.
 * `--match TEXT` asks only what has it in its name; `--fresh` starts the server again before every question;
 * `--duckdb MS` takes DuckDB's time from a run before, for a quick look.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    units: { type: 'string' },
    activities: { type: 'string' },
    scale: { type: 'string', default: '1' },
    cache: { type: 'string', default: '.cache/bench' },
    anew: { type: 'boolean', default: false },
    match: { type: 'string' },
    duckdb: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    'in-place': { type: 'boolean', default: false },
  },
});

const tell = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const world = {
  plan: plan2026,
  units: Number(values.units ?? 10_000),
  activities: Number(values.activities ?? 2_000_000),
};
const PER_UNIT = 200;
const LARGE = { units: world.units, activities: world.activities };
const unitCounts = (values.units ?? '50,500,10000').split(',').map(Number);
/** Of several sizes the smaller ones have fewer activities than were asked for; of one, all. */
const activitiesOf = (units: number): number =>
  unitCounts.length === 1 && values.activities !== undefined
    ? world.activities
    : Math.min(Number(values.activities ?? Number.POSITIVE_INFINITY), units * PER_UNIT);
const sizes = unitCounts.map((units) => ({ units, activities: activitiesOf(units) }));
const scale = Number(values.scale);
let opened: Promise<Zone> | undefined;
const zone = (): Promise<Zone> => {
  opened ??= openZone(world, say);
  return opened;
};

/** Those with servers of their own come first, while this process is small; then those that share one zone. */
const suites: Record<string, () => Promise<BenchRow[]>> = {
  intake: () => benchIntake(scale, say),
  sheet: () => benchSheet(scale, say),
  inbox: () => benchInbox(scale, say),
  latency: () => benchLatency(scale, say),
  dashboard: () => benchDashboard(scale, say),
  memory: () => benchMemory(world, say),
  growth: () => benchGrowth(scale, say),
  pages: () => benchPages({ ...values, inPlace: values['in-place'], sizes }, say, tell),
  browser: () => benchBrowser({ ...values, size: sizes.at(-1) ?? LARGE }, say),
  scale: () => benchScale(values, say, tell),
  bands: async () => benchBands(await zone(), say),
  postgres: async () => benchPostgres(await zone(), world, say),
  ranking: async () => benchRanking(await zone(), world, say),
};

/** Half an hour and 40 GB: only where it is named. */
const BY_NAME = ['scale'];
const usual = Object.keys(suites).filter((name) => !BY_NAME.includes(name));
const names = values.only?.split(',') ?? usual;
const unknown = names.filter((name) => !(name in suites));
if (unknown.length > 0)
  throw new Error(`there is no ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}`);

// The parts are libraries here: none of them keeps a process alive while it waits, as a server's port does.
const alive = setInterval(() => {}, 1_000);
const rows: BenchRow[] = [];
for (const [name, run] of Object.entries(suites)) if (names.includes(name)) rows.push(...(await run()));
await (await opened)?.close();
clearInterval(alive);
// Pages have told theirs in tables of their own.
tell(tableOf(rows.filter(({ more }) => !more)));
// A question that was refused was not measured.
if (rows.some(({ ours, met }) => Number.isNaN(ours) && met === false)) process.exitCode = 1;
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
