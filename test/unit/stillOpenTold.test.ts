import { expect, test } from 'vitest';
import { fittedChart } from '#api/exports/pptx/fitted.ts';
import { chartSheetOf } from '#api/exports/report/pictures.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { gapMatrixOf } from '#schemas/gaps.ts';
import { unitFacts } from '#schemas/presentation/answers/unit.ts';
import type { GapMatrix, RankingRow, Standing } from '#schemas/results/results.ts';
import { standingOf } from '#schemas/standing.ts';
import { windowsOf } from '#schemas/windows.ts';
import { boardIn } from '#test/support/board.ts';
import { randomZone, standingsOf, ZONES } from '#test/support/randomZone.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { slidesOf } from '../../dashboard/pages/meeting/slides.ts';
import { question } from '../support/documents.ts';

/**
 * Whoever counts what is missed on a day on which something ends says that this is not missed yet, on every paper and
 * slide; on other days nobody does.
 */

const LOCALES = ['zh-CN', 'en'] as const;
const SAID = { 'zh-CN': '今天到期的还可以做', en: /hat is due today can still be done/ };
const OF_UNIT = {
  'zh-CN': /其中 \d+ 项只差今天截止的，还可以完成。/,
  en: /of these lacks? only what ends today/,
};
const ALL_MET = /各单位全部达标|meet everything/;

/** Zones on the last days of windows and the days before, each of them being today, on both bases. */
const seen = Array.from({ length: ZONES / 10 }, (_, seed) => {
  const { plan, now } = randomZone(seed);
  const tallies = now.ranked.verdicts.map(({ tally }) => tally);
  const ends = plan.requirements.flatMap(({ measure }) =>
    'per' in measure ? windowsOf(plan.year, measure.per).map(({ to }) => to) : [],
  );
  return [...new Set([...ends.slice(0, 3), ends.at(-1) ?? '', `${plan.year}-12-31`, `${plan.year}-05-13`])]
    .filter(Boolean)
    .flatMap((on) =>
      (['to-date', 'year'] as const).map((basis) => {
        const { judge, ranked } = standingsOf(plan, tallies, { basis, on, lasts: true });
        const head = {
          ...{ basis, on, asOf: null, watermark: '0', complete: true },
          plan: { year: plan.year, version: plan.version },
        };
        const gaps = { ...gapMatrixOf(judge, ranked), ...head } as GapMatrix;
        const [verdict] = ranked.verdicts;
        const row = ranked.rows[0] as RankingRow | undefined;
        const standing =
          verdict && row
            ? ({
                ...{ row, ...standingOf(judge, verdict, ranked), ...head },
                selfInspection: null,
              } as Standing)
            : undefined;
        const rows = ranked.rows as RankingRow[];
        const asked = question({ year: plan.year, basis, on });
        const board = boardIn(judge, ranked);
        return { where: `seed ${seed}, ${on}, ${basis}`, plan, rows, gaps, board, standing, question: asked };
      }),
    );
}).flat();

const isOpen = ({ gaps }: (typeof seen)[number]): boolean =>
  gaps.requirements.some(({ open = 0 }) => open > 0);
const isMissed = ({ gaps }: (typeof seen)[number]): boolean =>
  gaps.requirements.some(({ short }) => short > 0);

test.each(LOCALES)('documents, their slides and their pictures tell it in %s', (language) => {
  const told = { open: 0, missed: 0, shut: 0 };
  for (const one of seen) {
    const { where, standing: _, ...reportData } = one;
    const open = isOpen(one);
    const has = (text: string): boolean => new RegExp(SAID[language]).test(text);
    for (const document of ['ranking', 'meeting', 'gaps'] as const) {
      const { sections, cover } = reportOf(document, reportData, language, 'pages');
      const misses = sections.find(({ id }) => id === 'misses');
      expect(has(misses?.findings.join('') ?? ''), `${where}, ${document}`).toBe(open);
      // A workbook has its first sheet alone to say it on.
      expect(has(cover.map(([, value]) => value).join('')), `${where}, ${document}`).toBe(open);
      // Nobody is told to have met everything while something can still be missed.
      const said = sections.flatMap(({ findings }) => findings).join('');
      if (open) expect(said, `${where}, ${document}`).not.toMatch(ALL_MET);
      for (const chart of misses?.charts ?? [])
        expect(has(fittedChart({ language }, chart).note ?? ''), where).toBe(open);
    }
    expect(has(chartSheetOf('gaps', reportData, language, 'misses').notes.join('')), where).toBe(open);
    told[open ? 'open' : 'shut']++;
    if (open && isMissed(one)) told.missed++;
  }
  expect(Math.min(...Object.values(told))).toBeGreaterThan(5);
});

test.each(LOCALES)('the slide on screen tells it in %s, and calls nothing met that is open', (locale) => {
  const words = wordsOf(locale);
  for (const one of seen) {
    const { where, plan, rows, gaps } = one;
    const facts = {
      plan,
      rows,
      gaps,
      group: null,
      candidates: [],
      awards: [],
      teaching: { topics: [], agenda: [] },
    };
    const ids = ['misses', 'next'] as const;
    const slides = slidesOf(words, { ...facts, sentence: '', ids, over: true });
    const misses = slides.find(({ id }) => id === 'misses');
    const text = `${misses?.answer ?? ''}${misses?.note ?? ''}`;
    expect(text.includes(words.say('gaps.stillOpen')), where).toBe(isOpen(one));
    const all = slides.flatMap(({ answer, lines }) => [answer, ...lines.map(({ name }) => name)]).join('');
    if (isOpen(one)) expect(all, where).not.toMatch(ALL_MET);
  }
});

test.each(LOCALES)(
  'the letter to a unit tells in %s how many of its gaps are of this kind, as its page does',
  (language) => {
    let open = 0;
    for (const { where, standing, ...reportData } of seen) {
      if (!standing) continue;
      const report = reportOf('unit', { ...reportData, standing }, language, 'pages');
      const gaps = report.sections.find(({ id }) => id === 'unitGaps');
      const isTold = unitFacts(standing).some(({ kind }) => kind === 'still-open');
      expect(OF_UNIT[language].test(gaps?.findings.join('') ?? ''), where).toBe(isTold);
      if (isTold) open++;
    }
    expect(open).toBeGreaterThan(5);
  },
);
