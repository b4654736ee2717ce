import { z } from 'zod';
import { breathe } from '#ingest/process/calmly.ts';

/** Bytes that are read at once, a few milliseconds of them; an answer of ten thousand rows has megabytes. */
const AT_ONCE = 128 * 1024;

const NEW_LINE = 0x0a;

/** Checked rows of an answer in JSONEachRow, a line each: read piece by piece, so that everybody else gets a turn. */
export async function readRows<T>(row: z.ZodType<T>, bytes: Buffer): Promise<T[]> {
  const list = z.array(row);
  const rows: T[] = [];
  for (let from = 0; from < bytes.length; ) {
    await breathe();
    const end = bytes.indexOf(NEW_LINE, from + AT_ONCE);
    const to = end < 0 ? bytes.length : end;
    const lines = bytes.toString('utf8', from, to).trimEnd().replaceAll('\n', ',');
    for (const one of list.parse(JSON.parse(`[${lines}]`))) rows.push(one);
    from = to + 1;
  }
  return rows;
}
