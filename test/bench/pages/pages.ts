import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Issued } from '#schemas/results/access.ts';
import { type BenchRow, rounded } from '../rows.ts';
import { caughtUp, environment, firstMatch, ROOT, type Server, startServer } from '../server.ts';
import type { Say } from '../zone.ts';
import { DOCUMENT_QUESTIONS, documentName, reportFrom, withoutGoal } from './documents.ts';
import {
  ALL_MIB,
  DOCUMENT_LIMITS,
  DOCUMENT_MIB,
  DUCKDB_MS,
  documentGoal,
  STALL_MS,
  START_MS,
} from './goals.ts';
import { documentLimit, type Limit, type MemoryServer, startMemoryServer } from './limits.ts';
import { type Failed, type Measured, measure } from './measure.ts';
import { type Goal, PAGE_QUESTIONS, UNIT_SEEN } from './questions.ts';
import { documentsTable, type Line, ms, pagesTable } from './table.ts';
import type { Size } from './twoYears.ts';
import { type Kept, keptZone, withCopy } from './zoneFolder.ts';

/**
 * What a page or a person waits for, at several sizes of the zone: the start, every GET of the dashboard, every
 * document. Goals in ms are scaled by what DuckDB takes for the ranking of the large zone, in the same run.
 */

export type PagesOptions = {
  sizes: readonly Size[];
  /** Where prepared zones are kept. */
  cache: string;
  anew: boolean;
  /** Ask only what has this in its name. */
  match?: string | undefined;
  /** Start the server again before every question, so that none finds what another has computed. */
  fresh: boolean;
  /** Ask the kept zone itself. */
  inPlace: boolean;
  /** What DuckDB takes, ms, where a run before has asked it. */
  duckdb?: string | undefined;
};

async function calibrate(cache: string, say: Say): Promise<number> {
  say('DuckDB answers the ranking of 10,000 units, to know how fast this machine is …');
  await mkdir(cache, { recursive: true });
  const child = spawn('node', ['test/bench/pages/calibrate.ts', cache], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { ms: taken } = JSON.parse(await firstMatch(child, /(\{.*\})/)) as { ms: number };
  say(`${ms(taken)} ms: goals of ${DUCKDB_MS} ms are scaled by ${(taken / DUCKDB_MS).toFixed(2)}`);
  return taken;
}

/** A token of the unit that is looked at. */
async function tokenOfUnit({ url, token }: Server): Promise<string> {
  const response = await fetch(`${url}/api/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ label: 'bench', role: 'unit', unit: UNIT_SEEN }),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return ((await response.json()) as Issued).token;
}

const PROBE = './test/bench/pages/probe.ts';

async function started(folder: string, end: string): Promise<{ server: Server; ready: number }> {
  const begun = performance.now();
  const server = await startServer(folder, PROBE);
  await caughtUp(server, end);
  return { server, ready: performance.now() - begun };
}

type Asked = {
  name: string;
  path: string;
  asUnit?: true;
  goal: Goal;
  stallGoal: number;
  limit(measured: Measured): Promise<Limit>;
};

function lineOf(asked: Asked, found: Measured | Failed, limit: Limit | null, rest: number | null): Line {
  const { name, goal } = asked;
  const none = { limitName: '–', limit: null, above: null };
  const goals = { name, goalFirst: goal.first, goalAgain: goal.again };
  if ('failed' in found)
    return {
      ...goals,
      ...none,
      first: null,
      again: null,
      met: false,
      cpuFirst: 0,
      cpuAgain: 0,
      stall: 0,
      bytes: 0,
      resident: 0,
      note: found.failed,
    };
  const { bytes, anonymous, ...figures } = found;
  const above = rest === null ? null : anonymous - rest;
  return {
    ...goals,
    ...figures,
    bytes: bytes.length,
    above,
    limitName: limit?.name ?? '–',
    limit: limit?.ms ?? null,
    met:
      found.first <= goal.first &&
      found.again <= goal.again &&
      found.stall <= asked.stallGoal &&
      (above ?? 0) <= DOCUMENT_MIB,
    note: '',
  };
}

const rowsOf = (zone: string, line: Line): BenchRow[] =>
  (['first', 'again'] as const).map((which) => {
    const goal = which === 'first' ? line.goalFirst : line.goalAgain;
    const ours = line[which];
    return {
      name: `${zone}: ${line.name}, ${which}`,
      ours: rounded(ours ?? Number.NaN),
      unit: 'ms',
      peerName: line.limitName,
      peer: line.limit === null ? null : rounded(line.limit),
      ratio: ours === null || line.limit === null ? null : rounded(ours / line.limit),
      goal: `≤ ${ms(goal)} ms`,
      met: ours !== null && ours <= goal,
      more: {
        cpuMs: which === 'first' ? line.cpuFirst : line.cpuAgain,
        stallMs: line.stall,
        bytes: line.bytes,
        residentMib: line.resident,
        ...(line.above !== null && { aboveRestMib: line.above }),
      },
    };
  });

const simple = (name: string, ours: number, unit: string, goal: number): BenchRow => ({
  name,
  ours: rounded(ours),
  unit,
  peerName: 'limit',
  peer: rounded(goal),
  ratio: rounded(ours / goal),
  goal: '≤ 1 ×',
  met: ours <= goal,
});

/** What is at rest after the pages, before documents are made, MiB. */
async function atRest(server: Server): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return server.memory().anonymous * 1_024;
}

type Run = {
  zone: string;
  kept: Kept;
  size: Size;
  scale: number;
  memory: MemoryServer;
  options: PagesOptions;
  say: Say;
};

async function askAll({ kept, size, scale, memory, options, say, zone }: Run, folder: string) {
  const { match, fresh } = options;
  const scaled = ({ first, again }: Goal): Goal => ({ first: first * scale, again: again * scale });
  const fits = ({ name }: { name: string }): boolean => match === undefined || name.includes(match);
  const first = await started(folder, kept.end);
  let { server } = first;
  const unitToken = await tokenOfUnit(server);
  const starts = [first.ready];
  const asking = async (asked: Asked, rest: number | null): Promise<Line> => {
    if (fresh) {
      await server.stop();
      const again = await started(folder, kept.end);
      server = again.server;
      starts.push(again.ready);
    }
    const found = await measure(server, asked.path, asked.asUnit && unitToken);
    const limit = 'failed' in found ? null : await asked.limit(found);
    const line = lineOf(asked, found, limit, rest);
    say(
      `  ${line.name}: ${ms(line.first)} / ${ms(line.again)} ms${line.met ? '' : ' (not met)'} ${line.note}`,
    );
    return line;
  };
  try {
    say(`${zone}: ready after ${ms(first.ready)} ms`);
    const pages: Line[] = [];
    for (const question of PAGE_QUESTIONS.filter(fits))
      pages.push(
        await asking(
          {
            ...question,
            goal: scaled(question.goal),
            // A page's own goal is in its time; stalls are shown beside it.
            stallGoal: Number.POSITIVE_INFINITY,
            limit: ({ bytes }) => memory.fetching(bytes),
          },
          null,
        ),
      );
    const rest = await atRest(server);
    const documents: Line[] = [];
    for (const question of DOCUMENT_QUESTIONS) {
      const { document, format, path } = question;
      const limits = DOCUMENT_LIMITS[document]?.[format];
      const name = documentName(question);
      if (!limits || !fits({ name })) continue;
      documents.push(
        await asking(
          {
            name,
            path,
            goal: scaled(documentGoal(limits, size.units)),
            stallGoal: STALL_MS * scale,
            limit: ({ bytes }) => documentLimit(format, bytes, memory, () => reportFrom(server, document)),
          },
          rest,
        ),
      );
    }
    return { ready: Math.max(...starts), pages, documents, resident: server.memory().resident * 1_024 };
  } finally {
    await server.stop();
  }
}

async function ofSize(size: Size, run: Omit<Run, 'zone' | 'kept' | 'size'>, tell: Say): Promise<BenchRow[]> {
  const { options, say, scale } = run;
  const zone = `${ms(size.units)} units`;
  const kept = await keptZone(size, options, say);
  const ask = (folder: string) => askAll({ ...run, zone, kept, size }, folder);
  const { ready, pages, documents, resident } = await (options.inPlace
    ? ask(kept.folder)
    : withCopy(kept, ask));
  const start = simple(`${zone}: start on it → ready`, ready, 'ms', START_MS * scale);
  const memory = simple(`${zone}: memory after all of it, resident`, resident, 'MiB', ALL_MIB);
  const yes = ({ met }: BenchRow): string => (met ? 'yes' : 'NO');
  tell(
    [
      `### ${zone}, ${new Intl.NumberFormat('en').format(size.activities)} activities`,
      '',
      `Goals in ms × ${scale.toFixed(2)} (DuckDB: ${ms(scale * DUCKDB_MS)} ms). Start → ready: ${ms(ready)} ms (goal ${ms(START_MS * scale)}: ${yes(start)}). Resident after all of it: ${ms(resident)} MiB (goal ${ms(ALL_MIB)}: ${yes(memory)}).`,
      '',
      ...(pages.length > 0 ? [pagesTable(pages), ''] : []),
      ...(documents.length > 0 ? [documentsTable(documents), ''] : []),
    ].join('\n'),
  );
  return [start, ...[...pages, ...documents].flatMap((line) => rowsOf(zone, line)), memory];
}

/** `tell` hears the tables, size by size. Throws where a document has no goal; a page without one does not compile. */
export async function benchPages(options: PagesOptions, say: Say, tell: Say): Promise<BenchRow[]> {
  const forgotten = withoutGoal();
  if (forgotten.length > 0)
    throw new Error(`no goal for ${forgotten.join(', ')}: see test/bench/pages/goals.ts`);
  const cache = join(ROOT, options.cache);
  const duckdb = options.duckdb === undefined ? await calibrate(cache, say) : Number(options.duckdb);
  const scale = duckdb / DUCKDB_MS;
  const memory = await startMemoryServer();
  const rows: BenchRow[] = [];
  try {
    for (const size of options.sizes)
      rows.push(...(await ofSize(size, { scale, memory, options: { ...options, cache }, say }, tell)));
  } finally {
    await memory.stop();
  }
  return rows;
}
