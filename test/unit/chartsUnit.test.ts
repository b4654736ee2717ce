import { init } from 'echarts';
import { describe, expect, it } from 'vitest';
import { type MarkSpot, markSpots } from '#schemas/presentation/answers/marks.ts';
import { movementFacts } from '#schemas/presentation/answers/movement.ts';
import type { Mark, MarkKind } from '#schemas/results/marks.ts';
import type { Crossing, Movement, MovementEvent } from '#schemas/results/movement.ts';
import type { Way, WayStep, WayUp } from '#schemas/results/wayUp.ts';
import { rankingRow, standing } from '#test/fixtures/dashboard.ts';
import { themeOf } from '../../dashboard/charts/theme.ts';
import { type TrendDot, trendHeight, trendOption } from '../../dashboard/charts/trend.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { claimAnswer, claimRows } from '../../dashboard/pages/unit/inspection.ts';
import { changeOf, effectsOf, idleEvents, sumOf } from '../../dashboard/pages/unit/movement.ts';
import { movementAnswer } from '../../dashboard/pages/unit/movementAnswer.ts';
import { doingWord, wayUpAnswer } from '../../dashboard/pages/unit/wayUp.ts';

const theme = themeOf((name) => `<${name}>`);
const zh = wordsOf('zh-CN');
const en = wordsOf('en');
const ASKED = {
  plan: { year: 2026, version: 1 },
  basis: 'to-date' as const,
  on: '2026-11-22',
  asOf: null,
  complete: true,
  watermark: '1',
};

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
      '这也是 2026 年还能追到的最好名次。',
    ]);
    const best = way({ rank: 3, total: 95.5, actions: 4, results: 2, steps: [step({}), step({})] });
    expect(wayUpAnswer(en, answer({ best }))[1]).toBe(
      'The best place still reachable in 2026 is 3: 2 gaps to close (4 things to do and 2 indicators or appraisals), total 95.50.',
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
    expect(doingWord(zh, step({ windows: [window('2026-Q4', 0, 1)] }))).toBe('四季度再做 1 次');
    expect(
      doingWord(en, step({ actions: 2, windows: [window('2026-11', 0, 1), window('2026-12', 0, 1)] })),
    ).toBe('Nov and Dec: 2 more times');
    expect(doingWord(zh, step({ measure: 'sum', windows: [window('2026', 120, 200)] }))).toBe(
      '做满全年：还差 80',
    );
    expect(doingWord(zh, step({ measure: 'coverage', actions: 3 }))).toBe('再覆盖 3 名班子成员');
    expect(doingWord(zh, step({ measure: 'target', actions: 0, results: 2 }))).toBe('2 项指标达到目标');
    expect(doingWord(zh, step({ measure: 'appraisal', actions: 0, results: 1 }))).toBe('取得满分的评比成绩');
  });
});

describe('the reason of a movement', () => {
  const event = (position: string): MovementEvent => ({
    position,
    type: 'activity.recorded',
    recordedtime: '2026-10-06T02:33:54.781Z',
    mark: 'late',
    activity: position,
    title: position,
    kind: 'research',
    by: 'unit',
    occurredOn: '2026-09-30',
    reason: null,
    moves: ['learning.research'],
  });
  const movement: Movement = {
    unit: 'u',
    name: '一中',
    group: 'school',
    before: { rank: 5, of: 48, total: 91.2, totalWithoutVeto: 91.2 },
    after: { rank: 44, of: 48, total: 59, totalWithoutVeto: 91.5 },
    known: 'then',
    recast: { rank: 30, of: 48, total: 80, totalWithoutVeto: 80 },
    since: null,
    split: { own: -39, others: 0 },
    passedBy: { count: 39, units: null },
    overtook: { count: 0, units: null },
    joined: { count: 0, units: null },
    left: { count: 0, units: null },
    requirements: [
      {
        id: 'learning.research',
        criterion: 'learning',
        before: 0.5,
        after: 0.75,
        effect: 1.3001,
        events: ['a'],
      },
      { id: 'learning.lectures', criterion: 'learning', before: 1, after: 1, effect: 0, events: ['b'] },
    ],
    deductions: [
      { id: 'unity.admonition', criterion: 'unity', before: 0, after: 1, effect: -1, events: ['c'] },
    ],
    vetoes: [{ id: 'integrity.violation', before: false, after: true, events: ['d'] }],
    vetoEffect: -32.5,
    rest: -0.0001,
    events: ['a', 'b', 'c', 'd'].map(event),
    compared: { plan: { year: 2026, version: 1 }, on: '2026-09-30', asOf: null },
    ...ASKED,
  };
  const plan = { requirements: [], deductions: [], vetoes: [] };
  const effects = effectsOf(zh, plan, movement);

  it('lists what changed the total without veto, the remainder last, and what the veto did beside', () => {
    expect(effects.own.map(({ id, effect, events }) => [id, effect, events.length])).toEqual([
      ['learning.research', 1.3001, 1],
      ['unity.admonition', -1, 1],
      ['rest', -0.0001, 0],
    ]);
    expect(sumOf(effects.own)).toBe(0.3);
    expect(effects.veto).toMatchObject({ id: 'integrity.violation', effect: -32.5 });
    expect(changeOf(movement)).toBe(sumOf([...effects.own, ...(effects.veto ? [effects.veto] : [])]));
  });

  it('does not leave a report alone beside a fall that it cannot have made: time did', () => {
    const byTime = (effect: number, type: string, measure: object) => {
      const requirements = movement.requirements.slice(0, 1).map((row) => ({ ...row, effect }));
      const events = movement.events.map((one) => ({ ...one, type }));
      const named = {
        ...plan,
        requirements: [{ id: 'learning.research', name: { zh: '', en: '' }, measure }],
      };
      const { own } = effectsOf(zh, named as never, { ...movement, requirements, events });
      return own.find(({ id }) => id === 'learning.research')?.byTime;
    };
    const count = { type: 'count', per: 'month', atLeast: 1 };
    expect(byTime(-0.89, 'activity.recorded', count)).toBe(true);
    expect(byTime(0.89, 'activity.recorded', count)).toBe(false);
    expect(byTime(-0.89, 'activity.rejected', count)).toBe(false);
    // What was due and not done is told by the report itself.
    expect(byTime(-0.89, 'activity.recorded', { type: 'ratio' })).toBe(false);
  });

  it('keeps the events that moved nothing apart', () => {
    expect(idleEvents(movement, effects).map(({ position }) => position)).toEqual(['b']);
  });

  const told = (one: Movement, words = zh) =>
    movementAnswer(words, movementFacts(one), { plan, since: '与 9 月 30 日相比', day: '9 月 30 日' });

  it('says from where to where, whose doing it is, what weighed most, and what became known late', () => {
    expect(told(movement)).toEqual([
      '与 9 月 30 日相比，从第 5 名降到第 44 名（▼39），总分 91.20 → 59.00（−32.20）。',
      '自身总分下降 32.20 分，由此使名次降 39 名；其他单位的变化使名次不变。',
      '39 个单位排到了它前面。',
      '一票否决使总分封顶；未否决总分 91.20 → 91.50（+0.30）。',
      '影响最大的是“一票否决：integrity.violation”（−32.50 分）。',
      '按现有资料，9 月 30 日应列第 30 名：后来收到的补报、更正使名次降 25 名，此后的变化使名次降 14 名。',
    ]);
    expect(told({ ...movement, before: null })).toEqual([
      '与 9 月 30 日相比：当时还没有名次，现第 44 名，总分 59.00。',
    ]);
  });

  it('does not give a gain as the reason of a fall: says what its own total did, and who passed it', () => {
    const fell: Movement = {
      ...movement,
      before: { rank: 1, of: 48, total: 90, totalWithoutVeto: 90 },
      after: { rank: 12, of: 47, total: 89.65, totalWithoutVeto: 89.65 },
      requirements: movement.requirements.slice(0, 1).map((row) => ({ ...row, effect: 2.86 })),
      deductions: movement.deductions.map((row) => ({ ...row, effect: -3.21 })),
      vetoes: [],
      vetoEffect: 0,
      rest: 0,
      recast: null,
      split: { own: -1, others: -10 },
      passedBy: { count: 11, units: ['甲', '乙', '丙', '丁'].map((name) => crossing(name)) },
      left: { count: 1, units: [{ unit: 'x', name: '戊', group: 'school' }] },
    };
    expect(told(fell)).toEqual([
      '与 9 月 30 日相比，从第 1 名降到第 12 名（▼11），总分 90.00 → 89.65（−0.35）。',
      '自身总分下降 0.35 分，由此使名次降 1 名；其他单位的变化使名次降 10 名。',
      '11 个单位排到了它前面：甲、乙、丙及另外 1 个单位。',
      '有名次的单位由 48 个变为 47 个（减少戊）。',
    ]);
    const own = { ...fell, split: { own: -6, others: -5 } };
    expect(told(own)[3]).toBe('影响最大的是“unity.admonition”（−3.21 分）。');
  });

  it('lays effects at the total without the veto where the veto caps both totals', () => {
    const capped: Movement = {
      ...movement,
      before: { rank: 44, of: 48, total: 59, totalWithoutVeto: 84.1 },
      after: { rank: 44, of: 48, total: 59, totalWithoutVeto: 84.0086 },
      requirements: [{ ...(movement.requirements[0] as Movement['requirements'][0]), effect: 0.1287 }],
      deductions: movement.deductions.map((row) => ({ ...row, effect: -0.22 })),
      vetoes: [{ id: 'integrity.violation', before: true, after: true, events: [] }],
      vetoEffect: 0.0914,
      rest: -0.0001,
      recast: null,
      split: { own: 0, others: 0 },
      passedBy: { count: 0, units: [] },
    };
    expect(told(capped, en).slice(1)).toEqual([
      'A veto caps the total; without it the total went 84.10 → 84.01 (−0.09).',
      'On the total without the veto “unity.admonition” weighed most (−0.22 points).',
    ]);
    const { own, veto } = effectsOf(en, plan, capped);
    expect([sumOf(own), veto?.effect, changeOf(capped)]).toEqual([-0.0914, 0.0914, 0]);
  });
});

const crossing = (name: string): Crossing => ({
  unit: name,
  name,
  group: 'school',
  before: { rank: 5, total: 80 },
  after: { rank: 4, total: 95 },
  change: 15,
});

describe('self-inspection beside the record', () => {
  const plan = {
    criteria: ['learning', 'unity'].map((id) => ({ id, name: { zh: id, en: id }, weight: 20 })),
  };
  const claim = (selfScore: number) => ({ selfScore, shortcomings: '', remedies: '' });

  it('tells over from under, and names the greatest excess', () => {
    const rows = claimRows(
      zh,
      plan,
      standing({
        row: rankingRow({ unit: 'u', criteria: { learning: 80.1, unity: 100 } }),
        selfInspection: { recordedOn: '2026-12-01', criteria: { learning: claim(95), unity: claim(90) } },
      }),
    );
    expect(rows.map(({ difference }) => difference)).toEqual([14.9, -10]);
    expect(claimAnswer(zh, rows)).toBe(
      '自评高于记录的有 1 型，低于的有 1 型；高出最多的是learning（14.90 分）。',
    );
    expect(claimAnswer(en, rows.slice(1))).toBe('Nothing is claimed above the record.');
  });

  it('compares nothing where none was submitted', () => {
    expect(claimRows(zh, plan, standing({})).map(({ difference }) => difference)).toEqual([null, null]);
  });
});
