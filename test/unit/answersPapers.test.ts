import { describe, expect, test } from 'vitest';
import { frameOf } from '#api/exports/report/frame.ts';
import { incidentSection, matrixSection } from '#api/exports/report/sections/findings.ts';
import { overallSection } from '#api/exports/report/sections/overall.ts';
import { gapMatrixOf } from '#schemas/gaps.ts';
import { countText, exactMean, pointsText } from '#schemas/presentation/numbers.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { strayWords } from '#test/support/sentences.ts';
import { question } from '../support/documents.ts';

const zones = Array.from({ length: ZONES }, (_, seed) => randomZone(seed));
type Zone = (typeof zones)[number];
type Rows = Zone['rows'];
const LANGUAGES = ['zh-CN', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

/** What a document is made of in a zone: the rows of the table under its sentences. */
function paper({ plan, rows: all, group, trial, question: { basis, on } }: Zone, language: Language) {
  const rows = group === null ? all : all.filter((row) => row.group === group);
  const asked = question({
    year: plan.year,
    basis,
    on,
    ...(group !== null && { group }),
    ...(trial && { trial: true }),
  });
  const frame = frameOf({ plan, question: asked, rows }, language);
  return { rows, frame, section: overallSection(frame) };
}

const upTo = (most: number): string[] => Array.from({ length: most + 1 }, (_, count) => countText(count));
const totalsOf = (rows: Rows): number[] => rows.flatMap(({ total }) => (total === null ? [] : [total]));
const leadersOf = (rows: Rows): Rows => {
  const most = Math.max(...totalsOf(rows));
  return rows.filter(({ total }) => total === most);
};
const CONJUNCTION = new Intl.ListFormat('en-GB', { type: 'conjunction' });
/** How a finding writes many names: the first few, and how many more. */
const someOf = (rows: Rows, language: Language): string => {
  const names = rows.slice(0, 5).map(({ name }) => name);
  const more = rows.length - names.length;
  if (language === 'zh-CN') return more <= 0 ? names.join('、') : `${names.join('、')}及另外${more}个单位`;
  return more <= 0 ? CONJUNCTION.format(names) : `${names.join(', ')} and ${more} more`;
};

describe.each(LANGUAGES)('what a document in %s says of the whole follows from its table', (language) => {
  test('every number and name stands in the rows', () => {
    for (const zone of zones) {
      const { rows, frame, section } = paper(zone, language);
      const totals = totalsOf(rows);
      const figures = [
        ...rows.flatMap((row) => [frame.totalText(row.total), frame.totalText(row.totalWithoutVeto)]),
        frame.totalText(exactMean(totals)),
        ...rows.map(({ rank, previousRank }) => Math.abs((previousRank ?? 0) - (rank ?? 0))),
        ...upTo(Math.max(rows.length, Math.ceil((rows[0]?.of ?? 0) / 10))),
      ];
      const names = [
        ...rows.map(({ name }) => name),
        ...rows.flatMap(({ vetoes }) => vetoes),
        ...zone.plan.vetoes.flatMap(({ name }) => (name ? [name.zh, name.en] : [])),
        frame.term(zone.group ?? ''),
      ];
      const said = [...section.findings, section.answer ?? ''];
      expect(strayWords(said, names, figures), `seed ${zone.seed}: ${said.join('')}`).toEqual([]);
    }
  });

  test('who is first: all that share it, none where nobody has a rank', () => {
    for (const zone of zones) {
      const { rows, frame, section } = paper(zone, language);
      const placed = rows.filter(({ total }) => total !== null);
      if (placed.length === 0) {
        expect(section.answer).toBeUndefined();
        continue;
      }
      const first = leadersOf(rows);
      const text = section.answer ?? '';
      const total = frame.totalText(first[0]?.total ?? null);
      expect(text, `seed ${zone.seed}`).toContain(total);
      if (first.length === placed.length && first.length > 1) expect(text).toContain(String(first.length));
      else if (first.length > 1)
        expect(text.replaceAll(/(?<=[个 \d]) | (?=\d)/g, ''), `seed ${zone.seed}`).toContain(
          someOf(first, language).replaceAll(/(?<=[个 \d]) | (?=\d)/g, ''),
        );
      else expect(text, `seed ${zone.seed}`).toContain(first[0]?.name);
      expect(/并列|share first/.test(text), `seed ${zone.seed}: ${text}`).toBe(first.length > 1);
    }
  });

  test('why there is no ranking: no such group, nobody at all, or nothing that counts yet', () => {
    const said = {
      group: /没有类别为|belongs to the group/,
      units: /没有参加|No unit takes/,
      due: /还没有到期|Nothing has/,
    };
    const seen = new Set<string>();
    for (const zone of zones) {
      const { rows, section } = paper(zone, language);
      const [only = ''] = section.findings;
      const why = rows.length > 0 ? 'due' : zone.group === null ? 'units' : 'group';
      const empty = totalsOf(rows).length === 0;
      if (empty) seen.add(why);
      for (const [kind, words] of Object.entries(said))
        expect(words.test(only), `seed ${zone.seed}: ${only}`).toBe(empty && kind === why);
    }
    expect([...seen].sort()).toEqual(['due', 'group', 'units']);
  });

  test('how sure it is: nothing while the bands are not there', () => {
    for (const zone of zones) {
      const { rows, section } = paper(
        { ...zone, rows: zone.rows.map((row) => ({ ...row, band: null, topShare: null })) },
        language,
      );
      const text = section.findings.join('');
      expect(text, `seed ${zone.seed}, ${rows.length}`).not.toMatch(
        /上下浮动|varied|先后难分|cannot be told/,
      );
    }
  });

  test('who moved most: all that did, and by how many places', () => {
    for (const zone of zones) {
      const { rows, section } = paper(zone, language);
      if (totalsOf(rows).length === 0) continue;
      const text = section.findings.join('');
      for (const sign of [1, -1]) {
        const by = (row: Rows[number]) =>
          row.rank === null || row.previousRank == null ? 0 : sign * (row.previousRank - row.rank);
        const most = Math.max(0, ...rows.map(by));
        const word = sign > 0 ? /升幅最大的是|rose most/ : /降幅最大的是|fell most/;
        expect(word.test(text), `seed ${zone.seed}`).toBe(most > 0);
        const [named] = rows.filter((row) => by(row) === most);
        const told = text.split(/(?<=。)|(?<=\.) /).find((sentence) => word.test(sentence));
        if (most > 0) expect(told, `seed ${zone.seed}`).toContain(named?.name);
      }
    }
  });

  test('who is vetoed: what the total is, and whether the veto lowers it', () => {
    for (const zone of zones) {
      const { rows, section } = paper(zone, language);
      if (totalsOf(rows).length === 0) continue;
      const text = section.findings.join('');
      expect(text, `seed ${zone.seed}`).not.toContain('–');
      const lowered = rows
        .filter(({ vetoes }) => vetoes.length > 0)
        .slice(0, 5)
        .filter(({ total, totalWithoutVeto }) => total !== totalWithoutVeto);
      expect(text.match(/未否决时|without the veto/g) ?? [], `seed ${zone.seed}`).toHaveLength(
        lowered.length,
      );
    }
  });

  test('who loses most: all that do, by the table beside it', () => {
    for (const zone of zones) {
      const { frame } = paper({ ...zone, group: null }, language);
      const { plan, question: asked, now } = zone;
      const gaps = {
        ...gapMatrixOf(now.judge, now.ranked),
        ...{ basis: asked.basis, on: asked.on, asOf: null, watermark: '0', complete: true },
        plan: { year: plan.year, version: 1 },
      };
      const section = matrixSection({ ...frame, gaps } as typeof frame);
      const lost = section?.slide?.rows.map((row) => Number(row[3])) ?? [];
      const most = Math.max(0, ...lost);
      const told = section?.answer ?? '';
      expect(told !== '', `seed ${zone.seed}`).toBe(most > 0);
      if (most === 0) continue;
      const losers = lost.filter((one) => one === most).length;
      expect(told, `seed ${zone.seed}`).toContain(pointsText(most, section?.slide?.columns[3]?.decimals));
      expect(/各|lose most/.test(told), `seed ${zone.seed}: ${told}`).toBe(losers > 1);
    }
  });

  test('what incidents cost: how many, at how many units, and everybody vetoed', () => {
    for (const zone of zones) {
      const { rows, frame } = paper(zone, language);
      const { findings } = incidentSection(frame);
      const vetoed = rows.filter(({ vetoes }) => vetoes.length > 0);
      for (const { name } of vetoed.slice(0, 12)) expect(findings.join('')).toContain(name);
      const more = vetoed.length - 12;
      expect(/另外\d+个|\d+ more/.test(findings.at(-1) ?? ''), `seed ${zone.seed}`).toBe(more > 0);
    }
  });
});

test.each(LANGUAGES)(
  'in %s, who is at the head by the band of its table, and not in all draws, is told so',
  (language) => {
    let found = 0;
    for (const zone of zones) {
      const { rows, frame, section } = paper({ ...zone, group: null }, language);
      const top = Math.ceil((rows[0]?.of ?? 0) / 10);
      const only = rows.filter(
        ({ band, topShare }) => band && band[1] <= top && topShare !== null && topShare < 1,
      );
      const said = section.findings.join('');
      const speaks = /始终”指全部抽样|“always” means all of them/.test(said);
      if (/始终稳居前|没有一个单位始终|always stays? in the top|no unit always stays/.test(said)) {
        expect(speaks, `seed ${zone.seed}: ${said}`).toBe(only.length > 0);
        if (speaks) expect(said).toContain(only[0]?.name);
        found += only.length > 0 ? 1 : 0;
      } else expect(speaks).toBe(false);
      expect(frame.language).toBe(language);
    }
    expect(found).toBeGreaterThan(0);
  },
);
