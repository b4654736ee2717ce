import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';

/** What makes a workbook unreadable for us, as `SheetRefused` has it. */
export type WorkbookFault = 'too-large' | 'macros' | 'broken' | undefined;

/** All parts together, inflated: 200,000 rows of activities take about a third of it. */
const MOST_INFLATED = 512 * 1024 * 1024;
/** Parts that are read whole before the first row: texts and styles. */
const MOST_WHOLE = 96 * 1024 * 1024;
const MOST_ENTRIES = 2_000;
const PIECE = 64 * 1024;

/**
 * Inflates a workbook once without keeping anything, counting what comes out: sizes that an archive declares of
 * itself are not believed. A bomb is found after its first 512 MiB, and before any of it is held in memory.
 */
export function inspectWorkbook(bytes: Uint8Array): WorkbookFault {
  let [entries, inflated] = [0, 0];
  let fault: WorkbookFault;
  const unzip = new Unzip((file) => {
    if (++entries > MOST_ENTRIES) fault ??= 'too-large';
    if (/vbaProject\.bin$/i.test(file.name)) fault ??= 'macros';
    const isRows = /^xl\/worksheets\//i.test(file.name);
    let own = 0;
    file.ondata = (error, chunk) => {
      if (error) fault ??= 'broken';
      inflated += chunk?.length ?? 0;
      own += chunk?.length ?? 0;
      if (inflated > MOST_INFLATED || (!isRows && own > MOST_WHOLE)) fault ??= 'too-large';
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  try {
    for (let at = 0; at < bytes.length && !fault; at += PIECE)
      unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  } catch {
    fault ??= 'broken';
  }
  return entries === 0 ? 'broken' : fault;
}
