import { init } from 'echarts';
import { describe, expect, it } from 'vitest';
import { type MarkSpot, markSpots } from '#schemas/presentation/answers/marks.ts';
import type { Mark, MarkKind } from '#schemas/results/marks.ts';
import type { Way, WayStep, WayUp } from '#schemas/results/wayUp.ts';
import { ASKED } from '#test/fixtures/dashboard.ts';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { type TrendDot, trendHeight, trendOption } from '../../dashboard/charts/trend.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { doingWord, wayUpAnswer } from '../../dashboard/pages/unit/wayUp.ts';

const theme = themeOf((name) => `<${name}>`);
const zh = wordsOf('zh-CN');
const en = wordsOf('en');

describe('the trend of a unit', () => {
  const dots: TrendDot[] = [
    { day: '2026-01-31', name: '1 月 31 日', rank: null, of: 0, total: null },
    { day: '2026-02-28', name: '2 月 28 日', rank: 12, of: 48, total: 83.3333 },
    { day: '2026-03-31', name: '3 月 31 日', rank: 7, of: 48, total: 91.25 },
  ];
  const mark = (kind: MarkKind, on: string): Mark => ({
    ...{ kind, on, recordedOn: '2026-03-20', unit: 'u', id: null, count: 1, number: null },
  });
  const marks = [mark('veto', '2026-02-10'), mark('late', '2026-03-31'), mark('late', '2026-03-02')];
  const spotsAs = (known: 'now' | 'then') =>
    markSpots(
      marks,
      dots.map(({ day }) => day),
      known,
    );
  const spots = spotsAs('now');
  const told = ({ kind, count }: MarkSpot): string => `${kind} {x|${count}}`;
  type Shown = {
    yAxis: { min: number; max: number; inverse?: boolean }[];
    series: { data: { value: unknown; label: { show: boolean } }[] }[];
    tooltip: { formatter: (points: unknown) => string };
  };
  const shown = (narrow: boolean): Shown => trendOption({ dots, narrow, spots, told }, theme, zh) as Shown;

  it('draws total and rank in panes of their own, the best rank on top', () => {
    expect(trendOption({ dots, narrow: false, spots, told }, theme, zh)).toMatchSnapshot();
    expect(
      shown(false)
        .yAxis.slice(0, 2)
        .map(({ min, max }) => [min, max]),
    ).toEqual([
      [80, 100],
      [1, 12],
    ]);
  });

  it('leaves a gap where nothing is ranked yet, and says so', () => {
    expect(
      shown(false)
        .series.slice(0, 2)
        .map(({ data }) => data[0]?.value),
    ).toEqual(['-', '-']);
    expect(shown(false).tooltip.formatter([{ dataIndex: 0 }])).toBe('1 月 31 日\n暂无名次');
  });

  it('draws as many signs as there are, where all are of one kind, too', () => {
    for (const few of [spots, spots.filter(({ kind }) => kind === 'late'), spots.slice(0, 1), []]) {
      const chart = init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 400 });
      const option = trendOption({ dots, narrow: false, spots: few, told }, theme, zh) as {
        series: { type: string }[];
      };
      // Nothing but the signs is drawn in the colour that stands for them here.
      const series = option.series.map((one) =>
        one.type === 'scatter' ? { ...one, itemStyle: { color: '#123456' } } : one,
      );
      chart.setOption({ ...option, animation: false, series });
      const drawn = chart.renderToSVGString().match(/<path [^>]*fill="#123456"/g) ?? [];
      chart.dispose();
      expect(drawn).toHaveLength(few.length);
    }
  });

  it('has a row of signs for each kind of what happened, at the first day that could show it', () => {
    expect(spots.map(({ kind, slot, count }) => [kind, slot, count])).toEqual([
      ['veto', 1, 1],
      ['late', 2, 2],
    ]);
    expect(spotsAs('then').map(({ kind, slot }) => [kind, slot])).toEqual([
      ['veto', 2],
      ['late', 2],
    ]);
    expect(trendHeight({ spots }) - trendHeight({ spots: [] })).toBe(40);
    // Names of people's making stay text.
    expect(shown(false).tooltip.formatter([{ dataIndex: 2 }])).toContain('late ｛x｜2｝');
    expect(shown(false).tooltip.formatter([{ dataIndex: 0 }])).not.toContain('veto');
  });

  it('writes only the last figure where there is no room for all', () => {
    expect(shown(true).series[0]?.data.map(({ label }) => label.show)).toEqual([false, false, true]);
  });
});

describe('the way up in words', () => {
  const step = (more: Partial<WayStep>): WayStep => ({
    requirement: 'learning.research',
    criterion: 'learning',
    measure: 'count',
    actions: 1,
    results: 0,
    windows: [],
    attainment: 0.5,
    reached: 1,
    gain: 0.5,
    due: '2026-12-31',
    ...more,
  });
  const way = (more: Partial<Way>): Way => ({
    rank: 8,
    total: 91,
    actions: 1,
    results: 0,
    steps: [step({})],
    ...more,
  });
  const answer = (more: Partial<WayUp>): WayUp => ({
    unit: 'u',
    rank: 9,
    of: 48,
    total: 90,
    next: way({}),
    best: way({}),
    places: [],
    obstacle: null,
    ...ASKED,
    ...more,
  });
  const window = (label: string, actual: number, required: number) => ({
    label,
    from: '2026-01-01',
    to: '2026-12-31',
    actual,
    required,
    status: 'open' as const,
  });

  it('says what it takes, where it leads, and the best place left', () => {
    expect(wayUpAnswer(zh, answer({}))).toEqual([
      '补上 1 项差距（做 1 件事），总分可到 91.00，从第 9 名升到第 8 名。',
      '只补已计分的差距，这也是 2026 年能追到的最好名次。',
    ]);
    const best = way({ rank: 3, total: 95.5, actions: 4, results: 2, steps: [step({}), step({})] });
    expect(wayUpAnswer(en, answer({ best }))[1]).toBe(
      'Of the gaps that count so far, closing 2 (4 things to do and 2 indicators or appraisals) leads to the best place still reachable in 2026, place 3 with 95.50.',
    );
  });

  it('says why there is none', () => {
    const without = (obstacle: WayUp['obstacle']): string[] =>
      wayUpAnswer(zh, answer({ next: null, best: null, obstacle }));
    expect(without('veto')).toEqual(['一票否决使总分封顶，补上差距也不能提升名次。']);
    expect(without('first')).toEqual(['已居第 1 名，前面没有单位。']);
    expect(wayUpAnswer(zh, answer({ rank: null, next: null, best: null }))).toEqual([
      '还没有到期或完成的要求，暂时没有名次。',
    ]);
  });

  it('names what is to be done as its measure counts it', () => {
    expect(doingWord(zh, step({ windows: [window('2026-Q4', 0, 1)] }))).toBe('四季度还要做 1 次');
    expect(
      doingWord(en, step({ actions: 2, windows: [window('2026-11', 0, 1), window('2026-12', 0, 1)] })),
    ).toBe('Nov and Dec: still to do 2 times');
    expect(doingWord(zh, step({ measure: 'sum', windows: [window('2026', 120, 200)] }))).toBe(
      '做满全年：还差 80',
    );
    expect(doingWord(zh, step({ measure: 'coverage', actions: 3 }))).toBe('还要覆盖 3 名班子成员');
    expect(doingWord(zh, step({ measure: 'target', actions: 0, results: 2 }))).toBe('2 项指标达到目标');
    expect(doingWord(zh, step({ measure: 'appraisal', actions: 0, results: 1 }))).toBe('取得满分的评比成绩');
  });
});
