import { describe, expect, it } from 'vitest';
import { wordsIn } from '#api/exports/report/frame.ts';
import { speechOf } from '#schemas/presentation/speech.ts';
import { activityTable } from '#schemas/presentation/tables/zone.ts';
import type { ActivityRow } from '#schemas/results/results.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { stateWord, verdictWord } from '../../dashboard/pages/activities/answer.ts';
import { marksWord, markWord } from '../../dashboard/pages/unit/movement.ts';

const activity = (state: ActivityRow['state'], recordedBy: ActivityRow['recordedBy']): ActivityRow => ({
  activity: 'a',
  unit: 'u',
  year: 2026,
  state,
  waived: false,
  appealOpen: false,
  recordedBy,
  kind: 'incident',
  title: 't',
  occurredOn: '2026-05-01',
  counts: true,
  requirements: [],
  unmatched: [],
  history: [],
});
const STATES = ['reported', 'verified', 'rejected', 'retracted'] as const;
const LANGUAGES = ['zh-CN', 'en'] as const;

describe.each(LANGUAGES)('what the department recorded is not told as reported, in %s', (language) => {
  const names = { units: new Map(), kinds: new Map() };
  const table = activityTable(speechOf(language), names, 20);

  it('in the table of activities, which says what the screen says', () => {
    for (const by of ['unit', 'organisation'] as const)
      for (const state of STATES) {
        const row = activity(state, by);
        const cells = table.columns.map(({ of }) => of(row));
        expect(cells).toContain(stateWord(wordsOf(language), row));
        const reported = cells.includes(wordsIn(language).state.reported);
        expect(reported).toBe(state === 'reported' && by === 'unit');
      }
  });

  it('in the count above the events of a movement, which counts the words that stand beside them', () => {
    const words = wordsOf(language);
    const events = (['unit', 'organisation'] as const).flatMap((by) =>
      (['late', 'new', 'late', 'corrected'] as const).map((mark) => ({
        type: 'activity.recorded',
        by,
        mark,
      })),
    );
    const told = marksWord(words, events);
    const beside = events.map((event) => markWord(words, event));
    for (const word of new Set(beside))
      expect(told).toContain(`${word} ${beside.filter((one) => one === word).length}`);
    // What the department decided on a report is not told as a correction of it.
    for (const type of ['activity.verified', 'activity.rejected', 'appeal.decided', 'activity.amended']) {
      const event = { type, by: 'organisation', mark: 'corrected' } as const;
      expect(markWord(words, event)).toBe(words.event(type));
      expect(marksWord(words, [event])).toContain(`${words.event(type)} 1`);
    }
    expect(
      marksWord(
        words,
        events.filter(({ by }) => by === 'organisation'),
      ),
    ).not.toContain('补报');
  });
});

it('what only waits to be verified is told so, and what was rejected or waived is not', () => {
  const words = wordsOf('en');
  const told = (more: Partial<ActivityRow>): string =>
    verdictWord(words, { ...activity('reported', 'unit'), counts: false, ...more }, false);
  expect(told({})).toBe('counts once it is verified');
  expect(told({ state: 'rejected' })).toBe('does not count');
  expect(told({ waived: true })).toBe('does not count');
  expect(told({ unmatched: ['study'] })).toBe(words.say('activities.unmatched'));
  // It counts, but not for what is looked at.
  expect(told({ counts: true })).toBe('does not count');
});
