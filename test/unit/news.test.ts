import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageOf } from '#api/news/message.ts';
import { isPublicAddress, publicLookup } from '#api/news/publicAddress.ts';
import { dingTalkUrl, fittingText, signature } from '#api/news/webhook.ts';
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
import { publicationOn } from '#schemas/publications.ts';
import { NEWS_KINDS, type NewsBody, newsBody } from '#schemas/results/news.ts';
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

const about = { unit: 'farm-1', name: '一区 <b>“甲”</b>' };
const owedOf = (kind: string, criterion: string) => ({
  of: 'requirement' as const,
  id: `${criterion}.${kind}`,
  criterion,
  name: { zh: '专题调研', en: 'Research' },
  clause: '三(一)3',
  kind,
  window: '2026-Q3',
  owing: 3,
});
const decided = { year: 2026, about, activity: 'r-1', title: '调研', of: 'research', reason: '材料不全' };
const BODIES: NewsBody[] = [
  { kind: 'due', year: 2026, due: '2026-09-30', days: 7, about, owed: [owedOf('research', 'learning')] },
  {
    kind: 'overdue',
    year: 2026,
    due: '2026-09-30',
    about: null,
    owed: [owedOf('research', 'learning'), owedOf('talk', 'unity')],
  },
  { kind: 'rejected', ...decided },
  { kind: 'appeal', ...decided, outcome: 'granted' },
  { kind: 'veto', year: 2026, about, veto: 'v', name: null, of: 'violation', cap: 59, lifted: false },
  { kind: 'quota', year: 2026, about, rank: 9, why: 'rank' },
  { kind: 'rank', year: 2026, about, before: 3, after: 12, since: '2026-09-01', replanned: true },
  { kind: 'waiting', year: 2026, account: null, verification: 3, appeals: 1, quarantine: 0 },
  { kind: 'waiting', year: 2026, account: 'p-r', verification: 3, appeals: 0, quarantine: 0 },
  { kind: 'publication', year: 2026, stage: 'opened', until: '2026-12-20', daysLeft: 7 },
];
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

test('every kind of news has a sentence in both languages, whole and without a stray word of the program', () => {
  expect(new Set(BODIES.map(({ kind }) => kind)).size).toBe(NEWS_KINDS.length);
  for (const language of ['zh-CN', 'en'] as const)
    for (const body of BODIES) {
      const { title, more } = newsText(language, body, { seesAll: true });
      const said = [title, ...more].join(' ');
      expect(said).not.toMatch(/undefined|null|NaN|\[object/);
      if (language === 'en')
        expect(said.replace(about.name, '').replace(/调研|材料不全/g, '')).not.toMatch(/\p{sc=Han}/u);
    }
});

test('what is due in the zone is counted as what it is: conditions are no requirements', () => {
  for (const body of BODIES) {
    if (body.kind !== 'due' && body.kind !== 'overdue') continue;
    const told = (language: 'zh-CN' | 'en') => newsText(language, body, { seesAll: true }).title;
    expect(told('en')).not.toMatch(/requirement/);
    expect(told('zh-CN')).not.toMatch(/项要求(?!或条件)/);
  }
});

test('a letter writes names as text: nothing of a name becomes markup, a line or a header of its own', () => {
  const evil = { unit: 'x', name: '<img src=x onerror=alert(1)>\r\nBcc: all@example.cn' };
  const { html, text, subject } = messageOf({
    language: 'en',
    base: 'https://wuxing.example.cn',
    weekly: false,
    bodies: [
      { kind: 'rank', year: 2026, about: evil, before: 1, after: 20, since: '2026-01-02', replanned: false },
    ],
    more: 2,
    seesAll: true,
    stop: 's',
  });
  expect(html).not.toContain('<img');
  expect(subject).not.toMatch(/[\r\n]/);
  expect(text.split('\n').some((line) => line.startsWith('Bcc'))).toBe(false);
  expect(text).toContain('https://wuxing.example.cn/units/x?year=2026');
});

test('a text for a chat keeps whole lines and the way back, within the bytes that the chat takes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme' })),
      fc.integer({ min: 60, max: 400 }),
      (lines, most) => {
        const text = [
          ...lines.map((line) => line.replaceAll('\n', ' ')),
          'https://wuxing.example.cn/news',
        ].join('\n');
        const fit = fittingText(text, most);
        expect(Buffer.byteLength(fit)).toBeLessThanOrEqual(most);
        expect(fit.endsWith('https://wuxing.example.cn/news')).toBe(true);
        if (Buffer.byteLength(text) <= most) expect(fit).toBe(text);
      },
    ),
  );
});

test('signatures are those of the Standard Webhooks example, and of OpenSSL for DingTalk', () => {
  // The example of the Standard Webhooks specification.
  expect(
    signature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: 1_614_265_330_000,
      body: '{"test": 2432232314}',
    }),
  ).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  const url = dingTalkUrl(
    'https://oapi.dingtalk.com/robot/send?access_token=t',
    'SECtest',
    1_577_262_236_757,
  );
  // DingTalk publishes no worked value; this one is computed apart from the code under test:
  // `printf '1577262236757\nSECtest' | openssl dgst -sha256 -hmac SECtest -binary | base64`
  expect(url.searchParams.get('sign')).toBe('Za/ne6w2koB8B4ROVlgTNd/X+/FbyDpZrXLz57xNZSA=');
  expect(url.search).toContain('access_token=t&timestamp=1577262236757&sign=');
});

describe('addresses that a webhook may lead to', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::1',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
  test.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '2400:3200::1', '2606:4700:4700::1111'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  test('a name with one address inside is refused, and the socket gets what was checked', async () => {
    const asked = (addresses: string[], all: boolean) =>
      new Promise<unknown>((resolve) => {
        const lookup = publicLookup((_, answer) =>
          answer(
            null,
            addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          ),
        );
        lookup('hook.example', { all }, (error, address) =>
          resolve(error ? (error as Error & { code: string }).code : address),
        );
      });
    expect(await asked(['8.8.8.8', '10.0.0.1'], true)).toBe('ENOTPUBLIC');
    expect(await asked([], false)).toBe('ENOTPUBLIC');
    expect(await asked(['8.8.8.8'], false)).toBe('8.8.8.8');
    expect(await asked(['8.8.8.8'], true)).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });
});
