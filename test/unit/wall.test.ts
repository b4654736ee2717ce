import { describe, expect, it } from 'vitest';
import type { Movements, MoverSide } from '#schemas/results/movement.ts';
import type { Overview } from '#schemas/results/overview.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { scenesOf } from '../../dashboard/pages/wall/scenes.ts';
import { rankingRow } from '../fixtures/dashboard.ts';

const zh = wordsOf('zh-CN');
const rows = Array.from({ length: 20 }, (_, at) =>
  rankingRow({ unit: `u${at}`, name: `单位${at}`, rank: at + 1, total: 90 - at }),
);
const side = (places: readonly number[], level = 0): MoverSide => ({
  movers: places.map((by, at) => ({
    unit: `m${at}`,
    name: `单位${at}`,
    group: 'farm',
    before: { rank: 10, of: 20, total: 80, totalWithoutVeto: null },
    after: { rank: 10 - by, of: 20, total: 80, totalWithoutVeto: null },
    places: by,
    split: { own: by, others: 0 },
    crossed: 0,
    reason: { because: 'others', id: null, effect: 0 },
  })),
  count: places.length + level,
  level,
});
const movements: Pick<Movements, 'rose' | 'fell'> = {
  rose: side([4, 3, 2, 2, 2, 2, 2, 2]),
  fell: side([-1], 2),
};
const overview: Pick<Overview, 'misses' | 'dueSoon' | 'dueNext' | 'on'> = {
  on: '2026-06-30',
  misses: [
    {
      id: 'a',
      criterion: 'learning',
      name: { zh: '学习', en: 'Study' },
      clause: '三(一)1',
      mean: 0.5,
      short: 7,
      counted: 10,
      lost: 1.005,
    },
  ],
  dueSoon: [],
  dueNext: { due: '2026-12-31', obligations: 38 },
};

describe('the big screen', () => {
  it('turns through every ranked unit, sixteen a picture, then movers, gaps and what is due', () => {
    const scenes = scenesOf({ ranking: { rows }, movements, overview }, '与 9 月 30 日相比', zh);
    expect(scenes.map(({ key }) => key)).toEqual(['ranking 0', 'ranking 1', 'movers', 'misses', 'due']);
    expect(scenes[1]?.lines.map(({ lead }) => lead)).toEqual(['17', '18', '19', '20']);
    expect(scenes[1]?.note).toContain('第 17–20 个，共 20 个');
    // Of one group the ranks are others than the numbers of its lines.
    const own = rows.filter(({ rank }) => (rank ?? 0) % 5 === 0);
    const [scene] = scenesOf(
      { ranking: { rows: own }, movements: undefined, overview: undefined },
      '',
      wordsOf('en'),
    );
    expect(scene?.note).toBe(`1–${own.length} of the ${own.length} units that have a rank`);
    const [alone] = scenesOf(
      { ranking: { rows: rows.slice(0, 1) }, movements: undefined, overview: undefined },
      '',
      zh,
    );
    expect(alone?.note).toBe('第 1 个，共 1 个单位有名次');
  });

  it('says how many stand level with the last that is shown, those that were not sent included', () => {
    const movers = scenesOf({ ranking: undefined, movements, overview: undefined }, '', zh)[0];
    expect(movers?.lines).toHaveLength(7);
    // Each list ends at a place of its own: the two are never told as one number.
    expect(movers?.note).toBe('另有 2 个单位同样上升 2 名。另有 2 个单位同样下降 1 名。');
  });

  it('names the next batch where nothing is due soon, writes points as everywhere, and leaves out what is not known', () => {
    const [misses, due] = scenesOf({ ranking: undefined, movements: undefined, overview }, '', zh);
    expect(misses?.lines[0]).toMatchObject({ lead: '7 / 10', figure: '−1.01' });
    expect(due?.note).toContain('12 月 31 日，38 项');
    expect(scenesOf({ ranking: undefined, movements: undefined, overview: undefined }, '', zh)).toEqual([]);
  });

  it('says that what ends today is not missed yet, while a requirement that ends today is owed', () => {
    const due: Overview['dueSoon'][number] = {
      ...{
        due: '2026-06-30',
        of: 'requirement',
        id: 'b',
        criterion: 'learning',
        name: null,
        clause: '',
        kind: 'count',
      },
      ...{ window: '2026-H1', from: '2026-01-01', over: false, asked: 9, owing: 2, units: [] },
    };
    const noteOf = (changes: Partial<Overview['dueSoon'][number]>): string | undefined =>
      scenesOf(
        {
          ranking: undefined,
          movements: undefined,
          overview: { ...overview, dueSoon: [{ ...due, ...changes }] },
        },
        '',
        zh,
      ).find(({ key }) => key === 'misses')?.note;
    const told = zh.say('gaps.stillOpen');
    expect(noteOf({})).toContain(told);
    expect(noteOf({ owing: 0 })).not.toContain(told);
    expect(noteOf({ due: '2026-07-31' })).not.toContain(told);
    expect(noteOf({ of: 'condition' })).not.toContain(told);
  });

  it('says of a vetoed unit that it is, and never tells a unit without a rank', () => {
    const vetoed = rankingRow({ unit: 'v', name: '甲', rank: 1, total: 59, vetoes: ['x'] });
    const [scene] = scenesOf(
      {
        ranking: { rows: [vetoed, rankingRow({ unit: 'n', rank: null })] },
        movements: undefined,
        overview: undefined,
      },
      '',
      zh,
    );
    expect(scene?.lines).toMatchObject([{ says: '一票否决', alarm: true }]);
  });
});
