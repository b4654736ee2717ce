import { describe, expect, test } from 'vitest';
import { parseEvent } from '#schemas/admission.ts';
import { itemId, openId, unitId } from '#schemas/ids.ts';
import { recorded, registered } from '#test/support/events.ts';

/** An id is told from others by eye: in an address, in a list, in a spreadsheet. What leaves no trace has no place in it. */

const BLANK_LETTERS = ['\u3164', '\u115f', '\u1160', '\uffa0'];
const OTHERS = [
  '\u2800',
  '\u200b',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u034f',
  '\u17b4',
  '\u{e0041}',
  '\u202e',
  '\u2066',
];
const at = (sign: string): string[] => [`a${sign}b`, `学${sign}习`, `${sign}a`, `a${sign}`];

describe('an id that holds a sign which shows nothing is refused, and the sign is named', () => {
  test.each(BLANK_LETTERS.flatMap(at))('%j of a unit', (id) => {
    for (const event of [registered(id), recorded(id, 'a-1')]) {
      const parsed = parseEvent(event);
      expect(parsed.ok ? 'admitted' : JSON.stringify(parsed.faults)).toMatch(
        /U\+[0-9A-F]{4}, which shows nothing/,
      );
    }
  });

  test.each([...BLANK_LETTERS, ...OTHERS].flatMap(at))('%j of what a plan lists', (id) => {
    expect(openId.safeParse(id).success).toBe(false);
    expect(itemId.safeParse(id).success).toBe(false);
  });

  test.each(['a\u200db', '学\u200d习', '学\u200d', 'a\ufe0f', '学\ufe0f\ufe0f', 'क\u200d\u200dष', 'क\u200d'])(
    '%j: a joiner that joins nothing, a selector that selects nothing',
    (id) => expect(openId.safeParse(id).success).toBe(false),
  );
});

describe('what shows is admitted', () => {
  test.each([
    '学习',
    'a',
    'é',
    'e\u0301',
    '葛\u{e0100}城',
    'क्\u200dष',
    'می\u200cخواهم',
    '👨\u200d👩\u200d👧',
    '❤\ufe0f',
    '1\ufe0f\u20e3',
    '𠮷',
    '한글',
    'ㅎ',
  ])('%j as a kind and a requirement', (id) => {
    expect([openId.safeParse(id).success, itemId.safeParse(id).success]).toEqual([true, true]);
  });
  test.each(['学习', 'a.b~c_d-e', '한글', '第３管理区', '𠮷'])('%j as a unit', (id) =>
    expect(unitId.safeParse(id).success).toBe(true),
  );
});
