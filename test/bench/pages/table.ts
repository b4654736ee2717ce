/** The figures of the pages as tables in Markdown, for people and for `docs/performance.md`. */

export type Line = {
  name: string;
  /** ms, the first and then again; null where the answer failed, and `note` says how. */
  first: number | null;
  again: number | null;
  goalFirst: number;
  goalAgain: number;
  met: boolean;
  cpuFirst: number;
  cpuAgain: number;
  stall: number;
  bytes: number;
  /** MiB: resident, and anonymous above what the server holds at rest. */
  resident: number;
  above: number | null;
  limitName: string;
  limit: number | null;
  note: string;
};

const count = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
export const ms = (value: number | null): string =>
  value === null ? '–' : value < 10 ? fine.format(value) : count.format(value);
const mib = (bytes: number): string =>
  bytes < 1_024 * 1_024 ? `${ms(bytes / 1_024)} KiB` : `${fine.format(bytes / 1_024 / 1_024)} MiB`;

/** Numbers stand to the right. */
export function markdownOf(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((text, column) =>
    Math.max(text.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [row(head), rule, ...lines.map(row)].join('\n');
}

const pair = (first: number | null, again: number | null): string => `${ms(first)} / ${ms(again)}`;
const verdict = ({ met, note }: Line): string => (note ? `NO: ${note}` : met ? 'yes' : 'NO');

export const pagesTable = (lines: readonly Line[]): string =>
  markdownOf(
    [
      'what a page asks',
      'first / again, ms',
      'goal',
      'met',
      'CPU',
      'stall',
      'size',
      'same bytes from memory',
    ],
    lines.map((line) => [
      line.name,
      pair(line.first, line.again),
      pair(line.goalFirst, line.goalAgain),
      verdict(line),
      pair(line.cpuFirst, line.cpuAgain),
      ms(line.stall),
      mib(line.bytes),
      ms(line.limit),
    ]),
  );

export const documentsTable = (lines: readonly Line[]): string =>
  markdownOf(
    [
      'document',
      'first / again, ms',
      'goal',
      'met',
      'CPU',
      'stall',
      'MiB above rest',
      'size',
      'beside',
      'ms',
    ],
    lines.map((line) => [
      line.name,
      pair(line.first, line.again),
      ms(line.goalFirst),
      verdict(line),
      pair(line.cpuFirst, line.cpuAgain),
      ms(line.stall),
      ms(line.above),
      mib(line.bytes),
      line.limitName,
      ms(line.limit),
    ]),
  );
