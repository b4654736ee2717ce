import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';

/** What makes a workbook unreadable for us, as `SheetRefused` has it. */
export type WorkbookFault = 'too-large' | 'macros' | 'broken';

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
      /** What the tabs are called, in their order. */
      names: readonly string[];
      hiddenRows(sheet: number): ReadonlySet<number>;
    };

/** Part of the package by its name, without a leading slash. */
const partName = (target: string): string =>
  target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1];

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

/** The sheets in the order of the tabs: what each is called, and the part that holds it. */
function sheetsIn(workbook: string, relations: string): { name: string; part: string }[] {
  const targets = new Map(
    [...relations.matchAll(/<Relationship\b[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      partName(attribute(tag, 'Target') ?? ''),
    ]),
  );
  return [...workbook.matchAll(/<(?:\w+:)?sheet\b[^>]*>/g)].map(([tag]) => ({
    name: unescaped(attribute(tag, 'name') ?? ''),
    part: targets.get(attribute(tag, 'id')) ?? '',
  }));
}

/** Finds the rows that somebody has hidden, piece by piece as the part comes out of the archive. */
function createHiddenRows() {
  const rows = new Set<number>();
  let rest = '';
  return {
    rows,
    push(chunk: Uint8Array): void {
      const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1');
      const end = text.lastIndexOf('<');
      for (const [tag] of text.slice(0, Math.max(0, end)).matchAll(/<(?:\w+:)?row\b[^>]*>/g))
        if (/^(?:1|true)$/.test(attribute(tag, 'hidden') ?? '')) rows.add(Number(attribute(tag, 'r')));
      rest = end < 0 ? text.slice(-LONGEST_TAG) : text.slice(end, end + LONGEST_TAG);
    },
  };
}

/** No tag of a row is longer; what is holds no row. */
const LONGEST_TAG = 4_096;
const SMALL_PARTS = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels'];

/**
 * Inflates a workbook once, counting what comes out, and keeps nothing but which rows are hidden: sizes that an archive
 * declares of itself are not believed. A bomb is found after its first 512 MiB, and before any of it is held in memory.
 */
export function inspectWorkbook(bytes: Uint8Array): Inspected {
  let [entries, inflated] = [0, 0];
  let fault: WorkbookFault | undefined;
  const small = new Map<string, Uint8Array[]>(SMALL_PARTS.map((name) => [name, []]));
  const hidden = new Map<string, ReturnType<typeof createHiddenRows>>();
  const unzip = new Unzip((file) => {
    if (++entries > MOST_ENTRIES) fault ??= 'too-large';
    if (/vbaProject\.bin$/i.test(file.name)) fault ??= 'macros';
    const isRows = /^xl\/worksheets\/[^/]+$/i.test(file.name);
    const rows = isRows ? createHiddenRows() : undefined;
    if (rows) hidden.set(file.name, rows);
    let own = 0;
    file.ondata = (error, chunk) => {
      if (error) fault ??= 'broken';
      inflated += chunk?.length ?? 0;
      own += chunk?.length ?? 0;
      if (inflated > MOST_INFLATED || (!isRows && own > MOST_WHOLE)) fault ??= 'too-large';
      if (fault || !chunk) return;
      rows?.push(chunk);
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
  const [workbook = '', relations = ''] = SMALL_PARTS.map((name) =>
    Buffer.concat(small.get(name) ?? []).toString('utf8'),
  );
  const sheets = sheetsIn(workbook, relations);
  return {
    names: sheets.map(({ name }) => name),
    hiddenRows: (sheet) => hidden.get(sheets[sheet]?.part ?? '')?.rows ?? NONE,
  };
}

const NONE: ReadonlySet<number> = new Set();
