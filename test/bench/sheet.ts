import { writeXlsx } from 'hucre/xlsx';
import type { ImportRecord } from '#schemas/results/imports.ts';
import { atMost, type BenchRow } from './rows.ts';
import { bodiesOf, eventsToSend, getText, pour, startServer, visible, YEAR } from './server.ts';

/** A year's sheet of a whole zone: how long until all of it is recorded and shown, and what that takes in memory. */

const ROWS = 100_000;
const UNITS = 48;
const LIMIT_S = 30;
const LIMIT_MIB = 300;
const SAMPLE_MS = 50;
const LOOK_MS = 250;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const two = (value: number): string => String(value).padStart(2, '0');

async function workbook(units: readonly string[], rows: number): Promise<Uint8Array> {
  const activities = Array.from({ length: rows }, (_, index) => [
    units[index % units.length] ?? '',
    'research',
    `${YEAR}-${two(1 + (index % 12))}-${two(1 + ((index >> 4) % 28))}`,
    `调研第 ${index} 号：水稻育秧大棚利用情况`,
  ]);
  return writeXlsx({
    sheets: [{ name: '活动', rows: [['单位编号', '类型', '日期', '标题'], ...activities] }],
  });
}

export async function benchSheet(scale: number, say: (line: string) => void): Promise<BenchRow[]> {
  const rows = Math.round(ROWS * scale);
  const { first } = eventsToSend(UNITS, 1);
  const server = await startServer();
  try {
    await visible(server, await pour(server, bodiesOf(first)));
    await getText(server, `/rankings/${YEAR}`);
    const { units } = JSON.parse(await getText(server, '/units?limit=100')) as { units: { unit: string }[] };
    const file = await workbook(
      units.map(({ unit }) => unit),
      rows,
    );
    say(`importing an XLSX of ${rows} rows …`);
    const idle = server.memory();
    const most = { ...idle };
    const watch = setInterval(() => {
      const { resident, anonymous } = server.memory();
      most.resident = Math.max(most.resident, resident);
      most.anonymous = Math.max(most.anonymous, anonymous);
    }, SAMPLE_MS);
    const start = performance.now();
    const sent = await fetch(`${server.url}/api/imports?kind=activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/octet-stream' },
      body: file as Uint8Array<ArrayBuffer>,
    });
    let { job } = (await sent.json()) as { job: ImportRecord };
    while (job.state === 'running') {
      await pause(LOOK_MS);
      ({ job } = JSON.parse(await getText(server, `/imports/${job.id}`)) as { job: ImportRecord });
    }
    const seconds = (performance.now() - start) / 1_000;
    clearInterval(watch);
    if (job.counts.new !== rows) throw new Error(`the import is ${job.state}: ${JSON.stringify(job.counts)}`);
    const above = (what: 'resident' | 'anonymous'): number => (most[what] - idle[what]) * 1_024;
    const limit = (name: string, ours: number, unit: string, peer: number): BenchRow =>
      atMost({ name, ours, unit, peerName: 'limit', peer }, 1);
    return [
      limit(`an XLSX of ${rows} rows imported`, seconds, 's', LIMIT_S * scale),
      limit('memory above idle meanwhile, resident', above('resident'), 'MiB', LIMIT_MIB),
      limit('the same, without files it has mapped', above('anonymous'), 'MiB', LIMIT_MIB),
    ];
  } finally {
    await server.stop();
  }
}
