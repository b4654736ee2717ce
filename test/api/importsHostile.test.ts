import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportAnswer, ImportRecord, ImportRow } from '#schemas/results/imports.ts';
import { type Random, seeded } from '#test/reference/random.ts';
import { ACTIVITY_HEADS, CSV, NOVEMBER, sheet, UNIT_HEADS, utf16, XLSX } from '#test/support/importCalls.ts';
import { type Product, startProduct } from '#test/support/server.ts';

/**
 * Files that nobody would make on purpose, and some that somebody would. Whatever comes, nothing fails inside, a refused
 * file says what to do, a refused row its place, every row that says something is answered for, and the door goes on.
 */

let product: Product;
beforeAll(async () => {
  product = await startProduct({ clock: () => NOVEMBER });
});
afterAll(() => product?.stop());

type Answer = { status: number; text: string; told: Partial<ImportAnswer> & { detail?: string } };

async function bring(bytes: Uint8Array, type = 'application/octet-stream', dryRun = true): Promise<Answer> {
  const response = await product.call(`/imports?kind=units&dryRun=${dryRun}&lang=en`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: bytes as Uint8Array<ArrayBuffer>,
  });
  const text = await response.text();
  const told = JSON.parse(text) as Answer['told'] & { job?: ImportRecord };
  return response.status === 202 && told.job ? ended(told.job.id) : { status: response.status, text, told };
}

/** A large file goes on by itself: what it came to. */
async function ended(id: string): Promise<Answer> {
  type Found = { job: ImportRecord; rows: ImportRow[] };
  const find = () => product.json<Found>(`/imports/${id}`);
  await expect
    .poll(async () => (await find()).job.state, { timeout: 60_000, interval: 100 })
    .not.toBe('running');
  const { job, rows } = await find();
  const text = JSON.stringify(job);
  if (job.state === 'done') return { status: 200, text, told: { rows, counts: job.counts } };
  return { status: 422, text, told: { detail: job.problem ?? '' } };
}

/** What holds of every answer. Returns its rows; none where the file was refused as a whole. */
function sound({ status, text, told }: Answer): ImportRow[] {
  expect([200, 202, 400, 413, 415, 422], text.slice(0, 500)).toContain(status);
  if (status !== 200) {
    expect(told.detail?.length, text).toBeGreaterThan(10);
    expect(text).not.toMatch(/at .+\.ts:\d+|node_modules|undefined|\[object|NaN/);
    return [];
  }
  const rows = told.rows ?? [];
  for (const { row, status: became, problems } of rows) {
    expect(row).toBeGreaterThan(0);
    if (became === 'refused') expect(problems.length).toBeGreaterThan(0);
    for (const { message } of problems) {
      expect(message.length).toBeGreaterThan(5);
      expect(message.length).toBeLessThan(1_000);
    }
  }
  const numbers = rows.map(({ row }) => row);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  const counts = Object.values(told.counts ?? {}).reduce((sum, count) => sum + count, 0);
  expect(counts).toBe(rows.length);
  return rows;
}

const HEADS = UNIT_HEADS.split(',');
const unit = (index: number): string[] => [`u-${index}`, `第${index}管理区`, 'farm', '8', `m-${index}`];
const ROWS = Array.from({ length: 20 }, (_, index) => unit(index + 1));
const csv = (rows: readonly (readonly string[])[], delimiter = ',', end = '\r\n'): string =>
  [HEADS, ...rows].map((cells) => cells.join(delimiter)).join(end);
const PLAIN = csv(ROWS);

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const allNew = (rows: ImportRow[]): void => {
  expect(rows.map(({ row, status }) => `${row} ${status}`)).toEqual(
    ROWS.map((_, index) => `${index + 2} new`),
  );
};

describe('texts', () => {
  it.each([
    ['UTF-8 with a mark', bytesOf(`\ufeff${PLAIN}`)],
    ['UTF-16, little end first', utf16(`\ufeff${PLAIN}`)],
    ['UTF-16, big end first', utf16(`\ufeff${PLAIN}`, true)],
    ['UTF-16 without a mark', utf16(PLAIN)],
    ['tabs', bytesOf(csv(ROWS, '\t'))],
    ['semicolons', bytesOf(csv(ROWS, ';'))],
    ['line feeds alone', bytesOf(csv(ROWS, ',', '\n'))],
    ['carriage returns alone', bytesOf(csv(ROWS, ',', '\r'))],
    ['an end of file of DOS', bytesOf(`${PLAIN}\r\n\u001a`)],
    ['blank lines behind', bytesOf(`${PLAIN}${'\r\n'.repeat(2_000)}`)],
    [
      'cells that are blank behind',
      bytesOf(csv(ROWS.map((cells) => [...cells, ...Array<string>(50).fill('')]))),
    ],
    ['every cell quoted', bytesOf(csv(ROWS.map((cells) => cells.map((cell) => `"${cell}"`))))],
  ])('%s: all rows are read', async (name, bytes) => {
    const rows = sound(await bring(bytes, CSV));
    // The sign that ended files once is a row that says something, and no unit.
    allNew(name.startsWith('an end') ? rows.slice(0, ROWS.length) : rows);
  });

  it.each([
    ['too few cells', (cells: string[]) => cells.slice(0, 2)],
    ['too many cells', (cells: string[]) => [...cells, 'more', 'and more']],
    [
      'a quote that is not closed',
      ([id = '', ...cells]: string[]) => [id, `"${cells[0]}`, ...cells.slice(1)],
    ],
    [
      'a quote within',
      ([id = '', name = '', ...cells]: string[]) => [id, `${name.slice(0, 1)}"${name.slice(1)}`, ...cells],
    ],
    ['a formula', ([id = '', , ...cells]: string[]) => [id, '=HYPERLINK("http://x")', ...cells]],
    ['a cell of 200,000 letters', ([id = '', , ...cells]: string[]) => [id, '长'.repeat(200_000), ...cells]],
    ['signs that cannot be seen', ([id = '', , ...cells]: string[]) => [id, '\u200b\u202e', ...cells]],
    ['half a sign', ([id = '', , ...cells]: string[]) => [id, '\ufffd', ...cells]],
    ['a number without end', (cells: string[]) => [...cells.slice(0, 3), '9'.repeat(400), 'm']],
    ['a number with an exponent', (cells: string[]) => [...cells.slice(0, 3), '1e9999', 'm']],
    ['an id as JavaScript has names', (cells: string[]) => ['__proto__', ...cells.slice(1)]],
    ['an id that is a path', (cells: string[]) => ['../../etc/passwd', ...cells.slice(1)]],
    ['an id that is markup', (cells: string[]) => ['<script>alert(1)</script>', ...cells.slice(1)]],
    ['an id as long as a page', (cells: string[]) => ['u'.repeat(5_000), ...cells.slice(1)]],
  ])('one row with %s: each other row is read, and this one is answered for', async (_, bent) => {
    const rows = ROWS.map((cells, index) => (index === 9 ? bent(cells) : cells));
    const told = sound(await bring(bytesOf(csv(rows)), CSV));
    const line = new Map(told.map((one) => [one.row, one]));
    for (const [index, [id]] of ROWS.entries())
      if (index !== 9) expect(line.get(index + 2)).toMatchObject({ status: 'new', id });
    expect(line.get(11)).toBeDefined();
  });

  it.each([
    ['nothing but heads', csv([])],
    ['nothing but blank lines', '\r\n'.repeat(500)],
    ['nothing but delimiters', `${','.repeat(2_000)}\r\n`.repeat(50)],
    ['nothing but quotes', '"'.repeat(100_001)],
    ['other heads', `a,b,c\r\n${ROWS.map((cells) => cells.join(',')).join('\r\n')}`],
    ['a web page', `<html><body>${PLAIN}</body></html>`],
    ['JSON', JSON.stringify(ROWS)],
    ['one line of five million letters', '长'.repeat(5_000_000)],
    [
      'ten thousand columns',
      `${HEADS.join(',')}${',x'.repeat(10_000)}\r\n${unit(1).join(',')}${',1'.repeat(10_000)}`,
    ],
    ['signs of control', PLAIN.replaceAll('u-', 'u\u0007-')],
    ['NULs', PLAIN.replaceAll('u-', 'u\0-')],
  ])('%s', async (_, text) => {
    sound(await bring(bytesOf(text), CSV));
  });

  it('a head that stands there twice: the file is refused and the column named, since two cells would say one thing', async () => {
    const text = csv(ROWS.map((cells) => [...cells, '又一个'])).replace('一把手', '一把手,名称');
    const { status, told } = await bring(bytesOf(text), CSV);
    expect([status, told.detail]).toEqual([422, expect.stringContaining('headed 名称')]);
  });
});

/** The parts of a workbook of the rows, as a library writes it. */
const partsOf = async (): Promise<Record<string, Uint8Array>> => unzipSync(await sheet([HEADS, ...ROWS]));
const SHEET = 'xl/worksheets/sheet1.xml';
const textIn = (parts: Record<string, Uint8Array>, name: string): string =>
  Buffer.from(parts[name] ?? []).toString();

describe('workbooks', () => {
  const withSheet = async (bent: (xml: string) => string): Promise<Uint8Array> => {
    const parts = await partsOf();
    return zipSync({ ...parts, [SHEET]: strToU8(bent(textIn(parts, SHEET))) });
  };
  const cell = (ref: string, text: string): string =>
    `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const appended = (rows: string) => withSheet((xml) => xml.replace('</sheetData>', `${rows}</sheetData>`));
  const LAUGHS = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
  );

  it('as it is, all rows are read', async () => allNew(sound(await bring(zipSync(await partsOf()), XLSX))));

  it.each([
    ['a row before the first', () => appended(`<row r="0">${cell('A0', 'x')}</row>`)],
    ['a row beyond the last', () => appended(`<row r="99999999">${cell('A99999999', 'x')}</row>`)],
    ['a row with a negative number', () => appended(`<row r="-5">${cell('A-5', 'x')}</row>`)],
    ['a row with no number', () => appended(`<row>${cell('', 'x')}</row>`)],
    ['a cell beyond the last column', () => appended(`<row r="30">${cell('ZZZZ30', 'x')}</row>`)],
    ['a cell whose place is none', () => appended(`<row r="30">${cell('30A', 'x')}</row>`)],
    ['a cell in the last column', () => appended(`<row r="30">${cell('XFD30', 'x')}</row>`)],
    [
      'a text that is not in the list of texts',
      () => appended('<row r="30"><c r="A30" t="s"><v>99999</v></c></row>'),
    ],
    ['a text before the list of texts', () => appended('<row r="30"><c r="A30" t="s"><v>-1</v></c></row>')],
    [
      'a cell of a type that there is not',
      () => appended('<row r="30"><c r="A30" t="zzz"><v>1</v></c></row>'),
    ],
    ['a style that there is not', () => appended('<row r="30"><c r="A30" s="9999"><v>1</v></c></row>')],
    ['an error', () => appended('<row r="30"><c r="A30" t="e"><v>#REF!</v></c></row>')],
    ['true', () => appended('<row r="30"><c r="A30" t="b"><v>1</v></c></row>')],
    ['a number that is none', () => appended('<row r="30"><c r="A30"><v>NaN</v></c></row>')],
    ['a number without end', () => appended('<row r="30"><c r="A30"><v>1e999</v></c></row>')],
    [
      'a cell of a million letters',
      () => appended(`<row r="30">${cell('A30', 'x'.repeat(1_000_000))}</row>`),
    ],
    [
      'signs that XML does not have',
      () => appended(`<row r="30">${cell('A30', '\u0001\u0008\ufffe')}</row>`),
    ],
    [
      'names for signs beyond Unicode',
      () => appended(`<row r="30">${cell('A30', '&#x110000;&#xd800;&#0;')}</row>`),
    ],
    ['markup that is not closed', () => withSheet((xml) => xml.slice(0, xml.length / 2))],
    ['no markup at all', () => withSheet(() => 'no markup at all')],
    ['an empty sheet', () => withSheet(() => '')],
    [
      'names that grow a billion times',
      () =>
        withSheet((xml) =>
          xml
            .replace('<worksheet', `<!DOCTYPE x [<!ENTITY l0 "ha">${LAUGHS.join('')}]><worksheet`)
            .replace('u-1<', '&l9;<'),
        ),
    ],
    [
      'a file of the machine as a name',
      () =>
        withSheet((xml) =>
          xml
            .replace('<worksheet', '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet')
            .replace('u-1<', '&f;<'),
        ),
    ],
    [
      'a hundred thousand cells within each other',
      () => withSheet((xml) => xml.replace('<sheetData>', `<sheetData>${'<row>'.repeat(100_000)}`)),
    ],
  ])('%s', async (_, make) => {
    const answer = await bring(await make(), XLSX);
    sound(answer);
    expect(answer.text).not.toContain('root:');
    expect(answer.text.length).toBeLessThan(200_000);
  });

  it('a row that comes twice in the part: neither is lost in silence', async () => {
    const bytes = await appended(
      `<row r="5">${cell('A5', 'u-99')}${cell('B5', '又一个')}${cell('C5', 'farm')}${cell('D5', '8')}${cell('E5', 'm')}</row>`,
    );
    const { status, told } = await bring(bytes, XLSX);
    const ids = (told.rows ?? []).map(({ id }) => id);
    if (status === 200) expect(ids).toEqual(expect.arrayContaining(['u-4', 'u-99']));
    else expect(status).toBe(422);
  });

  const PARTS = [
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    SHEET,
  ];
  it.each(PARTS)('without its part %s', async (name) => {
    const { [name]: _, ...parts } = await partsOf();
    sound(await bring(zipSync(parts), XLSX));
  });

  it.each([
    ['paths out of the archive', { '../../../tmp/x': strToU8('x'), '/etc/x': strToU8('x') }],
    [
      'ten thousand parts',
      Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x/${index}`, new Uint8Array()])),
    ],
    ['an archive in the archive', { 'xl/media/a.zip': zipSync({ a: new Uint8Array(1_000_000) }) }],
    ['a part that grows a thousand times', { 'xl/media/a.bin': new Uint8Array(120 * 1024 * 1024) }],
    ['a name without end', { [`x/${'长'.repeat(10_000)}`]: strToU8('x') }],
  ])('with %s', async (_, more) => {
    sound(await bring(zipSync({ ...(await partsOf()), ...more }), XLSX));
  });
});

/** Some bytes of a good file are other ones, some are missing, some come twice. */
function bentBytes(random: Random, bytes: Uint8Array): Uint8Array {
  const at = (): number => random.whole(0, bytes.length - 1);
  const kind = random.pick(['other', 'other', 'cut', 'twice', 'gap', 'zero'] as const);
  const [one = 0, two = 0] = [at(), at()].sort((a, b) => a - b);
  if (kind === 'cut') return bytes.slice(0, one);
  if (kind === 'twice') return Buffer.concat([bytes.slice(0, two), bytes.slice(one)]);
  if (kind === 'gap') return Buffer.concat([bytes.slice(0, one), bytes.slice(two)]);
  const bent = bytes.slice();
  if (kind === 'zero') return bent.fill(0, one, Math.min(two, one + 50));
  for (let count = random.whole(1, 20); count > 0; count--) bent[at()] = random.whole(0, 255);
  return bent;
}

it.each([
  ['activities', ACTIVITY_HEADS, ['unit', 'kind', '2026-04-17', 'title', '1', '1', '是', 'activity']],
  ['targets', '单位编号,年度,指标,方向,目标值', ['unit', '2026', 'indicator', '不低于', '1']],
  ['incidents', '单位编号,类型,日期,标题', ['unit', 'kind', '2026-04-17', 'title']],
])(
  '%s with names as long as a page: the cell is named, and nothing is looked up by it',
  async (kind, heads, cells) => {
    for (const long of cells.filter((cell) => /^[a-z]+$/.test(cell) && cell !== 'title')) {
      const line = cells.map((cell) => (cell === long ? '长'.repeat(5_000) : cell)).join(',');
      const response = await product.call(`/imports?kind=${kind}&dryRun=true&lang=en`, {
        method: 'POST',
        headers: { 'content-type': CSV },
        body: `${heads}\r\n${line}`,
      });
      const text = await response.text();
      expect(response.status, text).toBe(200);
      const { rows } = JSON.parse(text) as ImportAnswer;
      expect(rows.map(({ row, status }) => `${row} ${status}`)).toEqual(['2 refused']);
      expect(rows[0]?.problems.map(({ message }) => message).join(), text).toContain('is too long');
      expect(text.length).toBeLessThan(5_000);
    }
  },
);

it('whatever becomes of the bytes on their way, nothing fails and every answer is sound', async () => {
  const files = [
    bytesOf(PLAIN),
    utf16(`\ufeff${PLAIN}`),
    zipSync(await partsOf()),
    zipSync(await partsOf(), { level: 0 }),
  ];
  for (let seed = 0; seed < 160; seed++) {
    const random = seeded(seed);
    const file = files[seed % files.length] ?? bytesOf(PLAIN);
    sound(await bring(bentBytes(random, file)));
  }
});

it('after all of them, nothing was recorded, a good file is taken, and nothing of it is lost', async () => {
  const { units } = await product.json<{ units: unknown[] }>('/units');
  expect(units).toEqual([]);
  allNew(sound(await bring(bytesOf(PLAIN), CSV, false)));
  const brought = await product.json<{ units: { unit: string }[] }>('/units');
  expect(brought.units).toHaveLength(ROWS.length);
});

it('activities with heads of units, and units with heads of activities, are refused and what is missing is named', async () => {
  const { status, told } = await bring(bytesOf(`${ACTIVITY_HEADS}\r\nu-1,research,2026-04-17,调研`), CSV);
  expect(status).toBe(422);
  expect(told.detail).toMatch(/名称|name/i);
});
