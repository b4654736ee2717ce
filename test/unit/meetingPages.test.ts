import { describe, expect, it } from 'vitest';
import { wordsIn } from '#api/exports/report/frame.ts';
import { SLIDES } from '#schemas/deck.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import type { Topic } from '#schemas/results/teaching.ts';
import type { YearOnYearRow } from '#schemas/results/yearOnYear.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { differencesOf } from '../../dashboard/pages/freeze/differences.ts';
import { CHARTS } from '../../dashboard/pages/meeting/documents.ts';
import { movedTo, turned } from '../../dashboard/pages/meeting/placing.ts';
import { readDeck } from '../../dashboard/pages/meeting/readDeck.ts';
import { slideFor } from '../../dashboard/pages/meeting/slides.ts';
import { featuredPairs } from '../../dashboard/pages/teaching/topics.ts';
import { changesOf } from '../../dashboard/pages/yearOnYear/changes.ts';

const row = (unit: string, rank: number, total: number) => ({ unit, name: unit, rank, total }) as RankingRow;

describe('what has changed since a seal', () => {
  it('lists units whose rank or total differs, and those of one side alone, those with another total first', () => {
    const sealed = [row('a', 1, 90), row('b', 2, 80), row('c', 3, 70), row('gone', 4, 60)];
    const live = [row('c', 1, 95.1234), row('a', 2, 90), row('b', 2, 80), row('new', 4, 50)];
    const found = differencesOf(sealed, live).map(({ unit, places, points }) => [unit, places, points]);
    expect(found).toEqual([
      ['c', 2, 25.1234],
      ['gone', 0, 0],
      ['new', 0, 0],
      ['a', -1, 0],
    ]);
  });

  it('is nothing where nothing has', () => {
    expect(differencesOf([row('a', 1, 90)], [row('a', 1, 90)])).toEqual([]);
  });
});

describe('pictures that can be taken along', () => {
  const zone = (id: string) => CHARTS.find(({ chart, document }) => chart === id && document !== 'unit');

  it.each(LANGUAGES)('are offered in %s under the titles that they have', (language) => {
    const { chart } = wordsIn(language);
    const titles = {
      ...{ ranking: chart.ranking, groups: chart.groups, misses: chart.misses },
      requirements: chart.requirementMeans,
    };
    for (const [id, title] of Object.entries(titles)) {
      const offered = zone(id);
      if (!offered) throw new Error(`no chart ${id} is offered`);
      const name = wordsOf(language).say(`meeting.${offered.words}`);
      expect(name.replace(/图$/, '')).toBe(title);
    }
  });
});

describe('the keys of the slides', () => {
  it.each([
    ['ArrowRight', 0, 1],
    [' ', 0, 1],
    ['PageDown', 8, 8],
    ['ArrowLeft', 0, 0],
    ['PageUp', 3, 2],
    ['Home', 5, 0],
    ['End', 0, 8],
    ['x', 4, undefined],
  ])('%j at %i leads to %s', (key, at, to) => {
    expect(slideFor(key, at, 9)).toBe(to);
  });
});

describe('slides in another order', () => {
  const slides = SLIDES.map((id) => ({ id, shown: true }));
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

  it('are the same slides, the moved one at its place or at the end', () => {
    for (const id of SLIDES)
      for (const to of [-3, 0, 4, 99]) {
        const moved = movedTo(slides, id, to);
        expect(ids(moved).filter((one) => one !== id)).toEqual(SLIDES.filter((one) => one !== id));
        expect(ids(moved).indexOf(id)).toBe(Math.min(Math.max(to, 0), SLIDES.length - 1));
      }
  });

  it('never end with none of them shown', () => {
    let left = slides;
    for (const id of SLIDES.slice(1)) left = turned(left, id) ?? left;
    expect(left.filter(({ shown }) => shown)).toHaveLength(1);
    expect(turned(left, 'cover')).toBeNull();
    expect(turned(left, 'next')?.filter(({ shown }) => shown)).toHaveLength(2);
  });

  it('are read from an address without what is malformed in it', () => {
    expect(
      readDeck({ slides: 'cover,weather', occasion: '交流会', heldOn: 'soon', zone: ['a', 'b'] }),
    ).toEqual({
      occasion: '交流会',
    });
  });
});

describe('pairs that are named first', () => {
  it('names another learner for each topic while there is one', () => {
    const topic = (id: string, ...learners: string[]) =>
      ({ id, pairs: learners.map((unit) => ({ learner: { unit } })) }) as unknown as Topic;
    const found = featuredPairs([topic('x', 'last', 'b'), topic('y', 'last', 'c'), topic('z', 'last')]);
    expect(found.map(({ pair }) => pair.learner.unit)).toEqual(['last', 'c', 'last']);
  });
});

describe('a year against the one before', () => {
  it('follows the method, sorts by this year, and compares only what both years have', () => {
    const side = (rank: number, total: number) => ({ rank, total, criteria: {} });
    const unit = (
      id: string,
      now: ReturnType<typeof side> | null,
      before: ReturnType<typeof side> | null,
    ) => {
      const method = { now, before };
      const other = { now: before, before: now };
      return {
        ...{ unit: id, name: id, group: 'g', since: null },
        ...{ official: method, underOwn: method, underOther: other },
      };
    };
    const rows: YearOnYearRow[] = [
      unit('new', null, side(1, 90)),
      unit('b', side(2, 80.1), side(5, 70)),
      unit('a', side(1, 91), side(2, 92)),
    ];
    const days = { now: '2026-12-31', before: '2025-12-31' };
    const seen = (method: 'official' | 'underOther') =>
      changesOf(rows, method, null, days).map(({ unit, points, places }) => [unit, points, places]);
    expect(seen('official')).toEqual([
      ['a', -1, 1],
      ['b', 10.1, 3],
      ['new', null, null],
    ]);
    expect(seen('underOther').map(([id]) => id)).toEqual(['new', 'a', 'b']);
    expect(changesOf(rows, 'official', 'nobody', days)).toEqual([]);
  });
});
