import { describe, expect, test } from 'vitest';
import { reportOf } from '#api/exports/report/report.ts';
import { candidatesOf } from '#schemas/candidates.ts';
import { type Deck, SLIDES, type SlideId, shownSlides } from '#schemas/deck.ts';
import { gapMatrixOf } from '#schemas/gaps.ts';
import { toldTopics } from '#schemas/presentation/answers/pairs.ts';
import { plainText } from '#schemas/presentation/numbers.ts';
import { nameIn } from '#schemas/presentation/speech.ts';
import type { Topic } from '#schemas/results/teaching.ts';
import { seeded } from '#test/reference/random.ts';
import { boardIn, teachingIn } from '#test/support/board.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { emptySlides, type SlideFacts, slidesOf } from '../../dashboard/pages/meeting/slides.ts';
import { question } from '../support/documents.ts';

/**
 * On screen, as PPTX and as PDF the meeting has the same slides in the same order, whatever the zone has to show: empty
 * zones, one unit, one group, nobody who rose, deductions without a veto, candidates or awards, pairs or none.
 */

const LOCALES = ['zh-CN', 'en'] as const;

/** The slides that the sections of a report are. */
const SLIDE_OF: Record<string, SlideId> = {
  overall: 'leaders',
  criteria: 'types',
  candidates: 'commended',
  awards: 'commended',
};

const zones = Array.from({ length: ZONES }, (_, seed) => {
  const { plan, now, question: asked, rows: all, group: wanted } = randomZone(seed);
  const random = seeded(seed + 77);
  const rows = wanted === null ? all : all.filter((row) => row.group === wanted);
  // A group that nobody belongs to has no documents; the zone has one, empty or not.
  const group = rows.length === 0 ? null : wanted;
  const told = group === null ? all : rows;
  const units = new Set(told.map(({ unit }) => unit));
  const ranked = { ...now.ranked, rows: all };
  const verdicts = now.ranked.verdicts.filter(({ tally }) => units.has(tally.unit));
  const gaps = {
    ...gapMatrixOf(now.judge, { rows: told, verdicts }),
    ...{ basis: asked.basis, on: asked.on, asOf: null, watermark: '0', complete: true },
    plan: { year: plan.year, version: plan.version },
  };
  const honoured = random.chance(0.3) ? told.slice(0, 3) : [];
  const award = { honour: 'h', reason: 'r', recordedtime: '', position: '1', eligible: true };
  const awards = [{ unit: 'gone-9', name: 'gone', group: group ?? 'farm' }, ...honoured].map(
    ({ unit, name, group: own }) => ({ ...award, unit, name, group: own, withdrawn: null }),
  );
  const quota = { quota: { share: 100_000 }, perGroup: { places: 1 } };
  const candidates = candidatesOf(now.judge, ranked, quota).candidates.flatMap((one) =>
    units.has(one.row.unit) ? [{ ...one, notable: [] }] : [],
  );
  const compared = told.some(({ previousRank }) => previousRank !== undefined);
  const scope = { compared, grouped: group !== null };
  const facts: SlideFacts = {
    ...{ plan, rows: told, group, candidates, awards, gaps },
    teaching: teachingIn({ judge: now.judge, ranked, group: group ?? undefined }),
  };
  const reportData = {
    ...{ plan, rows: told, gaps, awards },
    board: boardIn(now.judge, ranked, group ?? undefined),
    question: question({
      ...{ year: plan.year, basis: asked.basis, on: asked.on },
      ...(group !== null && { group }),
      ...(compared && { compareTo: `${plan.year}-03-31T08:00:00.000Z` }),
    }),
  };
  // All of them, in an order of one's own, or the usual ones.
  const slides = random.chance(0.5) ? [...SLIDES].sort(() => random.pick([-1, 1])).join(',') : undefined;
  const deck: Deck = slides === undefined ? {} : { slides };
  return { seed, facts, reportData, deck, scope };
});

describe.each(LOCALES)('the slides of every random zone, in %s', (locale) => {
  const words = wordsOf(locale);
  const made = zones.map((zone) => {
    const { facts, reportData, deck, scope } = zone;
    const screen = slidesOf(words, {
      ...{ ...facts, sentence: 'live', ids: shownSlides(deck, scope), chosen: deck.slides !== undefined },
    });
    return { ...zone, screen, paper: reportOf('meeting', reportData, locale, 'slides', deck).slides };
  });

  test('are the same on screen and in documents, in the same order', () => {
    const left = new Map<string, number>();
    for (const { seed, screen, paper, deck } of made) {
      const ids = paper.map((slide) => (slide === 'cover' ? slide : (SLIDE_OF[slide.id] ?? slide.id)));
      expect(
        screen.map(({ id }) => id),
        `seed ${seed}`,
      ).toEqual(ids);
      if (deck.slides !== undefined) expect(ids).toHaveLength(SLIDES.length);
      else for (const id of SLIDES) if (!ids.includes(id)) left.set(id, (left.get(id) ?? 0) + 1);
    }
    // Every slide but two is left out somewhere.
    expect([...left.keys()].sort()).toEqual(SLIDES.filter((id) => id !== 'cover' && id !== 'next').sort());
  });

  test('show something exactly where they are not said to have nothing to show', () => {
    for (const { seed, facts, screen, paper, deck } of made) {
      const nothing = new Set<string>(emptySlides(facts));
      for (const [at, { id, lines, answer }] of screen.entries()) {
        const where = `seed ${seed}: ${id}`;
        expect(lines.length > 0 || (answer !== '' && answer !== words.say('slides.empty')), where).toBe(
          !nothing.has(id),
        );
        const section = paper[at];
        if (!section || section === 'cover') continue;
        const shows = section.tables.length + section.charts.length > 0;
        if (nothing.has(id)) expect(shows, where).toBe(false);
        expect(section.findings.length + (section.points?.length ?? 0), where).toBeGreaterThan(0);
        // What a section tells by a table is no less on screen; without ranks the table of units has no leaders.
        if (shows && id !== 'leaders') expect(lines.length, where).toBeGreaterThan(0);
      }
      if (deck.slides === undefined) for (const { id } of screen) expect(nothing.has(id)).toBe(false);
    }
  });

  test('pair those on screen whom documents pair', () => {
    let told = 0;
    for (const { seed, screen, reportData } of made) {
      const pairs = reportData.board.lessons.map(({ learner, teacher }) =>
        words.say('slides.learns', { learner: learner.name, teacher: teacher.name }),
      );
      for (const { name } of screen.find(({ id }) => id === 'pairs')?.lines ?? []) {
        expect(pairs, `seed ${seed}`).toContain(name);
        told++;
      }
    }
    expect(told).toBeGreaterThan(100);
  });

  test('name what to close first, and how many more as great a share of units misses', () => {
    const seen = { level: 0, whole: 0 };
    for (const { seed, screen, facts } of made) {
      const shares = facts.gaps.requirements
        .flatMap(({ short, counted }) => (short > 0 ? short / counted : []))
        .sort((a, b) => b - a);
      if (shares.length === 0) continue;
      const level = shares.slice(3).filter((share) => share === shares[2]).length;
      const told = screen.find(({ id }) => id === 'next')?.lines[0]?.detail ?? '';
      expect(Number(/\d+/.exec(told)?.[0] ?? 0), `seed ${seed}: ${told}`).toBe(level);
      seen[level > 0 ? 'level' : 'whole']++;
    }
    expect(Math.min(seen.level, seen.whole)).toBeGreaterThan(20);
  });

  test('tell every veto and deduction, or how many more there are, also where nobody is vetoed', () => {
    const seen = { deducted: 0, vetoed: 0, both: 0, more: 0 };
    for (const { seed, screen, facts } of made) {
      const slide = screen.find(({ id }) => id === 'incidents');
      const vetoed = facts.rows.filter(({ vetoes }) => vetoes.length > 0);
      const deducted = facts.rows.flatMap(({ name, deductions }) =>
        deductions.map(({ id, points, count }) => {
          const { criterion = '' } = facts.plan.deductions.find((one) => one.id === id) ?? {};
          return { name, figure: [nameIn(words, facts.plan.criteria, criterion), plainText(points)], count };
        }),
      );
      if (vetoed.length + deducted.length === 0) continue;
      seen[deducted.length === 0 ? 'vetoed' : vetoed.length === 0 ? 'deducted' : 'both']++;
      const shown = slide?.lines ?? [];
      const left = vetoed.length + deducted.length - shown.length;
      expect(left > 0, `seed ${seed}`).toBe(slide?.note !== undefined);
      if (left > 0) expect(slide?.note).toContain(String(left));
      seen.more += left > 0 ? 1 : 0;
      expect(shown.map(({ name }) => name)).toEqual(
        [...vetoed, ...deducted].slice(0, shown.length).map(({ name }) => name),
      );
      for (const [at, { figure }] of shown.slice(vetoed.length).entries())
        for (const part of deducted[at]?.figure ?? ['?']) expect(figure, `seed ${seed}`).toContain(part);
      const times = deducted.reduce((sum, { count }) => sum + count, 0);
      if (times > 0) expect(slide?.answer, `seed ${seed}`).toContain(String(times));
    }
    expect(Math.min(seen.deducted, seen.vetoed, seen.both, seen.more), JSON.stringify(seen)).toBeGreaterThan(
      0,
    );
  });
});

describe('the pairs that are told', () => {
  const topic = (of: 'criterion' | 'requirement', id: string, pairs: number) =>
    ({ of, id, pairs: Array.from({ length: pairs }, () => ({})) }) as unknown as Topic;
  const requirements = Array.from({ length: 7 }, (_, at) => topic('requirement', `r${at}`, 1));
  const agenda = requirements.map(({ id }) => id).reverse();

  test('are those of the types, wherever one has any', () => {
    const told = toldTopics(
      [topic('criterion', 'a', 0), topic('criterion', 'b', 1), ...requirements],
      agenda,
    );
    expect([told.of, told.topics.map(({ id }) => id), told.left]).toEqual(['criterion', ['b'], 0]);
  });

  test('are else those of the agenda’s first requirements, with how many are not told', () => {
    const told = toldTopics([topic('criterion', 'a', 0), ...requirements], agenda);
    expect([told.of, told.topics.map(({ id }) => id), told.left]).toEqual([
      'requirement',
      ['r6', 'r5', 'r4', 'r3', 'r2'],
      2,
    ]);
    expect(toldTopics([topic('criterion', 'a', 0)], [])).toMatchObject({ topics: [], left: 0 });
  });
});
