import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { make } from '#api/exports/render.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import { spreadRows } from '#test/fixtures/documents.ts';
import { orderOf } from '#test/support/documents.ts';

/** The chart of the totals by type, which stacks its bars. */
async function stackedOf(language: (typeof LANGUAGES)[number], rows = spreadRows()): Promise<string> {
  const { bytes } = await make(orderOf({ document: 'meeting', format: 'pptx', language, rows }));
  const charts = Object.entries(unzipSync(bytes))
    .filter(([name]) => /^ppt\/charts\/chart\d+\.xml$/.test(name))
    .map(([, part]) => strFromU8(part));
  return charts.find((xml) => xml.includes('<c:grouping val="stacked"/>')) ?? '';
}

const cached = (series: string): number[] =>
  Array.from(series.slice(series.indexOf('<c:val>')).matchAll(/<c:v>([^<]*)<\/c:v>/g), ([, value]) =>
    Number(value),
  );

describe('given stacked bars in a presentation', () => {
  it.each(LANGUAGES)(
    'then each says its total at its end, with room for it on the axis (%s)',
    async (language) => {
      const xml = await stackedOf(language);
      const series = xml.match(/<c:ser>.*?<\/c:ser>/gs) ?? [];
      const last = series.at(-1) ?? '';
      expect(last).toContain('<a:noFill/>');
      expect(last).toContain('<c:dLblPos val="inBase"/>');
      expect(last).toContain('<c:showVal val="1"/>');
      expect(/<c:tx>.*?<c:v>([^<]*)<\/c:v>/s.exec(last)?.[1]?.trim()).toBe('');
      const { rows } = spreadRows();
      const vetoed = series.slice(0, -1).reduce((sum, part) => sum + (cached(part)[1] ?? 0), 0);
      expect(cached(last).map((total) => total.toFixed(2))).toEqual(
        rows.map(({ total, vetoes }) => (vetoes.length ? vetoed : (total ?? 0)).toFixed(2)),
      );
      const [, max] = /<c:max val="([\d.]+)"\/>/.exec(xml) ?? [];
      expect(Number(max)).toBeGreaterThan(100);
      expect(Number(max)).toBeLessThan(120);
    },
  );

  it('then a bar whose end says more than its figure says all of it, and the others the figure', async () => {
    const xml = await stackedOf('zh-CN');
    const said = Array.from(
      xml.matchAll(/<c:dLbl>.*?<a:t>([^<]*)<\/a:t>.*?<\/c:dLbl>/gs),
      ([, text]) => text,
    );
    expect(said).toEqual([expect.stringMatching(/^[\d.]+（未否决 [\d.]+）$/)]);
    expect(xml).toMatch(/<c:dLbl><c:idx val="1"\/>/);
  });

  it('then each type keeps its colour where one has no figure at all and is left out', async () => {
    const coloursIn = (xml: string): Map<string, string> =>
      new Map(
        (xml.match(/<c:ser>.*?<\/c:ser>/gs) ?? []).slice(0, -1).map((series) => {
          const [, name = ''] = /<c:tx>.*?<c:v>([^<]*)<\/c:v>/s.exec(series) ?? [];
          return [name, /<c:spPr>.*?<a:srgbClr val="(\w+)"/s.exec(series)?.[1] ?? ''];
        }),
      );
    const whole = spreadRows();
    const without = {
      ...whole,
      rows: whole.rows.map((row) => ({ ...row, criteria: { ...row.criteria, unity: 0 } })),
    };
    const colours = coloursIn(await stackedOf('zh-CN', whole));
    const left = coloursIn(await stackedOf('zh-CN', without));
    expect(left.size).toBe(colours.size - 1);
    for (const [name, colour] of left) expect(colour, name).toBe(colours.get(name));
  });
});
