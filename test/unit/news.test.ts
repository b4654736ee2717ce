import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeAgenda } from '#schemas/agenda.ts';
import { dayNumber, dayOfNumber } from '#schemas/dates.ts';
import { audiencesFor, audiencesOf, type Reader, shownTo } from '#schemas/news/readers.ts';
import {
  dueNews,
  mondayOf,
  publicationNews,
  type Standings,
  type Stood,
  stageOf,
  standingNews,
  stoodOf,
  vetoNews,
} from '#schemas/news/rules.ts';
import { newsText } from '#schemas/presentation/news/newsText.ts';
import { type Published, publicationOn } from '#schemas/publications.ts';
import { type NewsBody, newsBody } from '#schemas/results/news.ts';
import { BODIES } from '#test/support/newsBodies.ts';
import { randomZone, ZONES } from '#test/support/randomZone.ts';

const day = fc.integer({ min: dayNumber('2026-01-01'), max: dayNumber('2026-12-31') }).map(dayOfNumber);

describe('deadlines', () => {
  test('a deadline is told of in each stage once, whatever days are looked at, and never of a stage that is past', () => {
    fc.assert(
      fc.property(day, fc.array(fc.integer({ min: -20, max: 30 }), { maxLength: 40 }), (due, offsets) => {
        const days = [...new Set(offsets)].sort((a, b) => a - b);
        const stages = days.map((after) => stageOf(due, dayOfNumber(dayNumber(due) + after)));
        const told = stages.filter((stage) => stage !== null);
        const order = [7, 1, 'over'];
        // In the order of urgency, so that no earlier stage comes behind a later one.
        const places = told.map((stage) => order.indexOf(stage));
        expect(places).toEqual([...places].sort((a, b) => a - b));
        for (const [index, after] of days.entries()) {
          const stage = stages[index];
          expect(stage).toBe(after > 14 || after < -7 ? null : after > 0 ? 'over' : after >= -1 ? 1 : 7);
        }
      }),
    );
  });

  test('what a zone’s units are told of is what each of them owes, and the zone hears how many', () => {
    let told = 0;
    for (let seed = 0; seed < ZONES / 20; seed++) {
      const { now, plan, question } = randomZone(seed);
      const range = { from: `${plan.year}-01-01`, to: `${plan.year}-12-31` };
      const about = { year: plan.year, today: question.on };
      const zone = makeAgenda(now.judge, range, 0);
      const units = now.ranked.verdicts.flatMap((verdict) => {
        zone.add(verdict);
        const own = makeAgenda(now.judge, range, 0);
        own.add(verdict);
        const { unit, name } = verdict.tally;
        return dueNews(own.obligations(), { ...about, about: { unit, name } });
      });
      const all = dueNews(zone.obligations(), { ...about, about: null });
      const keys = [...units, ...all].map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      const owing = (news: typeof units): number =>
        news.reduce(
          (sum, { body }) => sum + ('owed' in body ? body.owed.reduce((of, one) => of + one.owing, 0) : 0),
          0,
        );
      expect(owing(units)).toBe(owing(all));
      told += units.length;
      for (const { body } of [...units, ...all]) expect(newsBody.parse(body)).toEqual(body);
    }
    expect(told).toBeGreaterThan(50);
  });
});

const unitIds = ['a', 'b', 'c', 'd', '__proto__'];
const stood = fc.array(
  fc.record({ rank: fc.option(fc.integer({ min: 1, max: 60 })), within: fc.boolean() }),
  {
    minLength: unitIds.length,
    maxLength: unitIds.length,
  },
);

describe('ranks and places', () => {
  test('a fall is told exactly when a rank is more than N behind the best since the last one told', () => {
    fc.assert(
      fc.property(fc.array(stood, { maxLength: 20 }), fc.integer({ min: 1, max: 20 }), (days, fallBy) => {
        let memory: Standings | undefined;
        const best = new Map<string, number>();
        const had = new Map<string, boolean>();
        for (const [index, ranks] of days.entries()) {
          const today = dayOfNumber(dayNumber('2026-03-01') + index);
          const after = ranks.map(({ rank, within }, at): Stood => {
            const unit = unitIds[at] ?? '';
            return { unit, name: unit, rank, within: within && rank !== null, eligible: true };
          });
          const { news, standings } = standingNews(memory, after, { year: 2026, version: 1, today, fallBy });
          const fell = new Set(news.flatMap(({ body }) => (body.kind === 'rank' ? [body.about.unit] : [])));
          const lost = new Set(news.flatMap(({ body }) => (body.kind === 'quota' ? [body.about.unit] : [])));
          for (const { unit, rank, within } of after) {
            const was = best.get(unit);
            const expected = rank !== null && was !== undefined && rank - was > fallBy;
            expect(fell.has(unit)).toBe(expected);
            expect(lost.has(unit)).toBe(had.get(unit) === true && !within);
            if (rank === null) {
              best.delete(unit);
              had.delete(unit);
            } else {
              best.set(unit, expected || was === undefined ? rank : Math.min(was, rank));
              had.set(unit, within);
            }
          }
          memory = standings;
        }
      }),
    );
  });

  test('nobody falls from a place, or loses one, of before it began', () => {
    const rows = [{ unit: 'new', name: 'new', rank: 3, eligible: true }];
    const within = new Set(['new']);
    const question = { year: 2026, version: 1, fallBy: 5 };
    const before = stoodOf(rows, { within, unbegun: new Map([['new', '2026-07-01']]) });
    const first = standingNews(undefined, before, { ...question, today: '2026-06-30' });
    const later = stoodOf([{ unit: 'new', name: 'new', rank: 40, eligible: true }], {
      within: new Set(),
      unbegun: new Map(),
    });
    expect(standingNews(first.standings, later, { ...question, today: '2026-07-01' }).news).toEqual([]);
    // Had it begun, both would be told.
    const begun = standingNews(undefined, stoodOf(rows, { within, unbegun: new Map() }), {
      ...question,
      today: '2026-06-30',
    });
    const told = standingNews(begun.standings, later, { ...question, today: '2026-07-01' }).news;
    expect(told.map(({ body }) => body.kind)).toEqual(['quota', 'rank']);
  });

  test('ranks of another year are no fall', () => {
    const unit = { unit: 'a', name: 'a', eligible: true, within: false };
    const first = standingNews(undefined, [{ ...unit, rank: 1 }], {
      year: 2026,
      version: 1,
      today: '2026-12-31',
      fallBy: 5,
    });
    const next = { year: 2027, version: 1, today: '2027-01-01', fallBy: 5 };
    expect(standingNews(first.standings, [{ ...unit, rank: 40 }], next).news).toEqual([]);
  });
});

test('a veto is told of when it did not stand before, and with one key as long as the day lasts', () => {
  const vetoes = [{ id: 'v', name: null, of: 'violation', cap: 59 }];
  const look = (before: string[], after: string[]) =>
    vetoNews(new Map([['a', before]]), new Map(after.length > 0 ? [['a', { vetoes: after }]] : []), {
      year: 2026,
      today: '2026-05-01',
      vetoes,
      nameOf: (unit) => (unit === 'a' ? '甲' : undefined),
    });
  expect(look(['v'], ['v'])).toEqual([]);
  expect(look([], ['v'])).toHaveLength(1);
  expect(look([], ['v'])[0]?.key).toBe(look([], ['v'])[0]?.key);
  // One that stands no longer is told of, too, and apart from the one that fell on that day.
  expect(look(['v'], []).map(({ body }) => body)).toMatchObject([
    { kind: 'veto', veto: 'v', about: { unit: 'a', name: '甲' }, lifted: true },
  ]);
  expect(look(['v'], [])[0]?.key).not.toBe(look([], ['v'])[0]?.key);
  // What the plan does not name any more was not lifted, it is gone.
  expect(look(['w'], [])).toEqual([]);
});

test('a publication is told of when it begins and once more before it ends', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 30 }), (from, length) => {
      const until = dayOfNumber(dayNumber(from) + length);
      const keys = new Set<string>();
      for (let at = 0; at <= length + 3; at++) {
        const today = dayOfNumber(dayNumber(from) + at);
        const publication = publicationOn([{ on: from, until }], today) ?? null;
        for (const { key } of publicationNews(2026, publication)) keys.add(key);
      }
      expect(keys.size).toBe(length < 3 ? 1 : 2);
    }),
  );
});

test('a publication that is extended is told of again, with its new end', () => {
  const first = { on: '2027-01-02', until: '2027-01-12' };
  const told = (events: readonly Published[]) =>
    publicationNews(2026, publicationOn(events, '2027-01-05') ?? null);
  const [before, after] = [told([first]), told([first, { on: '2027-01-05', until: '2027-01-15' }])];
  expect(after[0]?.key).not.toBe(before[0]?.key);
  expect(after[0]?.body).toMatchObject({ until: '2027-01-15', daysLeft: 11 });
  // To publish the same again is no news.
  expect(told([first, { ...first, on: '2027-01-05' }])).toEqual(before);
});

test('a week begins on Monday', () => {
  fc.assert(
    fc.property(day, (today) => {
      const monday = mondayOf(today, dayOfNumber);
      expect(new Date(`${monday}T00:00:00Z`).getUTCDay()).toBe(1);
      expect(dayNumber(today) - dayNumber(monday)).toBeGreaterThanOrEqual(0);
      expect(dayNumber(today) - dayNumber(monday)).toBeLessThan(7);
    }),
  );
});

// --- who may see what ---------------------------------------------------------------------------------------

const PLAN = {
  requirements: [{ criterion: 'learning', kind: 'research' }],
  deductions: [],
} as unknown as Parameters<typeof shownTo>[2];
const READERS: Record<string, Reader> = {
  unit: { id: 'p-u', roles: ['unit'], unit: 'farm-1' },
  other: { id: 'p-o', roles: ['unit'], unit: 'farm-2' },
  reviewer: { id: 'p-r', roles: ['reviewer'], reviews: { criteria: ['learning'], kinds: [] } },
  leader: { id: 'p-l', roles: ['leader'] },
  organisation: { id: 'p-d', roles: ['organisation'] },
};

test('everybody sees theirs: units themselves, reviewers what they decide on, leaders and the department the zone', () => {
  const seen = (reader: Reader) =>
    BODIES.flatMap((body, index) => (shownTo(body, reader, PLAN) ? [`${body.kind}${index}`] : []));
  expect(Object.fromEntries(Object.entries(READERS).map(([role, reader]) => [role, seen(reader)]))).toEqual({
    unit: ['due0', 'rejected2', 'appeal3', 'veto4', 'quota5', 'rank6', 'publication9'],
    other: ['publication9'],
    reviewer: ['overdue1', 'appeal3', 'waiting8', 'publication9'],
    leader: ['overdue1', 'veto4', 'quota5', 'rank6', 'publication9'],
    organisation: ['overdue1', 'veto4', 'quota5', 'rank6', 'waiting7', 'publication9'],
  });
  const zone = shownTo(BODIES[1] as NewsBody, READERS.reviewer as Reader, PLAN);
  expect(zone && 'owed' in zone && zone.owed.map(({ kind }) => kind)).toEqual(['research']);
});

test('what somebody may see stands in a list that they read, so that nobody looks in vain', () => {
  for (const body of BODIES)
    for (const reader of Object.values(READERS))
      if (shownTo(body, reader, PLAN))
        expect(audiencesOf(body).some((one) => audiencesFor(reader).includes(one))).toBe(true);
});

// --- in words, and on the way -------------------------------------------------------------------------------

test('what is due in the zone is counted as what it is: conditions are no requirements', () => {
  for (const body of BODIES) {
    if (body.kind !== 'due' && body.kind !== 'overdue') continue;
    const told = (language: 'zh-CN' | 'en') => newsText(language, body, { seesAll: true }).title;
    expect(told('en')).not.toMatch(/requirement/);
    expect(told('zh-CN')).not.toMatch(/项要求(?!或条件)/);
  }
});
