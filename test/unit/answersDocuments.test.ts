import { describe, expect, test } from 'vitest';
import type { Frame } from '#api/exports/report/frame.ts';
import { frameOf, ranked } from '#api/exports/report/frame.ts';
import type { Report, Section } from '#api/exports/report/model.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { gapMatrixOf } from '#schemas/gaps.ts';
import { PAIRS_TOLD } from '#schemas/presentation/answers/pairs.ts';
import { dayText } from '#schemas/presentation/days.ts';
import {
  countText,
  exactMean,
  exactSum,
  plainText,
  pointsText,
  shareText,
} from '#schemas/presentation/numbers.ts';
import { nameIn } from '#schemas/presentation/speech.ts';
import { cellText, type Table } from '#schemas/presentation/table.ts';
import { windowName } from '#schemas/presentation/tables/shared.ts';
import type { GapMatrix, Standing } from '#schemas/results/results.ts';
import { standingOf } from '#schemas/standing.ts';
import { seeded } from '#test/reference/random.ts';
import { boardIn, teachingIn } from '#test/support/board.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { strayWords } from '#test/support/sentences.ts';
import { question } from '../support/documents.ts';

/**
 * Every sentence of every document, in both languages, over random zones: each number and each name in it stands in the
 * tables of its own section, or is counted in the rows that these are made of.
 */

const LANGUAGES = ['zh-CN', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

/** A zone with everything that documents are made of: sometimes with awards, compared, or as known earlier. */
const zones = Array.from({ length: ZONES }, (_, seed) => {
  const { plan, now, question: asked, rows: all, group, trial } = randomZone(seed);
  const random = seeded(seed);
  const rows = group === null ? all : all.filter((row) => row.group === group);
  const units = new Set(rows.map(({ unit }) => unit));
  const head = {
    ...{ basis: asked.basis, on: asked.on, asOf: null, watermark: '0', complete: true },
    plan: { year: plan.year, version: plan.version },
  };
  const verdicts = now.ranked.verdicts.filter(({ tally }) => units.has(tally.unit));
  const matrix = gapMatrixOf(now.judge, { rows, verdicts });
  const gaps = { ...matrix, ...head } as GapMatrix;
  const at = seed % Math.max(1, rows.length);
  const [verdict, row] = [verdicts[at], rows[at]];
  const standing: Standing | undefined =
    verdict && row
      ? {
          ...{ row, ...standingOf(now.judge, verdict, now.ranked), ...head },
          selfInspection: random.chance(0.5)
            ? {
                recordedOn: `${plan.year}-11-30`,
                criteria: Object.fromEntries(
                  plan.criteria.map(({ id }) => [
                    id,
                    { selfScore: random.pick([0, 50, 100, 33.3333]), shortcomings: '', remedies: '' },
                  ]),
                ),
              }
            : null,
        }
      : undefined;
  const honoured = random.chance(0.3) ? rows.filter(({ rank }) => rank !== null && rank <= 2) : [];
  const stranger = { unit: 'of-another-group-9', honour: 'h', reason: 'r' };
  const awards = random.chance(0.3)
    ? [stranger, ...honoured.flatMap(({ unit }) => [{ unit, honour: 'h', reason: 'r' }])]
    : [];
  const compared = rows.some(({ previousRank }) => previousRank !== undefined);
  const reportData = {
    ...{ plan, rows, gaps, standing, awards },
    board: boardIn(now.judge, { ...now.ranked, rows: all }, group ?? undefined),
    question: question({
      ...{ year: plan.year, basis: asked.basis, on: asked.on },
      ...(group !== null && { group }),
      ...(trial && { trial: true }),
      ...(compared && { compareTo: `${plan.year}-03-31T08:00:00.000Z` }),
      ...(random.chance(0.2) && { asOf: `${plan.year}-10-31T08:00:00.000Z` }),
    }),
  };
  return { seed, reportData };
});
type Zone = (typeof zones)[number];

const DOCUMENTS = ['ranking', 'meeting', 'gaps', 'unit'] as const;
function* reportsOf(zone: Zone, language: Language): Generator<Report> {
  for (const document of DOCUMENTS)
    if (document !== 'unit' || zone.reportData.standing)
      yield reportOf(document, zone.reportData, language, 'pages');
}

const said = ({ findings, answer = '', points = [] }: Section): string[] => [
  ...findings,
  answer,
  ...points.map(({ lead, text }) => lead + text),
];
const upTo = (most: number): string[] => Array.from({ length: most + 1 }, (_, count) => countText(count));
const cellsOf = (tables: readonly Table[]): string[] =>
  tables.flatMap(({ columns, rows }) =>
    rows.flatMap((row) =>
      columns.map((column, at) => cellText(row[at] ?? null, column).replace(/^[+−]/, '')),
    ),
  );

/** Names and days that a sentence may have, whatever digits are in them. */
function namesIn(frame: Frame): string[] {
  const { plan, rows, standing, question: asked, language, name, term } = frame;
  const items = [
    ...plan.requirements,
    ...plan.deductions,
    ...plan.vetoes,
    ...plan.criteria,
    ...plan.conditions,
  ];
  const days = [
    ...(standing?.requirements.flatMap(({ due }) => due ?? []) ?? []),
    ...(standing?.conditions.map(({ by }) => by) ?? []),
  ];
  return [
    ...rows.flatMap((row) => [row.name, term(row.group)]),
    ...items.map((item) => nameIn(frame, items, item.id)),
    // As the plan has it, and with brackets as wide as Chinese ones.
    ...plan.requirements.flatMap(({ clause }) => [clause, clause.replace(/\((.*?)\)/g, '（$1）')]),
    ...(standing?.requirements.flatMap(({ windows }) =>
      windows.map(({ label }) => windowName(frame, label)),
    ) ?? []),
    ...days.map((day) => dayText(language, day)),
    dayText(language, `${plan.year}-03-31`),
    term(asked.group ?? ''),
    name(plan.title),
  ];
}

/** What may be counted in the rows that a section is made of. */
function countedIn(frame: Frame, id: string): (string | number)[] {
  const { rows, gaps, standing, totalText } = frame;
  const totals = rows.flatMap(({ total }) => total ?? []);
  const top = Math.max(1, Math.ceil((rows[0]?.of ?? 0) / 10));
  const units = upTo(rows.length);
  switch (id) {
    case 'overall':
      return [
        ...units,
        countText(top),
        totalText(exactMean(totals)),
        ...rows.flatMap((row) => [totalText(row.total), totalText(row.totalWithoutVeto)]),
        ...rows.map(({ rank, previousRank }) => Math.abs((previousRank ?? 0) - (rank ?? 0))),
      ];
    case 'groups':
      return [];
    case 'criteria':
      return [60, ...units];
    case 'misses':
    case 'next':
      return [
        ...upTo(Math.max(gaps?.requirements.length ?? 0, rows.length)),
        ...(gaps?.requirements.map(({ mean }) => shareText(mean)) ?? []),
      ].flatMap((figure) => [figure, figure.replace(/[<>%]/g, '')]);
    case 'incidents':
      return [
        ...units,
        ...upTo(rows.flatMap(({ deductions }) => deductions).reduce((sum, { count }) => sum + count, 0)),
        ...(standing?.row.deductions.flatMap(({ count, points }) => [count, plainText(points)]) ?? []),
        totalText(standing?.row.total ?? null),
        totalText(standing?.row.totalWithoutVeto ?? null),
      ];
    case 'profile': {
      const { rank, of, groupRank, band, total } = standing?.row ?? {};
      const counted = standing?.requirements.length ?? 0;
      const ranked = rows.filter(({ rank: own, group }) => own !== null && group === standing?.row.group);
      return [
        ...[rank ?? 0, of ?? 0, groupRank ?? 0, ranked.length, ...(band ?? [])],
        ...[totalText(total ?? null), ...upTo(counted)],
      ];
    }
    case 'unitGaps': {
      const short =
        standing?.requirements.filter(({ attainment }) => attainment !== null && attainment < 1) ?? [];
      const lost = exactSum(short.map((row) => row.lost ?? 0));
      return [
        ...upTo(short.length),
        ...[2, 3, 4].map((decimals) => pointsText(lost, decimals)),
        ...short.map(({ attainment }) => shareText(attainment).replace(/[<>%]/g, '')),
        ...short.flatMap(({ windows }) =>
          windows.flatMap(({ actual, required }) => [plainText(actual), plainText(required)]),
        ),
        ...short.flatMap(({ rankIfClosed }) => rankIfClosed ?? []),
        standing?.row.rank ?? 0,
      ];
    }
    case 'conditions':
      return upTo(standing?.conditions.length ?? 0);
    case 'due':
      return [...upTo(standing?.requirements.length ?? 0), frame.plan.year];
    case 'self':
      return [10, ...upTo(frame.plan.criteria.length)];
    case 'pairs':
      return [PAIRS_TOLD, ...units];
    case 'candidates':
    case 'awards':
      return [1, ...units, countText(top)];
    default:
      return units;
  }
}

describe.each(LANGUAGES)('what a document says in %s follows from its own tables', (language) => {
  test('every number and name of every sentence', () => {
    const seen = new Set<string>();
    const faults: string[] = [];
    for (const zone of zones) {
      const frame = frameOf(zone.reportData, language);
      const names = namesIn(frame);
      for (const { document, sections } of reportsOf(zone, language))
        for (const section of sections) {
          seen.add(section.id);
          const tables = [...section.tables, ...(section.slide ? [section.slide] : [])];
          const lines = tables.map(({ rows }) => rows.length);
          const figures = [...cellsOf(tables), ...lines, ...countedIn(frame, section.id)].map((one) =>
            String(one).replaceAll(',', ''),
          );
          const told = said(section);
          const where = `seed ${zone.seed}, ${document}, ${section.id}: ${told.join(' ')}`;
          const stray = strayWords(told, names, figures);
          const holes = told.join('').match(/undefined|null|NaN|–(?!\d)|of-another-group/g) ?? [];
          if (stray.length + holes.length > 0) faults.push(`${[...stray, ...holes].join(' ')} in ${where}`);
        }
    }
    expect(faults.slice(0, 9)).toEqual([]);
    expect([...seen].sort()).toEqual(
      [
        ...['awards', 'byCriterion', 'candidates', 'conditions', 'criteria', 'due', 'groups', 'incidents'],
        ...['misses', 'next', 'overall', 'pairs', 'profile', 'self', 'strengths', 'unitGaps'],
      ].sort(),
    );
  });

  test('a list that ends among equals says how many are left out', () => {
    const seen = { level: 0, whole: 0 };
    for (const zone of zones) {
      const { gaps } = zone.reportData;
      const shares = gaps.requirements
        .flatMap(({ short, counted }) => (counted > 0 && short > 0 ? short / counted : []))
        .sort((a, b) => b - a);
      for (const report of reportsOf(zone, language)) {
        if (report.document !== 'gaps') continue;
        const [misses, next] = ['misses', 'next'].map((id) => report.sections.find((one) => one.id === id));
        for (const [section, most] of [
          [misses, 5],
          [next, 3],
        ] as const) {
          const level = shares.slice(most).filter((share) => share === shares[most - 1]).length;
          const text = section?.findings.join('') ?? '';
          const told = /另有 (\d+) 项|(\d+) more ha/.exec(text);
          expect(Number(told?.[1] ?? told?.[2] ?? 0), `seed ${zone.seed}: ${text}`).toBe(level);
          seen[level > 0 ? 'level' : 'whole']++;
        }
      }
    }
    expect(Math.min(seen.level, seen.whole)).toBeGreaterThan(20);
  });

  test('pairs that are cut say of each topic how many units are left out, and how many of them level', () => {
    const seen = { left: 0, level: 0, none: 0, requirements: 0 };
    for (const zone of zones) {
      const { now, rows } = randomZone(zone.seed);
      const { group } = zone.reportData.question;
      const ranked = { ...now.ranked, rows };
      const everybody = teachingIn({ judge: now.judge, ranked, group, most: 10_000 });
      const frame = frameOf(zone.reportData, language);
      const section = [...reportsOf(zone, language)]
        .find(({ document }) => document === 'meeting')
        ?.sections.find(({ id }) => id === 'pairs');
      const { of, lessons: told, left: untold } = zone.reportData.board;
      const topics = everybody.topics.filter((topic) => topic.of === of);
      const text = section?.findings.join('') ?? '';
      // Of requirements only where no type has pairs, and then of all that have some, or it is said how many are left.
      const types = everybody.topics.filter((topic) => topic.of === 'criterion' && topic.pairs.length > 0);
      expect(told.length > 0 && of === 'requirement', `seed ${zone.seed}`).toBe(
        types.length === 0 && everybody.agenda.length > 0,
      );
      if (of === 'requirement') {
        seen.requirements += told.length > 0 ? 1 : 0;
        expect(new Set(told.map(({ requirement }) => requirement)).size + untold).toBe(
          everybody.agenda.length,
        );
        expect(/没有列出|not listed\. ?$/.test(text), `seed ${zone.seed}: ${text}`).toBe(untold > 0);
      }
      const parts = topics.flatMap(({ id, name, lagging }) => {
        const learners = told
          .filter(({ criterion, requirement }) => (requirement ? requirement === name : criterion === id))
          .map(({ learner }) => learner.level);
        if (of === 'requirement' && learners.length === 0) return [];
        const last = learners.at(-1);
        const alike = (levels: readonly number[]) => levels.filter((level) => level === last).length;
        const left = lagging.length - learners.length;
        const level = alike(lagging.map((one) => one.level)) - alike(learners);
        seen.left += left > 0 ? 1 : 0;
        seen.level += level > 0 ? 1 : 0;
        return left > 0 ? [frame.words.say.unpairedAt[of](frame.name(name), left, level)] : [];
      });
      const expected = told.length > 0 && parts.length > 0;
      seen.none += expected ? 0 : 1;
      if (expected) for (const part of parts) expect(text, `seed ${zone.seed}`).toContain(part);
      else expect(text, `seed ${zone.seed}`).not.toMatch(/未列入|as well and are not listed/);
    }
    expect(Math.min(seen.left, seen.level, seen.none)).toBeGreaterThan(20);
    expect(seen.requirements).toBeGreaterThan(5);
  });

  test('a letter’s losses add up to the sum that it tells, or say why they do not', () => {
    const seen = { whole: 0, off: 0 };
    for (const zone of zones)
      for (const { sections } of reportsOf(zone, language))
        for (const section of sections.filter(({ id, tables }) => id === 'unitGaps' && tables.length > 0)) {
          const [table] = section.tables;
          const at = table?.columns.findIndex(({ id }) => id === 'lost') ?? -1;
          const column = table?.columns[at];
          const cents = (text: string): number => Math.round(Number(text.replace(/[^\d.]/g, '')) * 1e6);
          const sum = (table?.rows ?? [])
            .map((row) => (column ? cents(cellText(row[at] ?? null, column)) : 0))
            .reduce((all, one) => all + one, 0);
          const told = cents(/(?:共失 |costs? )([\d,.]+\d)/.exec(section.findings.join(''))?.[1] ?? '0');
          expect(sum !== told, `seed ${zone.seed}: ${section.findings.join('')}`).toBe(
            table?.note !== undefined,
          );
          seen[sum === told ? 'whole' : 'off']++;
        }
    expect(Math.min(seen.whole, seen.off)).toBeGreaterThan(20);
  });

  test('whoever is told to be ranked is counted in the ranks, also where fewer have a score', () => {
    const seen = { partly: 0 };
    for (const zone of zones) {
      const frame = frameOf(zone.reportData, language);
      const count = countText(ranked(frame.rows).length);
      for (const { document, sections } of reportsOf(zone, language)) {
        if (document === 'unit') continue;
        for (const section of sections)
          for (const text of said(section)) {
            for (const [, told] of text.matchAll(/([\d,]+) (?:ranked unit|个有名次的单位)/g))
              expect(told, `seed ${zone.seed}: ${text}`).toBe(count);
            const [, scored] = /([\d,]+) (?:units? with a score|个单位都是)/.exec(text) ?? [];
            if (scored !== undefined && scored !== count) seen.partly++;
          }
      }
    }
    expect(seen.partly).toBeGreaterThan(20);
  });

  test('a document speaks of pairs only where it shows them', () => {
    for (const zone of zones)
      for (const report of reportsOf(zone, language)) {
        const shown = report.sections.some(({ id, tables }) => id === 'pairs' && tables.length > 0);
        const next = report.sections.find(({ id }) => id === 'next')?.findings.join('') ?? '';
        expect(/结对|paired/.test(next), `seed ${zone.seed}`).toBe(report.document === 'meeting' && shown);
      }
  });

  test('movement is told with what it is against, and the past with when it was known', () => {
    const [march, october] = language === 'en' ? ['31 Mar', '31 Oct'] : ['3 月 31 日', '10 月 31 日'];
    const planned = language === 'en' ? 'the ranks under the plan’s weights' : '方案权重下的名次';
    for (const zone of zones) {
      const { compareTo, asOf, trial } = zone.reportData.question;
      for (const report of reportsOf(zone, language)) {
        const text = report.sections.flatMap(said).join('');
        if (/升幅最大|降幅最大|rose most|fell most/.test(text)) {
          // A trial is against the ranking that it departs from, and no other time.
          if (!trial) expect(compareTo, `seed ${zone.seed}`).toBeDefined();
          expect(text, `seed ${zone.seed}`).toContain(trial ? planned : march);
        }
        if (asOf) expect(report.letter.opening, `seed ${zone.seed}`).toContain(october);
      }
    }
  });
});
