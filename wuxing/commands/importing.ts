import { createReadStream } from 'node:fs';
import { access, constants, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { LOCAL_TOOL } from '#api/access/audit.ts';
import type { ImportOutcome } from '#api/imports/imports.ts';
import type { ImportKind, SheetKind } from '#schemas/imports/columns.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import type { ImportAnswer, ImportRecord, ImportRow } from '#schemas/results/imports.ts';
import { audited } from '../audited.ts';
import { atTheData } from '../place.ts';
import { Failure, tell } from '../say.ts';
import { importAttachmentsCommand } from './attachments.ts';

async function importEvents(file: string): Promise<void> {
  if (file !== '-') await access(file, constants.R_OK).catch(() => fail(file));
  const open = () => (file === '-' ? process.stdin : createReadStream(file));
  const { events, raised } = await atTheData({
    viaServer: (client) =>
      client.stream<{ events: number; raised: number }>(
        '/imports?kind=events',
        'application/x-ndjson',
        open(),
      ),
    alone: async (system, config) => {
      const done = await system.intake.restore(open());
      await audited(config.dataDir, 'import.events', { ...done });
      return done;
    },
  });
  tell(`${countText(events)} events imported.`);
  if (raised > 0)
    tell(
      `The recorded time of ${countText(raised)} was earlier than that of the one before in the same subject, and is that one’s now.`,
    );
}

type SheetOptions = { dryRun?: boolean; lang: 'zh' | 'en'; year?: number; despite?: string[] };
type Outcome = Pick<ImportOutcome, 'job' | 'rows' | 'plan' | 'isAdopted'>;

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

/** A file through the same door as the page's, by a server or alone. */
async function bring(
  kind: ImportKind,
  file: string,
  { dryRun = false, lang, year, despite }: SheetOptions,
): Promise<Outcome> {
  const bytes = await readFile(file).catch(() => fail(file));
  return atTheData<Outcome>({
    viaServer: async (client) => {
      const query = new URLSearchParams({
        kind,
        dryRun: String(dryRun),
        lang,
        ...(year !== undefined && { year: String(year) }),
        ...(despite && { despite: despite.map(encodeURIComponent).join(',') }),
      });
      const sent = await client.stream<ImportAnswer | { job: ImportRecord }>(
        `/imports?${query}`,
        SHEET,
        Readable.from([bytes]),
      );
      const look = (id: string) => client.get<Outcome>(`/imports/${id}`);
      return 'job' in sent ? whenOver(sent.job, look) : look(sent.import);
    },
    alone: async ({ imports }, { dataDir }) => {
      const fileName = basename(file);
      const upload = { size: bytes.length, open: async () => ({ bytes, fileName }), drop: async () => {} };
      const order = { kind, dryRun, upload, language: lang, year, despite };
      const begun = await imports.start(LOCAL_TOOL, order);
      const outcome = await whenOver(begun.job, (id) => imports.find(LOCAL_TOOL, id));
      const { id: imported, counts } = outcome.job;
      const document = begun.isAdopted ? outcome.plan?.document : undefined;
      if (document) {
        const { year, version } = document;
        await audited(dataDir, 'plan.adopted', { year, version, ...(despite && { despite }) });
      }
      if (!dryRun) await audited(dataDir, 'import.sheet', { import: imported, kind, ...counts });
      return outcome;
    },
  });
}

function tellRows(rows: readonly ImportRow[]): void {
  for (const { sheet, row, problems } of rows)
    for (const { column, message } of problems)
      tell(`${sheet ? `${sheet}, ` : ''}row ${row}${column ? `, ${column}` : ''}: ${message}`);
}

/** Brings a spreadsheet, and tells what became of the rows. */
async function importSheet(kind: SheetKind, file: string, options: SheetOptions): Promise<void> {
  const { dryRun } = options;
  const { job, rows } = await bring(kind, file, options);
  const { counts } = job;
  tellRows(rows);
  tell(
    `${dryRun ? 'Would be' : `Import ${job.id}`}: ${countText(counts.new)} new, ${countText(counts.changed)} changed, ${countText(counts.already)} there already, ${countText(counts.refused)} refused.`,
  );
  if (job.state !== 'done') throw new Failure(job.problem ?? `The import is ${job.state}.`);
  if (counts.refused > 0)
    throw new Failure(dryRun ? 'Some rows would be refused.' : 'Some rows were refused; the others are in.');
}

/** A plan is looked at as a whole first: what is wrong with a row keeps all of it out. */
async function importPlan(file: string, options: SheetOptions): Promise<void> {
  const { job, rows, plan } = await bring('plan', file, { ...options, dryRun: true });
  tellRows(rows);
  const { document, adopted, differences = [], unmeetable = [] } = plan ?? {};
  if (!document || job.counts.refused > 0) throw new Failure('The plan has faults; none of it is adopted.');
  for (const { list, id, change, ...more } of differences)
    tell(`${list} ${id}: ${'fields' in more ? `${change} in ${more.fields.join(', ')}` : change}`);
  if (adopted && differences.length === 0) {
    tell(`The plan of ${document.year} does not differ from version ${adopted.version}, which is adopted.`);
    return;
  }
  for (const { finding, field, message } of unmeetable)
    tell(`nobody could meet ${field}: ${message}. If that is meant: --despite ${finding}`);
  const left = unmeetable.filter(({ finding }) => !options.despite?.includes(finding));
  if (left.length > 0) throw new Failure('Nobody could meet this plan as it is; none of it is adopted.');
  if (!options.dryRun) await bring('plan', file, options);
  const what = `version ${document.version} of the plan of ${document.year}`;
  tell(options.dryRun ? `Would be adopted: ${what}.` : `Adopted: ${what}.`);
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

const planCommand = (): Command =>
  new Command('plan')
    .description('read a plan from the workbook that the page hands out, or some sheets of it, and adopt it')
    .argument('<file>', 'XLSX, or CSV of one of its lists')
    .option('--dry-run', 'only say what differs from the plan that is adopted')
    .option('--year <year>', 'of a file that does not say it', Number)
    .option('--despite <finding...>', 'what nobody could meet and is meant, as a dry run names it')
    .addOption(
      new Option('--lang <language>', 'of what is said about rows').choices(['zh', 'en']).default('zh'),
    )
    .action((file: string, options: SheetOptions) => importPlan(file, options));

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
    .addCommand(planCommand())
    .addCommand(importAttachmentsCommand());
