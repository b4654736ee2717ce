import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';
import { attribute, createSheetNotes, NO_NOTES, type SheetNotes } from './sheetNotes.ts';

/** What makes a workbook unreadable for us, as `SheetRefused` has it. */
export type WorkbookFault = 'too-large' | 'macros' | 'broken' | 'other-file';

/** All parts together, inflated: 200,000 rows of activities take about a third of it. */
const MOST_INFLATED = 512 * 1024 * 1024;
/** Parts that are read whole before the first row: texts and styles. */
const MOST_WHOLE = 96 * 1024 * 1024;
const MOST_ENTRIES = 2_000;
/** The list of sheets is a small part; a larger one is not looked into. */
const MOST_SMALL = 2 * 1024 * 1024;
const PIECE = 64 * 1024;

/** What a workbook holds, as far as it matters before its rows are read. */
export type Inspected =
  | { fault: WorkbookFault }
  | {
      /** What the tabs are called: those that are shown, in their order, then the hidden ones. A tab that is a chart is none. */
      names: readonly string[];
      /** Where each stands among all tabs. */
      places: readonly number[];
      /** Days are counted from 1904. */
      since1904: boolean;
      notesOf(sheet: number): SheetNotes;
    };

/** Part of the package by its name, without a leading slash. */
const partName = (target: string): string =>
  target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const;
const unescaped = (text: string): string =>
  text.replaceAll(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (whole, name, decimal, hex) => {
      if (name) return NAMED[(name as string).toLowerCase() as keyof typeof NAMED];
      const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : (whole as string);
    },
  );

type Tab = { name: string; part: string; place: number };

/** The sheets of cells, the shown ones first: what each is called, the part that holds it, its place among the tabs. */
function sheetsIn(workbook: string, relations: string): Tab[] {
  const targets = new Map(
    [...relations.matchAll(/<(?:\w+:)?Relationship\b[^<>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      { part: partName(attribute(tag, 'Target') ?? ''), type: attribute(tag, 'Type') ?? '' },
    ]),
  );
  const tabs = [...workbook.matchAll(/<(?:\w+:)?sheet\b[^<>]*>/g)].map(([tag], place) => ({
    name: unescaped(attribute(tag, 'name') ?? ''),
    place,
    isHidden: /hidden$/i.test(attribute(tag, 'state') ?? ''),
    ...(targets.get(attribute(tag, 'id')) ?? { part: '', type: '' }),
  }));
  return tabs
    .filter(({ type }) => !/\/(?:chartsheet|dialogsheet|xlMacrosheet)$/i.test(type))
    .toSorted((one, other) => Number(one.isHidden) - Number(other.isHidden));
}

const SMALL_PARTS = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels'];

/**
 * Inflates a workbook once, counting what comes out, and keeps nothing but what sheets say beside their values: sizes that an archive
 * declares of itself are not believed. A bomb is found after its first 512 MiB, and before any of it is held in memory.
 */
export function inspectWorkbook(bytes: Uint8Array): Inspected {
  let [entries, inflated, isWorkbook] = [0, 0, false];
  let fault: WorkbookFault | undefined;
  const small = new Map<string, Uint8Array[]>(SMALL_PARTS.map((name) => [name, []]));
  const noted = new Map<string, ReturnType<typeof createSheetNotes>>();
  const unzip = new Unzip((file) => {
    if (++entries > MOST_ENTRIES) fault ??= 'too-large';
    if (/(?:^|[\\/])(?:workbook[^\\/]*\.xml|worksheets[\\/][^\\/]+\.xml|vbaProject\.bin)$/i.test(file.name))
      isWorkbook = true;
    if (/vbaProject\.bin$/i.test(file.name)) fault ??= 'macros';
    const isRows = /^xl\/worksheets\/[^/]+$/i.test(file.name);
    const notes = isRows ? createSheetNotes() : undefined;
    if (notes) noted.set(file.name, notes);
    let own = 0;
    file.ondata = (error, chunk) => {
      if (error) fault ??= 'broken';
      inflated += chunk?.length ?? 0;
      own += chunk?.length ?? 0;
      if (inflated > MOST_INFLATED || (!isRows && own > MOST_WHOLE)) fault ??= 'too-large';
      if (fault || !chunk) return;
      notes?.push(chunk);
      if (notes?.isFull()) fault ??= 'too-large';
      if (own <= MOST_SMALL) small.get(file.name)?.push(chunk);
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
  if (entries === 0 || fault) return { fault: fault ?? 'broken' };
  if (!isWorkbook) return { fault: 'other-file' };
  const [workbook = '', relations = ''] = SMALL_PARTS.map((name) =>
    Buffer.concat(small.get(name) ?? []).toString('utf8'),
  );
  const sheets = sheetsIn(workbook, relations);
  const [properties = ''] = /<(?:\w+:)?workbookPr\b[^<>]*>/.exec(workbook) ?? [];
  return {
    names: sheets.map(({ name }) => name),
    places: sheets.map(({ place }) => place),
    since1904: /^(?:1|true)$/.test(attribute(properties, 'date1904') ?? ''),
    notesOf: (sheet) => noted.get(sheets[sheet]?.part ?? '')?.notes ?? NO_NOTES,
  };
}
