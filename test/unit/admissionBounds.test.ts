import { describe, expect, test } from 'vitest';
import { admit, claimOf } from '#ingest/admission/admit.ts';
import { admitFrom } from '#ingest/intake/sender.ts';
import { project } from '#ingest/project/project.ts';
import { describeFaults } from '#schemas/admission.ts';
import { withData } from '#schemas/cloudEvents.ts';
import { ENVELOPE_BYTES } from '#schemas/limits.ts';
import { isAttributeText, isVisible } from '#schemas/text.ts';
import {
  adopted,
  amended,
  fromOrganisation,
  fromUnit,
  recorded,
  recordsOf,
  registered,
} from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';

/** The longest name of an account that the server may write into an event: it takes nothing of what a sender may. */
const ACTOR = 'k'.repeat(200);
const UNIT = { role: 'unit', unit: 'u-1', actor: ACTOR } as const;

const research = (over: object = {}): Record<string, unknown> => ({ ...recorded('u-1', 'a'), ...over });

/** What the door says of an event as it came, and what the projection says of the same in the stream. */
function judged(event: unknown): { door: string; stream: string } {
  const admission = admitFrom(UNIT, withData(event));
  const { rows } = project(memoryState().view, recordsOf([{ ...(event as object), actor: ACTOR }]));
  return {
    door: 'faults' in admission ? describeFaults(admission.faults) : 'taken',
    stream: rows.quarantine[0]?.reason ?? 'taken',
  };
}

const { data } = research();

describe('every attribute is bounded', () => {
  const long = (letters: number): string => 'x'.repeat(letters);
  const time = (letters: number): string => `2026-03-01T08:00:00.${'0'.repeat(letters - 21)}Z`;
  const many = (count: number, letters = 1): Record<string, unknown> =>
    research(Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, long(letters)])));

  test.each<[string, (size: number) => unknown, number]>([
    ['time', (size) => research({ time: time(size) }), 40],
    ['recordedtime', (size) => research({ recordedtime: time(size) }), 40],
    ['datacontenttype', (size) => research({ datacontenttype: `application/json;${long(size - 17)}` }), 100],
    ['dataschema', (size) => research({ dataschema: `urn:${long(size - 4)}` }), 500],
    ['id', (size) => research({ id: long(size) }), 200],
    ['an extension', (size) => research({ comment: long(size) }), 1_000],
    ['an extension’s name', (size) => research({ [long(size)]: '' }), 64],
    ['the number of extensions', (size) => many(size), 20],
    ['all extensions at their longest', (size) => many(size, 1_000), 20],
  ])('%s', (field, make, limit) => {
    const { recordedtime: _, ...record } = { recordedtime: '', ...(make(limit) as object) };
    expect(judged(field === 'recordedtime' ? make(limit) : record).stream).toBe('taken');
    const beyond = judged(make(limit + 1));
    expect(beyond.stream).not.toBe('taken');
    if (field !== 'recordedtime') expect(beyond.door).not.toBe('taken');
  });

  /** An activity whose envelope has exactly so many bytes; Chinese signs have three each. */
  function sized(bytes: number): Record<string, unknown> {
    const evidence = [...Array.from({ length: 99 }, () => '据'.repeat(2_000)), 'x'];
    const members: string[] = [];
    const event = () => research({ id: 'sized', data: { ...(data as object), evidence, members } });
    const left = () => bytes - Buffer.byteLength(JSON.stringify(event()));
    for (let room = left(); room >= 67 * 2; room -= 67) members.push('m'.repeat(64));
    evidence[99] += 'x'.repeat(left());
    return event();
  }

  test('the whole envelope, to the byte, at the door, and with the time that the door adds in the stream', () => {
    const most = sized(ENVELOPE_BYTES);
    expect(Buffer.byteLength(JSON.stringify(most))).toBe(ENVELOPE_BYTES);
    expect(judged(most)).toEqual({ door: 'taken', stream: 'taken' });
    expect(judged({ ...most, recordedtime: '2026-06-15T04:00:00.000Z' }).stream).toBe('taken');
    const beyond = judged(sized(ENVELOPE_BYTES + 1));
    expect(beyond.door).toMatch(/1000001 bytes.*larger than the 1000000/);
    expect(beyond.stream).toBe(beyond.door);
  });

  test('what is said of an event is bounded however wrong it is', () => {
    const wrong = [
      many(50_000),
      research({ [long(500_000)]: 1 }),
      recorded('u-1', 'a', { members: Array.from({ length: 10_000 }, () => '') }),
      recorded(
        'u-1',
        'a',
        Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`${long(90)}${i}`, 1])),
      ),
      fromUnit('u-1', 'selfinspection.submitted', {
        year: 2026,
        criteria: Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`c${i}${long(200)}`, {}])),
      }),
    ];
    for (const event of wrong) {
      const { door } = judged(event);
      expect(door).not.toBe('taken');
      expect(door.length).toBeLessThan(8_000);
    }
    expect(judged(wrong[2]).door).toMatch(/and 9980 more$/);
  });
});

const UNSEEN: [string, string][] = [
  ['zero-width space', '\u200b'],
  ['word joiner', '\u2060'],
  ['byte order mark inside', '\ufeff\u200b'],
  ['marks alone', '\u0301\u0302'],
  ['variation selectors', '\ufe0f\u{e0100}'],
  ['direction marks', '\u202e\u202c'],
  ['tags', '\u{e0041}\u{e0042}'],
  ['Hangul filler', '\u3164'],
  ['blank Braille cell', '\u2800'],
  ['no-break and ideographic spaces', '\u00a0\u3000\u2003'],
  ['soft hyphens', '\u00ad\u00ad'],
  ['separators of lines', '\u2028\u2029'],
];

describe('a text that shows nothing is refused, wherever a text is asked for', () => {
  test.each(UNSEEN)('%s', (_, text) => {
    expect(isVisible(text)).toBe(false);
    const events = [
      recorded('u-1', 'a', { title: text }),
      recorded('u-1', 'a', { kind: text }),
      recorded('u-1', text),
      recorded('u-1', 'a', { evidence: [text] }),
      recorded('u-1', 'a', { note: `${text}\u200b` }),
      amended('u-1', 'a', { title: text }),
      registered('u-1', { name: text }),
      registered('u-1', { group: text }),
      fromOrganisation('u-1', 'activity.rejected', { activity: 'a', reason: text }),
      fromOrganisation('u-1', 'commendation.awarded', { year: 2026, honour: text, reason: 'x' }),
      fromOrganisation('u-1', 'note.written', { year: 2026, text, seenBy: [] }),
      fromUnit('u-1', 'selfinspection.submitted', {
        year: 2026,
        criteria: { learning: { selfScore: 1, shortcomings: `${text}\u200b`, remedies: '' } },
      }),
      adopted(2026, 1, { title: { zh: text, en: 'x' } }),
      adopted(2026, 1, { clauses: [{ id: '1', text: { zh: text, en: 'x' } }] }),
    ];
    for (const event of events) {
      const admission = admit(event);
      expect('faults' in admission, JSON.stringify(event)).toBe(true);
    }
  });

  test.each(['调', 'x', '①', '🀄', '\u{20bb7}', '\u200b字', 'é', '()', '-', '\ue000', '\u0378', 'क्‍ष'])(
    '%s shows something',
    (text) => {
      expect(isVisible(text)).toBe(true);
      expect('admitted' in admit(recorded('u-1', 'a', { title: text }))).toBe(true);
    },
  );

  test('an optional text may be left empty', () => {
    expect('admitted' in admit(recorded('u-1', 'a', { note: '' }))).toBe(true);
  });
});

describe('what is no Unicode', () => {
  const HALF = '\ud800';
  const events: [string, Record<string, unknown>][] = [
    ['in an id', research({ id: `a${HALF}` })],
    ['in a subject', research({ subject: HALF })],
    ['in an extension', research({ comment: `a${HALF}b` })],
    ['in dataschema', research({ dataschema: `urn:${HALF}` })],
    ['in datacontenttype', research({ datacontenttype: `application/json;${HALF}` })],
    ['in a title', { ...recorded('u-1', 'a', { title: `调研${HALF}` }) }],
    ['in a list', { ...recorded('u-1', 'a', { evidence: [`x${HALF}`] }) }],
    ['in the name of a field', { ...recorded('u-1', 'a', { [`x${HALF}`]: 1 }) }],
    ['in an activity’s id', { ...recorded('u-1', `a${HALF}`) }],
  ];

  test.each(events)('is refused at the door and quarantined in the stream: %s', (_, event) => {
    const { door, stream } = judged(event);
    expect(door).not.toBe('taken');
    expect(stream).not.toBe('taken');
  });

  test('names nothing: an identity that cannot be written is not taken, and harms none that can', () => {
    const wrong = ['\ud800', '\ud801', '\ufffd'].map((sign) => research({ id: `a${sign}` }));
    const { changes, rows } = project(memoryState().view, recordsOf(wrong));
    expect(wrong.map((event) => claimOf(event) !== undefined)).toEqual([false, false, true]);
    expect([...changes.identities]).toHaveLength(1);
    expect(rows.ledger.map(({ verdict }) => verdict)).toEqual(['quarantined', 'quarantined', 'applied']);
    for (const { envelope, id } of rows.ledger)
      expect(Buffer.from(envelope + id).toString()).toBe(envelope + id);
  });

  test('is no attribute’s value, as control characters are not', () => {
    for (const sign of ['\u0000', '\u001f', '\u007f', '\u0085', '\ufdd0', '\ufffe', '\ud800'])
      expect(isAttributeText(`a${sign}`)).toBe(false);
    for (const sign of ['\u00a0', '\u2028', '中', '😀', '\ue000'])
      expect(isAttributeText(`a${sign}`)).toBe(true);
  });
});
