import type { z } from 'zod';
import type { ImportKind } from '#schemas/imports/columns.ts';
import { faultLine } from '#schemas/imports/words.ts';
import { type Description, points, quantity, text } from '#schemas/presentation/table.ts';
import {
  type ImportAnswer,
  type ImportCounts,
  type ImportEffect,
  type ImportedPlan,
  type ImportReckoned,
  type ImportRecord,
  type ImportRow,
  importAnswer,
  importDetail,
  importJob,
  importUndone,
} from '#schemas/results/imports.ts';
import { ask, askFile } from '../../composables/client.ts';
import { saveFile } from '../../composables/files.ts';
import type { Words } from '../../locales/words.ts';

/** What a sheet has become, or would. */
export type Outcome = {
  import: string;
  dryRun: boolean;
  state: ImportRecord['state'];
  encoding: string | null;
  counts: ImportCounts;
  rows: readonly ImportRow[];
  effects: readonly ImportEffect[];
  /** How much of the sheet they were reckoned from. */
  reckoned: ImportReckoned | null;
  /** Heads of columns that were not read. */
  unread: readonly string[];
  /** Of a plan: the document that the file holds, and what it changes. */
  plan: ImportedPlan | null;
  /** Why it failed as a whole. */
  problem: string | null;
  done: number;
};

export type Bring = {
  kind: ImportKind;
  /** Of a plan whose file does not say it. */
  year: number;
  file: Blob;
  name: string;
  dryRun: boolean;
  language: string;
  /** A large file is under way: its id, and how many rows it has taken. */
  onProgress(id: string, done: number): void;
};

const LOOK_AGAIN_MS = 500;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));

const ofAnswer = (answer: ImportAnswer): Outcome => ({
  import: answer.import,
  dryRun: answer.dryRun,
  state: 'done',
  encoding: answer.encoding ?? null,
  counts: answer.counts,
  rows: answer.rows,
  effects: answer.effects ?? [],
  reckoned: answer.reckoned ?? null,
  unread: answer.unread ?? [],
  plan: answer.plan ?? null,
  problem: null,
  done: answer.rows.length,
});

/** Sends a sheet; of a large one it waits until the server is through with it. Throws ApiProblem. */
export async function bring({
  kind,
  year,
  file,
  name,
  dryRun,
  language,
  onProgress,
}: Bring): Promise<Outcome> {
  const form = new FormData();
  form.append('file', file, name);
  const params = { kind, dryRun, lang: language, ...(kind === 'plan' && { year }) };
  const sent: z.infer<typeof importAnswer> | z.infer<typeof importJob> = await ask(
    importAnswer.or(importJob),
    '/imports',
    { method: 'POST', form, params },
  );
  if (!('job' in sent)) return ofAnswer(sent);
  for (;;) {
    const {
      job,
      rows,
      effects = [],
      reckoned = null,
      unread = [],
      plan = null,
    } = await ask(importDetail, `/imports/${sent.job.id}`);
    onProgress(job.id, job.done);
    if (job.state !== 'running') return { ...job, import: job.id, rows, effects, reckoned, unread, plan };
    await pause();
  }
}

export const undo = (id: string): Promise<z.infer<typeof importUndone>> =>
  ask(importUndone, `/imports/${id}`, { method: 'DELETE' });

/** `only`: of activities a single kind, with what it is called. */
export async function saveTemplate(
  kind: ImportKind,
  year: number,
  words: Words,
  only: { kind: string; name: string } | null = null,
): Promise<void> {
  const params = { kind, year, lang: words.locale, of: only?.kind ?? null };
  const { content } = await askFile('/imports/template', { params });
  const name = only?.name ?? words.say(`imports.kinds.${kind}`);
  saveFile(`${words.say('imports.title')}-${name}.xlsx`, content);
}

/** What the effects leave out, where the sheet is too large to be looked at whole, or has more units than are told. */
export function leftOut(
  words: Words,
  { reckoned, effects }: Pick<Outcome, 'reckoned' | 'effects'>,
): string[] {
  if (!reckoned) return [];
  const { rows, units } = reckoned;
  const { say, count } = words;
  return [
    ...(rows.reckoned < rows.of
      ? [say('imports.effectsRows', { n: count(rows.reckoned), of: count(rows.of) })]
      : []),
    ...(units.reckoned < units.of
      ? [say('imports.effectsUnits', { n: count(units.reckoned), of: count(units.of) })]
      : []),
    ...(effects.length < units.found
      ? [say('imports.effectsTold', { n: count(effects.length), of: count(units.found) })]
      : []),
  ];
}

/** Whether what is in order can be imported while faulty rows are corrected: not of what is a single document. */
export const hasRest = (outcome: Pick<Outcome, 'counts' | 'plan' | 'dryRun'>): boolean =>
  !outcome.plan && outcome.dryRun && outcome.counts.refused > 0 && effectOf(outcome) > 0;

/** How many rows an import would change anything by. */
export const effectOf = ({ counts }: Pick<Outcome, 'counts'>): number => counts.new + counts.changed;

export const problemsOf = ({ locale }: Words, row: Pick<ImportRow, 'problems'>): string =>
  row.problems.map((one) => faultLine(locale === 'en' ? 'en' : 'zh', one)).join(' ');

/** Row by row what becomes of it, and what is wrong: to be kept beside the sheet while it is corrected. */
export function importTable(words: Words, inSheets = false): Description<ImportRow> {
  const { say } = words;
  return {
    id: 'import',
    title: say('imports.status'),
    columns: [
      ...(inSheets ? [text<ImportRow>('sheet', say('imports.sheet'), ({ sheet }) => sheet ?? '')] : []),
      quantity('row', say('imports.row'), ({ row }) => row),
      text('status', say('imports.status'), ({ status }) => say(`imports.statuses.${status}`)),
      text('about', say('imports.about'), ({ called, id }) => called ?? id ?? ''),
      text('problem', say('imports.problem'), (row) => problemsOf(words, row)),
    ],
  };
}

/** The refused rows as the file has them, each with what is wrong: to be corrected and brought again. */
export async function saveFaulty(id: string, words: Words): Promise<void> {
  const { content } = await askFile(`/imports/${id}/refused.xlsx`, { params: { lang: words.locale } });
  saveFile(`${words.say('imports.saveFaults')}.xlsx`, content);
}

/** What the rows would do to units, those that change most first. */
export const effectTable = ({ say }: Words): Description<ImportEffect> => ({
  id: 'import-effect',
  title: say('imports.effects'),
  columns: [
    text('name', say('ranking.unit'), ({ name }) => name),
    quantity('year', say('imports.year'), ({ year }) => String(year), { not: ['phone'] }),
    points('before', say('imports.totalNow'), ({ total }) => total.before, { not: ['phone'] }),
    points('after', say('imports.totalThen'), ({ total }) => total.after),
    quantity('rankBefore', say('imports.rankNow'), ({ rank }) => rank.before),
    quantity('rankAfter', say('imports.rankThen'), ({ rank }) => rank.after),
  ],
});
