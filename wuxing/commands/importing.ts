import { createReadStream } from 'node:fs';
import { access, constants, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { openAccess } from '#api/access/access.ts';
import { LOCAL_TOOL } from '#api/access/audit.ts';
import type { SheetKind } from '#schemas/imports/columns.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import type { ImportAnswer, ImportRecord, ImportRow } from '#schemas/results/imports.ts';
import { atTheData } from '../place.ts';
import { Failure, tell } from '../say.ts';
import { importAttachmentsCommand } from './attachments.ts';

async function importEvents(file: string): Promise<void> {
  if (file !== '-') await access(file, constants.R_OK).catch(() => fail(file));
  const open = () => (file === '-' ? process.stdin : createReadStream(file));
  const { events } = await atTheData({
    viaServer: (client) =>
      client.stream<{ events: number }>('/imports?kind=events', 'application/x-ndjson', open()),
    alone: async (system, config) => {
      const done = await system.intake.restore(open());
      const audited = openAccess(config.dataDir);
      await audited.audit.record(LOCAL_TOOL, 'import.events', { ...done });
      await audited.close();
      return done;
    },
  });
  tell(`${countText(events)} events imported.`);
}

type SheetOptions = { dryRun?: boolean; lang: 'zh' | 'en' };
type Outcome = { job: ImportRecord; rows: readonly ImportRow[] };

const LOOK_AGAIN_MS = 500;
const SHEET = 'application/octet-stream';

/** A large file goes on by itself: looks again until it is over. */
async function whenOver(first: ImportRecord, look: (id: string) => Promise<Outcome>): Promise<Outcome> {
  for (;;) {
    const found = await look(first.id);
    if (found.job.state !== 'running') return found;
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Brings a spreadsheet through the same door as the page does, and tells what became of the rows. */
async function importSheet(
  kind: SheetKind,
  file: string,
  { dryRun = false, lang }: SheetOptions,
): Promise<void> {
  const bytes = await readFile(file).catch(() => fail(file));
  const language = lang;
  const { job, rows } = await atTheData<Outcome>({
    viaServer: async (client) => {
      const query = `kind=${kind}&dryRun=${dryRun}&lang=${lang}`;
      const sent = await client.stream<ImportAnswer | { job: ImportRecord }>(
        `/imports?${query}`,
        SHEET,
        Readable.from([bytes]),
      );
      const look = (id: string) => client.get<Outcome>(`/imports/${id}`);
      return 'job' in sent ? whenOver(sent.job, look) : look(sent.import);
    },
    alone: async ({ imports }, { dataDir }) => {
      const order = { kind, dryRun, bytes, fileName: basename(file), language };
      const { job: begun } = await imports.start(LOCAL_TOOL, order);
      const outcome = await whenOver(begun, (id) => imports.find(LOCAL_TOOL, id));
      const audited = openAccess(dataDir);
      if (!dryRun)
        await audited.audit.record(LOCAL_TOOL, 'import.sheet', {
          import: begun.id,
          kind,
          ...outcome.job.counts,
        });
      await audited.close();
      return outcome;
    },
  });
  const { counts } = job;
  for (const { row, problems } of rows)
    for (const { column, message } of problems) tell(`row ${row}${column ? `, ${column}` : ''}: ${message}`);
  tell(
    `${dryRun ? 'Would be' : `Import ${job.id}`}: ${countText(counts.new)} new, ${countText(counts.changed)} changed, ${countText(counts.already)} there already, ${countText(counts.refused)} refused.`,
  );
  if (job.state !== 'done') throw new Failure(job.problem ?? `The import is ${job.state}.`);
  if (counts.refused > 0)
    throw new Failure(dryRun ? 'Some rows would be refused.' : 'Some rows were refused; the others are in.');
}

const sheetCommand = (kind: SheetKind): Command =>
  new Command(kind)
    .description(`read a spreadsheet of ${kind}; faulty rows are told and never stop the others`)
    .argument('<file>', 'XLSX, or CSV in UTF-8, UTF-16 or GB18030')
    .option('--dry-run', 'only say what would become of each row')
    .addOption(
      new Option('--lang <language>', 'of what is said about rows').choices(['zh', 'en']).default('zh'),
    )
    .action((file: string, options: SheetOptions) => importSheet(kind, file, options));

function fail(file: string): never {
  throw new Failure(`${file} cannot be read.`);
}

export const importCommand = (): Command =>
  new Command('import')
    .description('bring data in')
    .addCommand(
      new Command('events')
        .description(
          'append an exported stream as it is, recorded times kept, to an empty one (- reads standard input)',
        )
        .argument('<file>', 'NDJSON as `wuxing export events` writes it')
        .action(importEvents),
    )
    .addCommand(sheetCommand('activities'))
    .addCommand(sheetCommand('units'))
    .addCommand(sheetCommand('targets'))
    .addCommand(sheetCommand('incidents'))
    .addCommand(importAttachmentsCommand());
