import { Zip, ZipPassThrough } from 'fflate';
import type { Language } from '#schemas/languages.ts';
import type { Standing } from '#schemas/results/results.ts';
import type { Maker } from './documents.ts';
import { safeFileName } from './report/figures.ts';
import { dayEnding } from './report/filters.ts';
import { type ReportData, wordsIn } from './report/frame.ts';
import { type Gathered, unitsIn } from './report/gathered.ts';

/** All units' feedback letters in one archive, made one after another and handed on as they are ready. */

export type LettersOptions = {
  make: Maker;
  language: Language;
  format: 'docx' | 'pdf';
  /** How many letters there will be, for the progress. */
  of: number;
  onProgress?: ((done: number, of: number) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/** What the archive of a view is called. */
export function lettersName(
  language: Language,
  { question, plan }: Pick<ReportData, 'question' | 'plan'>,
): string {
  const words = wordsIn(language);
  return `${safeFileName(words.file.letters(question.year), dayEnding({ words, question, plan }))}.zip`;
}

/** A name that is not taken yet: units may share theirs. */
function unique(fileName: string, taken: Set<string>): string {
  const dot = fileName.lastIndexOf('.');
  let name = fileName;
  for (let copy = 2; taken.has(name.toLowerCase()); copy++)
    name = `${fileName.slice(0, dot)} (${copy})${fileName.slice(dot)}`;
  taken.add(name.toLowerCase());
  return name;
}

/** The ranking of a group, written once for all its letters. */
function peersIn(rows: ReportData['rows']): (group: string) => Gathered['ranking'] {
  const groups = Map.groupBy(rows, ({ group }) => group);
  const written = new Map<string, Gathered['ranking']>();
  return (group) => {
    const peers = written.get(group) ?? {
      bytes: Buffer.from(JSON.stringify({ rows: groups.get(group) ?? [], open: [] })),
    };
    written.set(group, peers);
    return peers;
  };
}

/** The archive's bytes. `reportData` is the zone's; its rows give each unit its peers. Stops at the signal. */
export async function* lettersZip(
  reportData: Omit<ReportData, 'standing' | 'gaps'>,
  standings: AsyncIterable<Standing> | Iterable<Standing>,
  { make, language, format, of, onProgress, signal }: LettersOptions,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const failures: Error[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) failures.push(error);
    else ready.push(chunk);
  });
  const { rows, units = unitsIn(rows), ...shared } = reportData;
  const peersOf = peersIn(rows);
  const taken = new Set<string>();
  let done = 0;
  for await (const standing of standings) {
    signal?.throwIfAborted();
    const order = {
      document: 'unit',
      format,
      language,
      // A letter tells of no gaps but those of its unit.
      reportData: { ...shared, units, gaps: undefined, ranking: peersOf(standing.row.group), standing },
    } as const;
    const made = await make(order, signal);
    const file = new ZipPassThrough(unique(made.fileName, taken));
    file.mtime = reportData.question.madeAt;
    zip.add(file);
    file.push(made.bytes, true);
    if (failures[0]) throw failures[0];
    onProgress?.(++done, of);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}
