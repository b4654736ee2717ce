import { describe, expect, test } from 'vitest';
import { type RankingFact, rankingFacts } from '#schemas/presentation/answers/ranking.ts';
import { totalDecimals } from '#schemas/presentation/numbers.ts';
import { speechOf } from '#schemas/presentation/speech.ts';
import { tableAt } from '#schemas/presentation/table.ts';
import { rankingTable } from '#schemas/presentation/tables/ranking.ts';
import { changeTable, sealDifferenceTable } from '#schemas/presentation/tables/units.ts';
import { rankingRow } from '#test/fixtures/dashboard.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { numberOf, strayWords, writtenApart, writtenLead } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { rankingAnswer } from '../../dashboard/pages/ranking/answer.ts';

const zones = Array.from({ length: ZONES }, (_, seed) => randomZone(seed));

/** The rows under the sentence, and what is said of them. */
function shown({ rows: all, group }: (typeof zones)[number]) {
  const rows = group === null ? all : all.filter((row) => row.group === group);
  return { rows, facts: rankingFacts(rows, { group, nameless: false }) };
}
const unitsOf = (units: readonly { unit: string }[]): string[] => units.map(({ unit }) => unit);

describe('what is said of a ranking follows from the rows under it', () => {
  test.each(['leads', 'moves', 'lists'] as const)('in every random zone: who %s', (what) => {
    for (const zone of zones) {
      const { rows, facts } = shown(zone);
      const expected = CHECKS[what](rows, zone.group);
      const told = facts.filter(({ kind }) => KINDS[what].includes(kind));
      expect(told, `seed ${zone.seed}`).toEqual(expected);
    }
  });

  test.each(['zh-CN', 'en'] as const)('every number and name in %s stands in the rows', (locale) => {
    const words = wordsOf(locale);
    for (const zone of zones) {
      const { rows, facts } = shown(zone);
      const said = rankingAnswer(words, facts, { group: zone.group, trial: false });
      const figures = [
        ...rows.flatMap(({ total, rank, groupRank }) => [
          words.score(total, totalDecimals(rows)),
          rank,
          groupRank,
        ]),
        ...writtenLead(rows, totalDecimals(rows)),
        ...rows.map(({ rank, previousRank }) => Math.abs((previousRank ?? 0) - (rank ?? 0))),
        ...Array.from({ length: rows.length + 1 }, (_, count) => count),
      ];
      const names = [...rows.map(({ name }) => name), words.term(zone.group ?? '')];
      expect(strayWords(said, names, figures), `seed ${zone.seed}: ${said.join('')}`).toEqual([]);
    }
  });

  test('the zones hold every kind of fact', () => {
    const kinds = new Set(zones.flatMap((zone) => shown(zone).facts.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(
      [
        'fell',
        'first',
        'no-ranks',
        'no-such-group',
        'no-units',
        'rose',
        'shared',
        'unranked',
        'vetoed',
      ].sort(),
    );
  });
});

const KINDS: Record<'leads' | 'moves' | 'lists', readonly RankingFact['kind'][]> = {
  leads: ['first', 'shared', 'no-ranks', 'no-units', 'no-such-group'],
  moves: ['rose', 'fell'],
  lists: ['vetoed', 'unranked'],
};

type Rows = ReturnType<typeof shown>['rows'];
const ids = (rows: Rows) => rows.map(({ unit, name }) => ({ unit, name }));
const most = (values: readonly number[]) => Math.max(...values);

/** The same, told from the rows once more: by totals and not by places. */
const CHECKS: Record<keyof typeof KINDS, (rows: Rows, group: string | null) => unknown[]> = {
  leads: (rows, group) => {
    if (rows.length === 0) return [group === null ? { kind: 'no-units' } : { kind: 'no-such-group', group }];
    const placed = rows.filter(({ total }) => total !== null);
    if (placed.length === 0) return [{ kind: 'no-ranks', units: rows.length }];
    const total = most(placed.map((row) => row.total ?? 0));
    const decimals = totalDecimals(rows);
    const first = placed.filter((row) => row.total === total);
    const others = placed.filter((row) => row.total !== total);
    if (first.length > 1)
      return [{ kind: 'shared', units: ids(first), total, decimals, everybody: others.length === 0 }];
    const next = most(others.map((row) => row.total ?? 0));
    const [low, high] = first[0]?.band ?? [0, 0];
    const peers = others.filter(({ band }) => band && low > 0 && band[0] <= high && low <= band[1]);
    return [
      {
        kind: 'first',
        unit: ids(first)[0],
        total,
        decimals,
        second:
          others.length === 0
            ? null
            : {
                units: ids(others.filter((row) => row.total === next)),
                lead: numberOf(writtenApart(total, next, decimals)[2] ?? ''),
              },
        certainty: low === 0 ? 'unknown' : peers.length > 0 ? 'close' : 'clear',
        peers: ids(peers),
      },
    ];
  },
  moves: (rows) =>
    [1, -1].flatMap((sign) => {
      const by = rows.map(({ rank, previousRank }) =>
        rank === null || previousRank == null ? 0 : sign * (previousRank - rank),
      );
      const places = most([0, ...by]);
      if (places === 0) return [];
      const units = ids(rows.filter((_, index) => by[index] === places));
      return [{ kind: sign > 0 ? 'rose' : 'fell', units, places }];
    }),
  lists: (rows) => {
    const vetoed = rows.filter(({ vetoes }) => vetoes.length > 0);
    const without = rows.filter(({ rank }) => rank === null);
    const someRanked = without.length < rows.length;
    return [
      ...(vetoed.length && someRanked ? [{ kind: 'vetoed', units: ids(vetoed) }] : []),
      ...(without.length && someRanked ? [{ kind: 'unranked', units: ids(without) }] : []),
    ];
  },
};

describe('what a unit is told of a ranking', () => {
  const nameless = { group: null, nameless: true };
  const [zone] = zones.filter(({ rows }) => rows.length > 3 && rows.every(({ rank }) => rank !== null));
  const rows = zone?.rows ?? [];

  test('is its own place, and never that nobody else has a score', () => {
    for (const own of rows) {
      const seen = rows.map((row) => (row === own ? row : { rank: row.rank, total: row.total }));
      const level = rows.filter(({ rank }) => rank === own.rank).length - 1;
      expect(rankingFacts(seen, nameless)).toMatchObject([
        { kind: 'own', rank: own.rank, level, of: own.of },
      ]);
      // Within its own group the nameless rows are left out; it is not alone for that, nor in its place.
      const within = { group: own.group, nameless: true, among: seen };
      expect(rankingFacts([own], within)).toMatchObject([{ kind: 'own', level }]);
    }
  });

  test('is with how many others it shares its place', () => {
    const placed = [1, 1, 3].map((rank, at) =>
      rankingRow({ unit: `u${at}`, name: `u${at}`, rank, of: 3, total: 80 }),
    );
    const seen = placed.map((row, at) => (at === 0 ? row : { rank: row.rank, total: row.total }));
    const said = (locale: 'zh-CN' | 'en') =>
      rankingAnswer(wordsOf(locale), rankingFacts(seen, nameless), { group: null, trial: false });
    expect(said('zh-CN')).toEqual(['u0 以 80.00 分与另外 1 个单位并列第 1 名，共 3 个单位。']);
    expect(said('en')).toEqual(['u0 shares place 1 of 3 with 1 other unit, with 80.00 points each.']);
    const alone = rankingFacts(seen.slice(0, 1), nameless);
    expect(rankingAnswer(wordsOf('zh-CN'), alone, { group: null, trial: false })).toEqual([
      'u0 以 80.00 分列第 1 名，共 3 个单位。',
    ]);
  });

  test('without a rank: that it has none, and how many have', () => {
    const own = rankingRow({ unit: 'u0', name: 'u0', rank: null, total: null });
    const others = [1, 1, null].map((rank) => ({ rank, total: rank && 80 }));
    const said = (locale: 'zh-CN' | 'en', among: typeof others) =>
      rankingAnswer(wordsOf(locale), rankingFacts([own, ...among], nameless), { group: null, trial: false });
    expect(said('zh-CN', others)).toEqual(['u0 还没有可计的要求，暂无名次；有名次的单位有 2 个。']);
    expect(said('en', others)[0]).toContain('2 other units have one');
    expect(said('zh-CN', others.slice(2))).toEqual(['还没有到期或完成的要求，暂时排不出名次。']);
    const within = rankingFacts([own], { group: 'farm', nameless: true, among: [own, ...others] });
    expect(within).toMatchObject([{ kind: 'own-unranked', ranked: 2 }]);
  });

  test('of another group: that it is not its own', () => {
    const facts = rankingFacts([], { group: 'school', nameless: true });
    expect(facts).toEqual([{ kind: 'other-group', group: 'school' }]);
    expect(rankingAnswer(wordsOf('zh-CN'), facts, { group: 'school', trial: false })[0]).toContain(
      '不在“学校”之列',
    );
  });
});

test('a group in which nobody leads the zone has a leader of its own', () => {
  const others = zones.filter(({ rows, group }) => {
    const own = rows.filter((row) => row.group === group && row.rank !== null);
    return own.length > 0 && own.every(({ rank }) => rank !== 1);
  });
  expect(others.length).toBeGreaterThan(20);
  for (const zone of others) {
    const { rows, facts } = shown(zone);
    const [head] = facts;
    const leaders = unitsOf(rows.filter(({ groupRank }) => groupRank === 1));
    expect(
      head?.kind === 'first' ? [head.unit.unit] : head?.kind === 'shared' && unitsOf(head.units),
    ).toEqual(leaders);
  }
});

describe('columns of one quantity have one number of decimals', () => {
  test('in all random zones: the ranking, two years, a seal beside the present', () => {
    let apart = 0;
    for (const { seed, rows, plan } of zones) {
      const expected = totalDecimals(rows);
      if (expected > 2) apart++;
      for (const place of ['screen', 'sheet', 'page'] as const) {
        const { columns } = tableAt(rankingTable(speechOf('zh-CN'), plan, { compared: true }), rows, place);
        for (const { id, decimals } of columns)
          if (id === 'total' || id === 'uncapped') expect(decimals, `seed ${seed}, ${place}`).toBe(expected);
      }
      const two = rows.map((row) => ({
        ...row,
        ...{ now: row, before: row, sealed: row, live: row, points: 0, places: 0, since: null },
      }));
      const years = tableAt(
        changeTable(speechOf('zh-CN'), '', { year: 2026, other: 2025, absent: '', since: String }),
        two,
        'sheet',
      );
      const seal = tableAt(sealDifferenceTable(speechOf('zh-CN'), ''), two, 'sheet');
      for (const { columns } of [years, seal]) {
        const totals = columns.filter(({ id }) => /total/i.test(id)).map(({ decimals }) => decimals);
        expect(new Set(totals).size, `seed ${seed}`).toBe(1);
      }
    }
    expect(apart).toBeGreaterThan(3);
  });
});
