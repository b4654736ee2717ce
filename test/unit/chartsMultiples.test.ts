import { describe, expect, it } from 'vitest';
import type { MarkSpot } from '#schemas/presentation/answers/marks.ts';
import { overYearFacts, type YearMove } from '#schemas/presentation/answers/overYear.ts';
import type { History } from '#schemas/results/history.ts';
import type { Mark } from '#schemas/results/marks.ts';
import {
  multiplesSvg,
  PANEL,
  type Panel,
  panelScale,
  panelShapes,
  slotAt,
} from '../../dashboard/charts/multiples.ts';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { trendsAnswer, unbegunIn } from '../../dashboard/pages/trends/answer.ts';
import { beginOf, panelsOf, selectUnits, unitsOf } from '../../dashboard/pages/trends/panels.ts';

const theme = themeOf((name) => `<${name}>`);
const spot = (kind: MarkSpot['kind'], slot: number): MarkSpot => ({ kind, slot, count: 1, marks: [] });
const panel = (more: Partial<Panel> = {}): Panel => ({
  unit: 'u',
  name: '一队 <b>"&',
  told: '第 3 名',
  totals: [null, 80, 90],
  types: [
    { id: 'learning', token: 'learning', scores: [null, 64, 90] },
    { id: 'unity', token: 'unity', scores: [null, 96, 90] },
  ],
  spots: [spot('veto', 1), spot('late', 1), spot('plan', 0)],
  ...more,
});

describe('a panel for each unit', () => {
  it('has one scale with all others', () => {
    expect(panelScale([panel()])).toEqual({ top: 100, bottom: 60, cut: false });
    expect(panelScale([panel(), panel({ totals: [12.5] })])).toEqual({ top: 100, bottom: 10, cut: false });
    expect(panelScale([])).toEqual({ top: 100, bottom: 90, cut: false });
  });

  it('does not let a few scores flatten all others: they are drawn at the lower edge, and that is said', () => {
    const many = [...Array.from({ length: 20 }, () => panel()), panel({ totals: [0, 80, 90] })];
    const scale = panelScale(many);
    expect(scale).toEqual({ top: 100, bottom: 60, cut: true });
    const [, , total] = panelShapes(panel({ totals: [0, 60, 90] }), scale, null).lines;
    expect(total?.path.match(/ 69.5/g)).toHaveLength(2);
  });

  it('draws the total above the types, the chosen one above the others, and the gravest sign of a month', () => {
    const shapes = panelShapes(panel(), panelScale([panel()]), 'learning');
    expect(shapes.lines.map(({ of, token }) => [of, token])).toEqual([
      ['other', 'unity'],
      ['chosen', 'learning'],
      ['total', 'ink'],
    ]);
    expect(shapes.signs.map(({ kind, spots }) => [kind, spots.length])).toEqual([['veto', 2]]);
    expect(shapes.rules).toEqual([2.5]);
    expect(panelShapes(panel(), panelScale([panel()]), null)).toMatchSnapshot();
  });

  it('finds the day nearest to where one points', () => {
    expect([0, 0.24, 0.26, 0.74, 0.76, 1].map((part) => slotAt(part, 3))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(slotAt(0.1, 1)).toBe(0);
  });

  it('is one picture with all of them, in which names stay text', () => {
    const svg = multiplesSvg(
      { panels: [panel(), panel({ unit: 'v' })], chosen: null, title: 'T', notes: ['期间'], columns: 2 },
      themeOf((name) => `#${name}`),
    );
    expect(svg).toContain('一队 &lt;b&gt;&quot;&amp;');
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(svg.match(/<g /g)).toHaveLength(4);
    expect(svg).toContain(`H${PANEL.width}`);
    expect(theme.ink).toBe('<ink>');
  });
});

const mark: Mark = {
  kind: 'veto',
  on: '2026-02-10',
  recordedOn: '2026-02-11',
  unit: 'b',
  id: 'v',
  count: 1,
  number: null,
};
const history: History = {
  days: ['2026-01-31', '2026-02-28', '2026-03-15'],
  of: [3, 3, 3],
  units: ['a', 'b', 'c'],
  names: ['甲', '乙', '丙'],
  groups: ['farm', 'farm', 'school'],
  ranks: [
    [3, 2, 1],
    [1, 1, 2],
    [null, 3, 3],
  ],
  detail: {
    totals: [
      [70, 80, 90],
      [90, 90, 59],
      [null, 50, 55],
    ],
    criteria: {
      learning: [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    },
    marks: [mark],
  },
  plan: { year: 2026, version: 1 },
  basis: 'to-date',
  on: '2026-03-15',
  asOf: null,
  complete: true,
  watermark: '1',
};

describe('the units of a year', () => {
  const units = unitsOf(history, 0);
  const idsBy = (
    order: 'rank' | 'rose' | 'fell' | 'name',
    group: string | null = null,
    search: string | null = null,
  ) => selectUnits(units, { group, search, order }).map(({ unit }) => unit);

  it('are compared with the last month’s end by a day, with the first where there is none', () => {
    expect(
      ['2025-12-31', '2026-02-28', '2026-03-10', '2026-03-15', null].map((day) => beginOf(history.days, day)),
    ).toEqual([0, 1, 1, 0, 0]);
  });

  it('stand by rank, rise, fall or name; who had no rank then comes last where places decide', () => {
    expect(idsBy('rank')).toEqual(['a', 'b', 'c']);
    expect(idsBy('rose')).toEqual(['a', 'b', 'c']);
    expect(idsBy('fell')).toEqual(['b', 'a', 'c']);
    expect(idsBy('name')).toEqual(['c', 'a', 'b']);
    expect(idsBy('rank', 'school')).toEqual(['c']);
    expect(idsBy('rank', null, '乙')).toEqual(['b']);
  });

  it('have a panel each with what happened to them alone', () => {
    const criteria = [{ id: 'learning', name: { zh: '学习型', en: 'Learning' }, weight: 1 }];
    const panels = panelsOf(units, history, { criteria }, ({ unit }, total) => `${unit} ${total}`);
    expect(panels.map(({ told, spots }) => [told, spots.map(({ kind, slot }) => [kind, slot])])).toEqual([
      ['a 90', []],
      ['b 59', [['veto', 1]]],
      ['c 55', []],
    ]);
    expect(panels[1]?.types[0]?.scores).toEqual([4, 5, 6]);
    expect(panelsOf(units, { ...history, detail: null }, { criteria }, () => '')).toEqual([]);
  });

  it('are told of by who moved furthest', () => {
    const facts = overYearFacts(units, { from: '2026-01-31', to: '2026-03-15' });
    const since = { from: '2026-01-31', compared: '2026-01-31', known: '按现有资料', unbegun: [] };
    expect(trendsAnswer(wordsOf('zh-CN'), facts, since)).toEqual([
      '1 月 31 日以来，升得最多的是甲（3 → 1）。',
      '降得最多的是乙（1 → 2）。',
      '没有单位保持原来的名次。',
      '各月名次按现有资料回看。',
      '“排名”页的升降是与当时所知的名次相比，晚报和更正会使两者不同。',
    ]);
    // Who began within the year has no rank from before here, and one in the ranking: that is said.
    const joined = { ...history, unbegun: [{ unit: 'c', since: '2026-02-10' }] };
    const unbegun = unbegunIn(units, joined);
    expect(unbegunIn(selectUnits(units, { group: 'farm', search: null, order: 'rank' }), joined)).toEqual([]);
    expect(unbegunIn(units, history)).toEqual([]);
    expect(trendsAnswer(wordsOf('zh-CN'), facts, { ...since, unbegun })[4]).toBe(
      '丙（2026 年 2 月 10 日起参加）此前的名次，这里不列；看此前的日子时，“排名”按全年的要求也列出。',
    );
    expect(trendsAnswer(wordsOf('en'), facts, { ...since, unbegun })[4]).toBe(
      'No earlier ranks are told of 丙 (there since 10 Feb 2026); the ranking as of an earlier day lists such units, too, under the requirements of the whole year.',
    );
    // Where nobody rose, too, it is told since when.
    const fallen = overYearFacts(
      units.filter(({ unit }) =>
        facts.some((fact) => fact.kind === 'fell' && fact.units.some((one) => one.unit === unit)),
      ),
      { from: '2026-01-31', to: '2026-03-15' },
    );
    expect(trendsAnswer(wordsOf('zh-CN'), fallen, since)[0]).toBe(
      '1 月 31 日以来，降得最多的是乙（1 → 2）。',
    );
    expect(trendsAnswer(wordsOf('en'), fallen, since)[0]).toBe('Since 31 Jan, 乙 fell most (1 → 2).');
    // Without a comparison the ranking has no such column.
    for (const locale of ['zh-CN', 'en'] as const) {
      const [words, alone] = [wordsOf(locale), { ...since, compared: null }];
      const why = words.say('trends.monthEnds', { day: words.day('2026-01-31') });
      expect(trendsAnswer(words, facts, alone)).toEqual([
        ...trendsAnswer(words, facts, since).slice(0, -1),
        why,
      ]);
      // Compared with a day within a month, it begins with the end of the one before, and says so.
      expect(trendsAnswer(words, facts, { ...since, compared: '2026-02-10' })).toContain(why);
      expect(trendsAnswer(words, facts, since)).not.toContain(why);
      expect(trendsAnswer(words, facts, alone).join()).not.toContain(locale === 'en' ? 'Moved' : '升降');
    }
    // What is known at another time is not what is known now.
    const then = { ...since, known: '按 2 月 1 日已有的资料' };
    expect(trendsAnswer(wordsOf('zh-CN'), facts, then)[3]).toBe('各月名次按 2 月 1 日已有的资料回看。');
    const still = overYearFacts(
      units.map((unit) => ({ ...unit, from: unit.to })),
      { from: 'a', to: 'b' },
    );
    const same = still.filter(({ kind }) => kind === 'kept');
    expect(trendsAnswer(wordsOf('zh-CN'), same, since)[0]).toBe(
      '1 月 31 日以来，两个时点都有名次的 3 个单位，名次都没有变。',
    );
    expect(trendsAnswer(wordsOf('en'), same, since)[0]).toBe(
      'All 3 units with a rank on both days have kept it since 31 Jan.',
    );
    const late = overYearFacts(
      units.map((unit) => ({ ...unit, from: null })),
      { from: 'a', to: 'b' },
    );
    expect(trendsAnswer(wordsOf('zh-CN'), late, since)[0]).toBe('没有单位在 1 月 31 日和现在都有名次。');
    const level: YearMove[] = [units[0], { ...units[0], unit: 'd', name: '丁' }].flatMap(
      (one) => one ?? [],
    ) as YearMove[];
    expect(trendsAnswer(wordsOf('en'), overYearFacts(level, { from: 'a', to: 'b' }), since)[0]).toBe(
      'Since 31 Jan, 甲 and 丁 rose most (▲2).',
    );
    const none = overYearFacts(units, { from: 'a', to: 'a' });
    expect(none).toEqual([{ kind: 'no-months' }]);
    expect(trendsAnswer(wordsOf('en'), none, since)).toEqual([
      'There are no two months’ ends to compare yet.',
    ]);
  });
});
