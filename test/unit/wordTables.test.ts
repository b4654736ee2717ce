import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { halves } from '#api/exports/report/fold.ts';
import { LANGUAGES, type Language } from '#schemas/languages.ts';
import { bytesOf, fixture } from '#test/support/documents.ts';

/** Names of units are what readers look for: no head of a figure takes their room. */

const HEAD: Record<Language, string[]> = { 'zh-CN': ['单位'], en: ['Unit'] };
/** Half a Chinese sign of the smallest type, in twentieths of a point. */
const HALF = 8 * 20 * 0.5;
/** The longest name of the sample in two lines. */
const LONGEST = Math.ceil(Math.max(...fixture.rows.map(({ name }) => halves(name))) / 2);

const textOf = (xml: string): string =>
  Array.from(xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)</g), ([, text]) => text).join('');

/** The columns of every table: what heads them, and how wide they are. */
function columnsOf(document: string): { heading: string; width: number }[] {
  return Array.from(document.matchAll(/<w:tbl>.*?<\/w:tbl>/gs), ([table]) => {
    const widths = Array.from(table.matchAll(/<w:gridCol w:w="(\d+)"/g), ([, width]) => Number(width));
    const [head = ''] = /<w:tr>.*?<\/w:tr>|<w:tr .*?<\/w:tr>/s.exec(table) ?? [];
    const cells = Array.from(head.matchAll(/<w:tc>.*?<\/w:tc>/gs), ([cell]) => textOf(cell));
    return cells.map((heading, at) => ({ heading, width: widths[at] ?? 0 }));
  }).flat();
}

describe.each(LANGUAGES)('given Word documents in %s', (language) => {
  it.each(['ranking', 'meeting'] as const)(
    'then in no table of %s does a name of a unit take more than two lines',
    async (document) => {
      const parts = unzipSync(await bytesOf({ document, format: 'docx', language }));
      const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
      const named = columnsOf(xml).filter(({ heading }) => HEAD[language].includes(heading));
      expect(named.length).toBeGreaterThan(0);
      for (const { width } of named) expect(width).toBeGreaterThan(LONGEST * HALF);
    },
  );
});
