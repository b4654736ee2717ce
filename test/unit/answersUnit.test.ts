import { describe, expect, test } from 'vitest';
import { frameOf } from '#api/exports/report/frame.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { placeFacts } from '#schemas/presentation/answers/letter.ts';
import { gapsOf, unitFacts } from '#schemas/presentation/answers/unit.ts';
import { countText, exactSum, plainText, pointsText, shareText } from '#schemas/presentation/numbers.ts';
import type { Standing } from '#schemas/results/results.ts';
import { standingOf } from '#schemas/standing.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { strayWords } from '#test/support/sentences.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { unitAnswer } from '../../dashboard/pages/unit/answer.ts';
import { question } from '../support/documents.ts';

const LOCALES = ['zh-CN', 'en'] as const;

/** One unit of each zone, with what its page and its letter are made of. */
const cases = Array.from({ length: ZONES }, (_, seed) => randomZone(seed)).flatMap(
  ({ seed, plan, now, question: asked, rows }) => {
    const { judge, ranked } = now;
    const at = seed % Math.max(1, ranked.verdicts.length);
    const [verdict, row] = [ranked.verdicts[at], rows[at]];
    if (!verdict || !row) return [];
    const standing: Standing = {
      row,
      ...standingOf(judge, verdict, ranked),
      selfInspection: null,
      ...{ plan: { year: plan.year, version: 1 }, basis: asked.basis, on: asked.on },
      ...{ asOf: null, complete: true, watermark: '0' },
    };
    return [{ seed, plan, rows, standing }];
  },
);
const upTo = (most: number): string[] => Array.from({ length: most + 1 }, (_, count) => countText(count));
const short = ({ requirements }: Standing) =>
  requirements.filter(({ attainment }) => attainment !== null && attainment < 1);

describe('what is said of a unit follows from its requirements and conditions', () => {
  test('in every random zone: the gaps, all that lose most, what was missed, the best single way up', () => {
    const seen = new Set<string>();
    for (const { seed, standing } of cases) {
      const facts = unitFacts(standing);
      for (const { kind } of facts) seen.add(kind);
      const [head] = facts;
      const gaps = short(standing);
      const lost = gaps.map((gap) => gap.lost ?? 0);
      const most = Math.max(0, ...lost);
      const counted = standing.requirements.some(({ attainment }) => attainment !== null);
      if (gaps.length === 0) expect(head?.kind, `seed ${seed}`).toBe(counted ? 'full' : 'nothing');
      else
        expect(head, `seed ${seed}`).toMatchObject({
          ...{ kind: 'gaps', gaps: gaps.length, lost: exactSum(lost), points: most },
        });
      const worst = head?.kind === 'gaps' ? head.worst.map(({ id }) => id).sort() : [];
      expect(worst, `seed ${seed}`).toEqual(
        gaps
          .filter((gap) => most > 0 && gap.lost === most)
          .map(({ id }) => id)
          .sort(),
      );
      const now = standing.row.rank;
      const reach = gaps.flatMap(({ id, rankIfCaughtUp }) =>
        now !== null && rankIfCaughtUp !== null && rankIfCaughtUp < now ? [{ id, rank: rankIfCaughtUp }] : [],
      );
      const best = Math.min(...reach.map(({ rank }) => rank));
      const climb = facts.find(({ kind }) => kind === 'climb');
      expect(climb?.kind === 'climb' ? climb.items.map(({ id }) => id).sort() : [], `seed ${seed}`).toEqual(
        reach
          .filter(({ rank }) => rank === best)
          .map(({ id }) => id)
          .sort(),
      );
      const { deductions, vetoes, total, totalWithoutVeto } = standing.row;
      expect(facts.some(({ kind }) => kind === 'deducted')).toBe(deductions.some(({ points }) => points > 0));
      // What nothing is left of takes no more.
      for (const fact of facts)
        if (fact.kind === 'deducted')
          expect(fact.floored).toBe(Object.values(standing.row.criteria).includes(0));
      const vetoed = facts.find((fact) => fact.kind === 'vetoed');
      expect(vetoed !== undefined, `seed ${seed}`).toBe(vetoes.length > 0);
      if (vetoed) expect(vetoed.total).toBe(total === totalWithoutVeto ? null : total);
      if (climb?.kind === 'climb') expect([climb.rank, climb.now]).toEqual([best, now]);
      const late = standing.conditions.filter(({ status }) => status === 'missed').length;
      const missed = facts.find(({ kind }) => kind === 'missed');
      expect(missed?.kind === 'missed' ? missed.conditions : 0).toBe(late);
    }
    expect([...seen].sort()).toEqual([
      'climb',
      'deducted',
      'due',
      'full',
      'gaps',
      'missed',
      'nothing',
      'vetoed',
    ]);
  });

  test('what is any one of several is told with “or”, and what is all of them with “and”', () => {
    const words = wordsOf('en');
    let several = 0;
    for (const { seed, standing } of cases)
      for (const sentence of unitAnswer(words, standing)) {
        if (!sentence.includes('any one of')) continue;
        several++;
        const bare = sentence.replaceAll(/“[^”]*”/g, '“”');
        expect(bare, `seed ${seed}`).toMatch(/“” or (?:“”|one of \d+ more)/);
        expect(bare).not.toContain('and');
      }
    expect(several).toBeGreaterThan(10);
  });

  test.each(LOCALES)('every number and name in %s stands on the page', (locale) => {
    const words = wordsOf(locale);
    for (const { seed, standing } of cases) {
      const said = unitAnswer(words, standing);
      const figures = [
        ...upTo(standing.requirements.length + standing.conditions.length),
        ...gapsOf(standing).flatMap(({ lost, rankIfCaughtUp }) => [words.score(lost), rankIfCaughtUp]),
        words.score(exactSum(gapsOf(standing).map(({ lost }) => lost ?? 0))),
        standing.row.rank,
        plainText(exactSum(standing.row.deductions.map(({ points }) => points))),
        ...[standing.row.total, standing.row.totalWithoutVeto].map((total) => words.score(total)),
      ];
      const days = standing.requirements.flatMap(({ windows }) => windows.map(({ to }) => words.day(to)));
      const names = [
        standing.row.name,
        ...[...standing.requirements, ...standing.conditions].flatMap(({ name, id }) => [
          name ? words.name(name) : id,
        ]),
        ...days,
        ...standing.conditions.map(({ by }) => words.day(by)),
      ];
      expect(strayWords(said, names, figures), `seed ${seed}: ${said.join('')}`).toEqual([]);
    }
  });
});

test('a letter tells the place among all and in the group, and how sure it is wherever that is known', () => {
  const seen = new Set<string>();
  for (const { seed, standing, rows } of cases) {
    const { rank, total, of, group, groupRank, band } = standing.row;
    const facts = placeFacts(standing, rows);
    for (const { kind } of facts) seen.add(kind);
    const groupOf = rows.filter((row) => row.group === group && row.rank !== null).length;
    const place = { kind: 'place', total, rank, of, groupRank, groupOf };
    const head = rank === null ? { kind: 'no-place' } : of === 1 ? { kind: 'only', total } : place;
    expect(facts[0], `seed ${seed}`).toEqual(head);
    const told = facts.find((fact) => fact.kind === 'band');
    expect(told, `seed ${seed}`).toEqual(
      rank !== null && of > 1 && band ? { kind: 'band', best: band[0], worst: band[1] } : undefined,
    );
  }
  expect([...seen].sort()).toEqual(['band', 'met', 'no-place', 'only', 'place']);
});

describe.each(LOCALES)('what a feedback letter in %s says follows from its tables', (language) => {
  test('every number and name, and nothing is praised or blamed that the medians do not show', () => {
    const words = wordsOf(language);
    for (const { seed, plan, rows, standing } of cases) {
      const { basis, on } = standing;
      const peers = rows.filter(({ group }) => group === standing.row.group);
      const data = { plan, question: question({ year: plan.year, basis, on }), rows: peers, standing };
      const frame = frameOf(data, language);
      const report = reportOf('unit', data, language, 'pages');
      const profile = report.sections.find(({ id }) => id === 'profile')?.tables[0];
      const scores = profile?.rows.flatMap((cells) => cells.slice(2)) ?? [];
      const two = [2, 3, 4].flatMap((decimals) =>
        scores.map((cell) => (typeof cell === 'number' ? pointsText(cell, decimals) : null)),
      );
      const { row, requirements, conditions } = standing;
      const said = report.sections.flatMap(({ findings, points = [] }) => [
        ...findings,
        ...points.flatMap(({ lead, text }) => [lead, text]),
      ]);
      const lost = gapsOf(standing).map((gap) => gap.lost ?? 0);
      const figures = [
        ...two,
        ...upTo(Math.max(row.of, requirements.length, conditions.length, 10)),
        ...[row.total, row.totalWithoutVeto].map(frame.totalText),
        ...[...lost, exactSum(lost)].flatMap((points) =>
          [2, 3, 4].map((decimals) => pointsText(points, decimals)),
        ),
        plan.year,
        ...requirements.map(({ attainment }) => shareText(attainment).replace(/[<>%]/g, '')),
        ...requirements.flatMap(({ windows }) =>
          windows.flatMap((one) => [plainText(one.actual), plainText(one.required)]),
        ),
        ...row.deductions.flatMap(({ count, points }) => [count, plainText(points)]),
      ];
      const names = [
        row.name,
        frame.term(row.group),
        ...[...requirements, ...conditions, ...plan.deductions, ...plan.vetoes].flatMap((one) => [
          one.name ? frame.name(one.name) : one.id,
          one.clause,
        ]),
        ...[...requirements.flatMap(({ due }) => due ?? []), ...conditions.map(({ by }) => by)].flatMap(
          (day) => [words.day(day), words.day(day).replaceAll(' ', '')],
        ),
        ...requirements.flatMap(({ windows }) => windows.map(({ label }) => frame.window(label))),
      ];
      expect(strayWords(said, names, figures), `seed ${seed}: ${said.join('\n')}`).toEqual([]);

      const [above, below] = [/高于同类单位中位数|Above the median/, /低于同类单位中位数|Below the median/];
      const apart = (profile?.rows ?? []).flatMap(([, , own, median]) =>
        typeof own === 'number' && typeof median === 'number' ? [own - median] : [],
      );
      const [better, worse] = [apart.some((points) => points > 0), apart.some((points) => points < 0)];
      expect(above.test(said.join('')), `seed ${seed}`).toBe(better);
      expect(below.test(said.join('')), `seed ${seed}`).toBe(worse);
      // Whoever is barred is not said to meet everything.
      const met = /评优条件已全部满足|meets all conditions/.test(said.join(''));
      const all = row.eligible && conditions.every(({ status }) => status === 'met');
      expect(met, `seed ${seed}`).toBe(all);
    }
  });
});
