import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { pngOf } from '#api/exports/chartPictures.ts';
import { renderDocument } from '#api/exports/documents.ts';
import { MARK, newInk, runsOf } from '#api/exports/fonts/runs.ts';
import { make } from '#api/exports/render.ts';
import { PAGE_FORMATS } from '#api/exports/report/model.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import { printableText } from '#schemas/presentation/text.ts';
import { activityRows, documentRows } from '#test/fixtures/documents.ts';
import { ODD_NAMES } from '#test/fixtures/oddNames.ts';
import { bytesOf, orderOf } from '#test/support/documents.ts';
import { bare, officeUnavailable, textOf } from '#test/support/office.ts';

const why = officeUnavailable();
if (why) process.stderr.write(`${why}\n`);

/** Signs that leave no ink, asked of Unicode itself. */
const INKLESS = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}\uFFF9-\uFFFC]/u;
const JOINED_PICTURE = /(?<=\p{Extended_Pictographic})\u200D(?=\p{Extended_Pictographic})/gu;

/** Names that people and places have, and signs that go into names; each is drawn as it is. */
const DRAWN = [
  '𠮷㐂䶮𬭩',
  '①⑳№℃Ⅳ㎡Ω',
  'Nguyễn',
  'José',
  '買買提・艾合買提‧',
  '鿍⺀䥺𰻝',
  '３Ａ',
  '한국',
  'ꀀ',
];
const UNKNOWN = '\u{2A6D0}\u{2CEB0}';

const odd = documentRows({
  units: ODD_NAMES.length,
  hostile: ODD_NAMES[0] ?? '',
  names: ODD_NAMES.slice(1),
});

const picture = (text: string): Uint8Array =>
  pngOf(
    `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><text x="4" y="28" font-size="20">${text}</text></svg>`,
    newInk(),
  );

async function gather(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** All that stands in a document's parts. */
const markupOf = (bytes: Uint8Array, format: string): string =>
  format === 'csv' || format === 'svg'
    ? strFromU8(bytes).replace(/^\uFEFF/, '')
    : Object.entries(unzipSync(bytes))
        .filter(([name]) => name.endsWith('.xml'))
        .map(([, part]) => strFromU8(part))
        .join('\n');

describe('given signs that have no ink', () => {
  it('then nothing is left of any of them, wherever it stands', () => {
    const left: string[] = [];
    for (let code = 0; code < 0x110000; code++) {
      const sign = String.fromCodePoint(code);
      if (INKLESS.test(sign) && printableText(`甲${sign}乙`) !== '甲乙') left.push(code.toString(16));
    }
    expect(left).toEqual([]);
  });

  it('then what has ink stays as it is', () => {
    for (const name of [...DRAWN, UNKNOWN, 'A&B <场>', '👨‍👩‍👧', '塚\uFA10'])
      expect(printableText(name)).toBe(name);
    expect(printableText('Jose\u0301')).toBe('José');
  });

  it.each([...PAGE_FORMATS.filter((format) => format !== 'pdf'), 'svg'] as const)(
    'then no %s holds one of them, activities included',
    async (format) => {
      const activities = Array.from(activityRows(ODD_NAMES.length), (row, index) => ({
        ...row,
        title: ODD_NAMES[index] ?? '',
      }));
      for (const language of LANGUAGES) {
        const order = orderOf({
          document: format === 'csv' ? 'ranking' : 'meeting',
          format,
          language,
          rows: odd,
        });
        const { body } = await renderDocument(order, { make, activities: () => activities });
        const markup = markupOf(await gather(body), format).replace(JOINED_PICTURE, '');
        expect(INKLESS.exec(markup)).toBeNull();
        expect(/(?![\t\n\r])\p{Cc}/u.exec(markup)).toBeNull();
      }
    },
  );
});

describe('given the characters of names', () => {
  it.each(DRAWN)('then %s is drawn with ink of its own, not with the mark', (name) => {
    const ink = newInk();
    runsOf(name, ink);
    expect([...ink.missing]).toEqual([]);
    for (const sign of name) {
      const drawn = Buffer.from(picture(sign));
      expect(drawn.equals(picture(MARK)), sign).toBe(false);
      expect(drawn.equals(picture('\u3000')), sign).toBe(false);
    }
  });

  it('then a usual text needs the main font alone, and others are not even opened', () => {
    const ink = newInk();
    runsOf('2026年度“五型”领导班子创建活动考核情况的通报：第三管理区（91.24分）, Third Farm', ink);
    expect(ink.faces.size).toBe(0);
  });

  it.skipIf(why)('then table and chart of a PDF tell each name alike', async () => {
    const rows = documentRows({
      hostile: '𠮷㐂䶮𬭩场',
      names: ['第①场№2', 'Nguyễn场', '한국场', '调\u200B研场'],
    });
    const text = bare(await textOf(await bytesOf({ format: 'pdf', rows })));
    for (const name of ['𠮷㐂䶮𬭩场', '第①场№2', 'Nguyễn场', '한국场', '调研场']) {
      const found = text.split(name).length - 1;
      const rank = rows.rows.find((row) => printableText(row.name) === name)?.rank ?? 0;
      // The chart shows the first twenty, the table all.
      expect(found, name).toBeGreaterThanOrEqual(rank <= 20 ? 2 : 1);
    }
    expect(text).not.toContain(MARK);
  });
});

describe('given characters that no font has', () => {
  const rows = documentRows({ hostile: `${UNKNOWN}场`, names: ['ئۇيغۇر场'] });

  it('then there is one mark for each, and for a word of joined letters one', () => {
    const drawn = (text: string) =>
      runsOf(text, newInk())
        .map((run) => run.text)
        .join('');
    expect(drawn(`${UNKNOWN}场`)).toBe(`${MARK}${MARK}场`);
    expect(drawn('ئۇيغۇر场')).toBe(`${MARK}场`);
  });

  it.skipIf(why)('then the PDF says which they are', async () => {
    const text = bare(await textOf(await bytesOf({ format: 'pdf', rows })));
    expect(text).toContain(`${MARK}${MARK}场`);
    expect(text).toMatch(/注：〓处的字.*U\+2A6D0/);
  });

  it('then a letter says so below its chart, and a picture with its notes', async () => {
    const letter = unzipSync(await bytesOf({ format: 'docx', rows, language: 'en' }));
    const [first] = rows.rows;
    expect(first).toBeDefined();
    const markup = strFromU8(letter['word/document.xml'] ?? new Uint8Array());
    expect(markup).toContain(`${UNKNOWN}场`);
    expect(markup).toContain('U+2A6D0');
    const [plain, marked] = await Promise.all(
      [documentRows(), rows].map(async (of) => (await bytesOf({ format: 'png', rows: of })).length),
    );
    expect(marked).not.toBe(plain);
  });
});
