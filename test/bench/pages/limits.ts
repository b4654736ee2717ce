import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { unzipSync, zipSync } from 'fflate';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { pdfOf } from '#api/exports/pdf/document.ts';
import type { Report } from '#api/exports/report/model.ts';
import type { Table } from '#schemas/presentation/table.ts';
import { median, timed } from '../rows.ts';
import { environment, firstMatch, ROOT } from '../server.ts';

/** What an answer cannot be faster than: the same without the work that is ours. */

export type Limit = { name: string; ms: number };

const ROUNDS = 5;

/** A server in a process of its own that answers with the bytes it was sent last. */
export type MemoryServer = { fetching(bytes: Uint8Array): Promise<Limit>; stop(): Promise<void> };

export async function startMemoryServer(): Promise<MemoryServer> {
  const child: ChildProcess = spawn('node', ['test/bench/pages/memoryServer.ts'], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstMatch(child, /(http:\/\/127\.0\.0\.1:\d+)/);
  return {
    async fetching(bytes) {
      await (await fetch(url, { method: 'PUT', body: Buffer.from(bytes) })).arrayBuffer();
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++)
        times.push((await timed(async () => (await fetch(url)).arrayBuffer())).ms);
      return { name: 'the same bytes from memory', ms: median(times) };
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function byHucre(bytes: Uint8Array): Promise<Limit> {
  const { sheets } = await readXlsx(bytes);
  const plain = sheets.map(({ name, rows }) => ({ name, rows }));
  const { ms } = await timed(() => writeXlsx({ sheets: plain }));
  return { name: 'the same rows by hucre alone', ms };
}

const emptied = (table: Table): Table => ({
  ...table,
  title: '',
  columns: table.columns.map((column) => ({ ...column, heading: '' })),
  rows: table.rows.map((row) => row.map(() => null)),
});

async function withoutText(report: Report): Promise<Limit> {
  const sections = report.sections.map((section) => ({
    ...section,
    heading: '',
    findings: section.findings.map(() => ''),
    points: section.points?.map(() => ({ lead: '', text: '' })) ?? [],
    charts: [],
    tables: section.tables.map(emptied),
  }));
  const { ms } = await timed(() => pdfOf({ ...report, sections }));
  return { name: 'the same PDF without text', ms };
}

async function zipped(bytes: Uint8Array): Promise<Limit> {
  const parts = unzipSync(bytes);
  const { ms } = await timed(async () => zipSync(parts));
  return { name: 'the same parts zipped', ms };
}

/** The limit of a document; `report` is asked for where it is made from one. */
export function documentLimit(
  format: string,
  bytes: Uint8Array,
  memory: MemoryServer,
  report: () => Promise<Report>,
): Promise<Limit> {
  if (format === 'xlsx') return byHucre(bytes);
  if (format === 'pdf') return report().then(withoutText);
  if (format === 'docx' || format === 'pptx') return zipped(bytes);
  return memory.fetching(bytes);
}
