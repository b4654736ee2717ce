import { globSync, readFileSync } from 'node:fs';
import { createPinia, setActivePinia } from 'pinia';
import { describe, expect, test } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { timezone } from '../../dashboard/composables/clock.ts';
import { reportFreshness, useFreshness } from '../../dashboard/composables/freshness.ts';
import { dayBegin, dayEnd, momentWord, tableDay, tableMoment } from '../../dashboard/composables/moments.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

/** Where the browser's own clock or zone is read, and why it may be. Everything else asks `moments.ts` or the server. */
const MAY: Readonly<Record<string, string>> = {
  'composables/clock.ts': 'what day it is, in the plan’s zone',
  'composables/moments.ts': 'writes an instant in the form that the server takes; reads no clock',
  'composables/filters.ts': 'writes an instant in the form that the server takes; reads no clock',
  'composables/deskQueries.ts': 'when an event was sent, by its sender',
  'finder/otherNames.ts': 'names months, in UTC; reads no clock',
  'composables/live.ts': 'how long the line has been silent',
  'live/source.ts': 'how long the line has been silent',
  'pages/desk/useReport.ts': 'when a draft was kept on this computer',
  'pages/inbox/decisions.ts': 'how long a decision can still be taken back',
};
const OWN_CLOCK =
  /new Date\(|Date\.now|Date\(\)|toLocale(?:Date|Time)?String|DateTimeFormat|getTimezoneOffset/;

test('pages read neither the clock nor the zone of the machine that they are looked at on', () => {
  const found = globSync('dashboard/**/*.{ts,vue}').filter((path) =>
    OWN_CLOCK.test(readFileSync(path, 'utf8')),
  );
  expect(found.map((path) => path.replace('dashboard/', '')).sort()).toEqual(Object.keys(MAY).sort());
});

test('an earlier answer that stands in for one that is awaited is given no time', () => {
  setActivePinia(createPinia());
  const at = ref(0);
  const scope = effectScope();
  scope.run(() => reportFreshness(() => ({ at: at.value, complete: true, refreshing: true })));
  expect(useFreshness().shown).toBeNull();
  at.value = 1_000;
  return nextTick().then(() => {
    expect(useFreshness().shown?.at).toBe(1_000);
    scope.stop();
    expect(useFreshness().shown).toBeNull();
  });
});

describe('a moment is told in the plan’s time zone', () => {
  const words = wordsOf('zh-CN');
  test.each([
    ['Asia/Shanghai', '2026-03-01 00:30', '2026 年 3 月 1 日 00:30:00'],
    ['America/New_York', '2026-02-28 11:30', '2026 年 2 月 28 日 11:30:00'],
    ['Pacific/Kiritimati', '2026-03-01 06:30', '2026 年 3 月 1 日 06:30:00'],
  ])('%s', (zone, inTable, inWords) => {
    timezone.value = zone;
    expect(tableMoment(words, '2026-02-28T16:30:00Z')).toBe(inTable);
    expect(momentWord(words, '2026-02-28T16:30:00Z')).toBe(inWords);
    expect(tableMoment(words, null)).toBe('');
  });

  test.each(['Asia/Urumqi', 'America/New_York', 'Pacific/Kiritimati'])(
    'and a day of %s holds the moments between its ends, and no other',
    (zone) => {
      timezone.value = zone;
      const [first, last] = [dayBegin('2026-03-08'), dayEnd('2026-03-08')];
      const beside = (moment: string, ms: number): string => new Date(Date.parse(moment) + ms).toISOString();
      expect([tableDay(first), tableDay(last)]).toEqual(['2026-03-08', '2026-03-08']);
      expect([tableDay(beside(first, -1)), tableDay(beside(last, 1))]).toEqual(['2026-03-07', '2026-03-09']);
    },
  );
});
