import { ORGANISATION } from '#schemas/events.ts';
import type { Words } from '../../locales/words.ts';

/** A register of units as CSV, read in the browser and sent as `unit.registered` events. */

export const HEADS = {
  unit: ['单位编号', '编号', '单位', 'unit', 'id'],
  name: ['名称', '单位名称', 'name'],
  group: ['类别', 'group'],
  teamSize: ['班子人数', '人数', 'teamSize', 'team size'],
  head: ['一把手', '一把手代号', 'head'],
} as const;
type Field = keyof typeof HEADS;
const FIELDS = Object.keys(HEADS) as Field[];

export type UnitEvent = ReturnType<typeof eventOf>;
export type SheetReading = {
  events: { line: number; event: UnitEvent }[];
  faults: { line: number; problem: string }[];
};

/** Chinese Windows saves CSV as GB18030, everything else as UTF-8: what is no UTF-8 is read as the former. */
export function decodeSheet(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Cells of RFC 4180 text, quotes undone; empty lines are left out but counted. */
export function cellsOf(text: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  const pattern = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|\r|$)/gy;
  let cells: string[] = [];
  let line = 1;
  let begun = 1;
  for (const [all, cell = '', end = ''] of text.replace(/^\uFEFF/, '').matchAll(pattern)) {
    cells.push((cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell).trim());
    line += all.split(/\r?\n|\r/).length - 1;
    if (end === ',') continue;
    if (cells.some((value) => value !== '')) rows.push({ line: begun, cells });
    cells = [];
    begun = line;
  }
  return rows;
}

/** The id says what it registers, so that the same file twice registers nothing twice. */
const eventOf = (data: { unit: string; name: string; group: string; teamSize: number; head: string }) => ({
  specversion: '1.0',
  id: `register-${data.unit}`,
  source: ORGANISATION,
  type: 'unit.registered',
  data,
});

/** Undefined where the first line does not name all columns. */
export function readUnits(words: Words, text: string): SheetReading | undefined {
  const [head, ...rows] = cellsOf(text);
  const names = head?.cells.map((cell) => cell.toLowerCase()) ?? [];
  const columns = FIELDS.map((field) => {
    const known: readonly string[] = HEADS[field].map((name) => name.toLowerCase());
    return names.findIndex((name) => known.includes(name));
  });
  if (columns.some((column) => column < 0)) return undefined;
  const reading: SheetReading = { events: [], faults: [] };
  for (const { line, cells } of rows) {
    const [unit = '', name = '', group = '', teamSize = '', leader = ''] = columns.map(
      (column) => cells[column] ?? '',
    );
    const missing = FIELDS.find((_, index) => (cells[columns[index] ?? -1] ?? '') === '');
    if (missing)
      reading.faults.push({
        line,
        problem: words.say('empty.missingFault', { head: headOf(words, missing) }),
      });
    else if (!/^[1-9]\d{0,5}$/.test(teamSize))
      reading.faults.push({ line, problem: words.say('empty.teamSizeFault', { value: teamSize }) });
    else
      reading.events.push({
        line,
        event: eventOf({ unit, name, group, teamSize: Number(teamSize), head: leader }),
      });
  }
  return reading;
}

/** A column's name in the person's language. */
export const headOf = (words: Words, field: Field): string =>
  (words.locale === 'zh-CN' ? HEADS[field][0] : HEADS[field].find((head) => /^[a-z]/i.test(head))) ?? field;

export const headsSentence = (words: Words): string =>
  words.list(FIELDS.map((field) => headOf(words, field)));
