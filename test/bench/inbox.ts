import { readFileSync } from 'node:fs';
import { ORGANISATION, unitSource, ZONE } from '#schemas/events.ts';
import { atMost, type BenchRow, median } from './rows.ts';
import { get, planOfYear, type Server, send, startServer, visible, YEAR } from './server.ts';
import type { Say } from './zone.ts';

/** A hundred thousand reports that wait for the department: listed, filtered and counted, also after each change. */

const UNITS = 500;
const EACH = 200;
const LIMIT_MS = 200;
const ROUNDS = 7;
const KINDS = ['research', 'lecture', 'center-group-study', 'training'];
const GROUPS = ['farm', 'enterprise'];

const unitOf = (index: number): string => `unit-${index % UNITS}`;
const two = (value: number): string => String(value).padStart(2, '0');
const event = (source: string, subject: string, type: string, id: string, data: object) => ({
  specversion: '1.0',
  id,
  source,
  subject,
  type,
  recordedtime: `${YEAR + 1}-01-05T00:00:00.000Z`,
  data,
});

/** Every tenth one is alike another one of its unit and day, as where somebody reports twice. */
const reportOf = (unit: string, index: number) => {
  const nth = index % 10 === 9 ? index - 4 : index;
  return event(unitSource(unit), unit, 'activity.recorded', `r-${index}`, {
    activity: `r-${index}`,
    unit,
    year: YEAR,
    kind: KINDS[nth % KINDS.length],
    occurredOn: `${YEAR}-${two(1 + (nth % 12))}-${two(1 + (nth % 28))}`,
    title: `${nth} 号材料：${'春耕备耕水稻育秧安全生产'.slice(nth % 9)}情况调研`,
    ...(KINDS[nth % KINDS.length] === 'training' && { form: 'concentrated', quantity: 8 }),
  });
};

function* linesOf(each: number): Generator<string> {
  const plan = event(ORGANISATION, ZONE, 'plan.adopted', 'plan', planOfYear);
  yield JSON.stringify(plan);
  for (let index = 0; index < UNITS; index++) {
    const unit = unitOf(index);
    const data = { unit, name: `单位 ${index}`, group: GROUPS[index % 2], teamSize: 7, head: 'm-01' };
    yield JSON.stringify(event(ORGANISATION, unit, 'unit.registered', 'registered', data));
  }
  for (let index = 0; index < each; index++)
    for (let unit = 0; unit < UNITS; unit++) yield JSON.stringify(reportOf(unitOf(unit), index));
}

const QUESTIONS: readonly [name: string, path: string][] = [
  ['list', '/inbox?kind=verification'],
  ['list of a unit', `/inbox?kind=verification&unit=${unitOf(7)}`],
  ['list of a group', `/inbox?kind=verification&group=${GROUPS[0]}`],
  ['list of a requirement', '/inbox?kind=verification&requirement=learning.research'],
  ['late', '/inbox?kind=late'],
  ['duplicates', '/inbox?kind=duplicates'],
  ['counts', '/inbox/counts?of=research'],
  ['by unit and kind', '/inbox/summary?kind=verification'],
];

/** CPU time of the server, all threads, ms: on a busy machine the clock tells of others, too. */
function cpuOf({ process: child }: Server): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function asked(server: Server, path: string): Promise<{ ms: number; cpu: number }> {
  const [start, cpu] = [performance.now(), cpuOf(server)];
  const response = await get(server, `${path}&year=${YEAR}`);
  const body = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${body}`);
  return { ms: performance.now() - start, cpu: cpuOf(server) - cpu };
}

export async function benchInbox(scale: number, say: Say): Promise<BenchRow[]> {
  const each = Math.max(1, Math.round(EACH * scale));
  const server = await startServer();
  try {
    say(`${UNITS * each} reports are brought that nobody has verified …`);
    const brought = await fetch(`${server.url}/api/imports?kind=events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
      body: `${[...linesOf(each)].join('\n')}\n`,
    });
    if (!brought.ok) throw new Error(`${brought.status}: ${await brought.text()}`);
    await brought.text();
    const counts = await get(server, `/inbox/counts?year=${YEAR}`);
    say(`what waits: ${await counts.text()}`);
    let next = each;
    const change = async (): Promise<void> => {
      const { recordedtime: _, ...report } = reportOf(unitOf(next), next++);
      await visible(server, await send(server, JSON.stringify([{ ...report, source: ORGANISATION }])));
    };
    const rows: BenchRow[] = [];
    for (const [name, path] of QUESTIONS)
      for (const [when, before] of [
        ['again', async () => {}],
        ['after a change', change],
      ] as const) {
        await asked(server, path);
        const rounds: Awaited<ReturnType<typeof asked>>[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          await before();
          rounds.push(await asked(server, path));
        }
        const ours = median(rounds.map(({ ms }) => ms));
        say(
          `${name}, ${when}: ${Math.round(ours)} ms, of CPU ${Math.round(median(rounds.map(({ cpu }) => cpu)))} ms`,
        );
        const row = { name: `inbox of ${UNITS * each}: ${name}, ${when}`, ours, unit: 'ms' };
        rows.push(atMost({ ...row, peerName: 'limit', peer: LIMIT_MS }, 1));
      }
    return rows;
  } finally {
    await server.stop();
  }
}
