import { describe, expect, test } from 'vitest';
import { admit, claimOf } from '#ingest/admission/admit.ts';
import { stampFor } from '#ingest/admission/stamp.ts';
import { createDoor } from '#ingest/intake/door.ts';
import { admitFrom } from '#ingest/intake/sender.ts';
import { envelopeIn, project } from '#ingest/project/project.ts';
import type { StreamRecord } from '#ingest/stream/eventStream.ts';
import { describeFaults } from '#schemas/admission.ts';
import { withData } from '#schemas/cloudEvents.ts';
import { misfits } from '#schemas/fit.ts';
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
import { memoryStream } from '#test/support/memoryStream.ts';

const UNIT = { role: 'unit', unit: 'u-1' } as const;
const ORGANISATION = { role: 'organisation' } as const;

const research = (over: object = {}): Record<string, unknown> => ({ ...recorded('u-1', 'a'), ...over });
const without = (name: string): Record<string, unknown> => {
  const { [name]: _, ...rest } = research();
  return rest;
};
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** What the door says of an event as it came, and what the projection says of the same in the stream. */
function judged(event: unknown): { door: string; stream: string } {
  const admission = admitFrom(UNIT, withData(event));
  const { rows } = project(memoryState().view, recordsOf([event]));
  return {
    door: 'faults' in admission ? describeFaults(admission.faults) : 'taken',
    stream: rows.quarantine[0]?.reason ?? 'taken',
  };
}

const { data } = research();

/** The CloudEvents specification 1.0.2 and its JSON format, section by section. */
describe('an event in the JSON format of CloudEvents', () => {
  test.each<[string, unknown]>([
    ['the required attributes alone', research()],
    [
      '§2.2 null for an attribute that is not set',
      research({ time: null, dataschema: null, datacontenttype: null }),
    ],
    ['§2.2 null for an extension that is not set', research({ comexampleextension1: null })],
    ['§2.2 an extension that is a text', research({ comexampleextension1: 'value' })],
    ['§2.2 an extension that is a whole number', research({ comexampleothervalue: 5 })],
    ['§2.2 the least and the greatest whole number', research({ least: -2147483648, most: 2147483647 })],
    ['§2.2 an extension that is true or false', research({ sampled: true, replayed: false })],
    ['§2.2 an extension that is an empty text', research({ empty: '' })],
    ['§3.1.1 data in base64', { ...without('data'), data_base64: base64(data) }],
    ['§3.1.1 null beside data for data_base64', research({ data_base64: null })],
    ['§3.1 a media type with a suffix', research({ datacontenttype: 'application/vnd.zone.activity+json' })],
    ['§3.1 a media type with a parameter', research({ datacontenttype: 'application/json; charset=utf-8' })],
    ['§3.1 another media type that ends in json', research({ datacontenttype: 'text/json' })],
    ['spec: time with a fraction and an offset', research({ time: '2018-04-05T17:31:00.123456789+08:00' })],
    ['spec: dataschema is an absolute URI', research({ dataschema: 'urn:wuxing:activity:1' })],
    [
      'spec: a distributed trace',
      research({ traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }),
    ],
    ['spec: letters of any script in an id', research({ id: '三区-研-01 🀄' })],
    [
      'a sequence and a partition key',
      research({ sequence: '1', sequencetype: 'Integer', partitionkey: 'u-1' }),
    ],
  ])('is taken at the door and in the stream: %s', (_, event) => {
    expect(judged(event)).toEqual({ door: 'taken', stream: 'taken' });
  });

  test.each<[string, unknown, RegExp]>([
    ['specversion is missing', without('specversion'), /specversion/],
    ['specversion of another version', research({ specversion: '0.3' }), /specversion/],
    ['specversion is a number', research({ specversion: 1.0 }), /specversion/],
    ['type is missing', without('type'), /type/],
    ['type is empty', research({ type: '' }), /type/],
    ['source is missing', without('source'), /source/],
    ['source is null, as if missing', research({ source: null }), /source/],
    ['id is missing', without('id'), /id/],
    ['id is empty', research({ id: '' }), /id/],
    ['id is null, as if missing', research({ id: null }), /id/],
    ['id is a number', research({ id: 7 }), /id/],
    ['id holds a control character', research({ id: 'a\u0007b' }), /id: .*control/],
    ['id holds what is no character', research({ id: 'a\uffff' }), /id: .*no character/],
    ['time is no time', research({ time: 'yesterday' }), /time/],
    ['time is no day', research({ time: '2026-02-30T00:00:00Z' }), /time/],
    ['dataschema is relative', research({ dataschema: '/schema' }), /dataschema: .*absolute/],
    ['dataschema is empty', research({ dataschema: '' }), /dataschema/],
    ['the media type is not JSON', research({ datacontenttype: 'text/xml' }), /datacontenttype/],
    ['a name in capitals', research({ MyExtension: 'x' }), /MyExtension: is no name/],
    ['a name with a dot', research({ 'my.extension': 'x' }), /my\.extension: is no name/],
    ['a name with a hyphen', research({ 'my-extension': 'x' }), /is no name/],
    ['a name with an underscore', research({ my_extension: 'x' }), /is no name/],
    ['a name of another script', research({ 扩展: 'x' }), /is no name/],
    ['a name that is empty', research({ '': 'x' }), /is no name/],
    [
      'a name that every object has',
      JSON.parse(JSON.stringify(research()).replace('{', '{"__proto__":"x",')),
      /is no name/,
    ],
    ['an extension that is an object', research({ nested: {} }), /nested: must be true or false/],
    ['an extension that is a list', research({ nested: [] }), /nested: must be true or false/],
    ['an extension with decimals', research({ share: 0.5 }), /share: must be/],
    ['an extension beyond 32 bits', research({ large: 2147483648 }), /large: must be/],
    ['an extension with a line break', research({ note: 'a\nb' }), /note: must be/],
    [
      'data beside data_base64',
      research({ data_base64: base64(data) }),
      /data_base64: must not come beside data/,
    ],
    [
      'data_base64 that is no base64',
      { ...without('data'), data_base64: '***' },
      /data_base64: must be base64/,
    ],
    ['data_base64 of no JSON', { ...without('data'), data_base64: 'YQ==' }, /data_base64: must be base64/],
    [
      'data_base64 of ill-formed UTF-8',
      { ...without('data'), data_base64: 'Iv8i' },
      /data_base64: must be base64/,
    ],
    ['data_base64 that is no text', { ...without('data'), data_base64: 7 }, /data_base64: must be base64/],
    ['data is missing', without('data'), /data/],
    ['data is null', research({ data: null }), /data/],
    ['data is a text', research({ data: 'x' }), /data/],
    ['data is a list', research({ data: [] }), /data/],
    ['a list', [research()], /must be a JSON object/],
    ['null', null, /must be a JSON object/],
  ])('is refused at the door and quarantined in the stream: %s', (_, event, expected) => {
    const { door, stream } = judged(event);
    expect(door).toMatch(expected);
    expect(stream).toMatch(expected);
  });

  test('comes out the same however its unset attributes were written, and is kept without them', () => {
    const plain = admitFrom(UNIT, research());
    const nulls = admitFrom(UNIT, { ...research(), time: null, traceparent: null });
    if ('faults' in plain || 'faults' in nulls) throw new Error('refused');
    expect(nulls.admitted.content).toBe(plain.admitted.content);
    expect(Object.values(nulls.admitted.event)).not.toContain(null);
  });

  test('carries no stamp of admission where it is restored with unset attributes: reading strips them again', () => {
    expect(stampFor(research())).not.toBe('');
    expect(stampFor(research({ recordedtime: null }))).toBe('');
  });

  test('in base64 is kept with its data, so that every reader finds them', () => {
    const { rows } = project(
      memoryState().view,
      recordsOf([{ ...without('data'), data_base64: base64(data) }]),
    );
    expect(JSON.parse(rows.ledger[0]?.envelope ?? '')).toMatchObject({ data });
    expect(rows.activity_versions).toHaveLength(1);
  });
});

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

describe('events of the department’s year', () => {
  const published = fromOrganisation('zone', 'result.published', { year: 2026, until: '2026-12-31' });
  const note = (over: object = {}) =>
    fromOrganisation('u-1', 'note.written', { year: 2026, text: '请关注整改', seenBy: ['unit'], ...over });
  const drawn = (...events: object[]) => {
    const { rows } = project(memoryState().view, recordsOf([registered('u-1'), ...events]));
    return rows;
  };

  test('a published result and a leader’s note are in the ledger and nowhere else', () => {
    const zoneNote = fromOrganisation('zone', 'note.written', { year: 2026, text: '全区', seenBy: [] });
    const { ledger, quarantine, ...others } = drawn(published, note(), zoneNote);
    expect(ledger.map(({ verdict, subject }) => [verdict, subject])).toEqual([
      ['applied', 'u-1'],
      ['applied', 'zone'],
      ['applied', 'u-1'],
      ['applied', 'zone'],
    ]);
    expect(quarantine).toEqual([]);
    expect(
      Object.entries(others)
        .filter(([, rows]) => rows.length > 0)
        .map(([name]) => name),
    ).toEqual(['unit_versions']);
  });

  test.each<[string, object]>([
    ['a note on an unknown unit', { ...note(), subject: 'u-9', data: { ...note().data, unit: 'u-9' } }],
    ['a note that says nothing', note({ text: ' ' })],
    ['a note that names a reader twice', note({ seenBy: ['unit', 'unit'] })],
    ['a note for whom the house does not know', note({ seenBy: ['stranger'] })],
    ['a publication without an end', fromOrganisation('zone', 'result.published', { year: 2026 })],
  ])('%s is quarantined', (_, event) => {
    expect(drawn(event).quarantine).toHaveLength(1);
  });

  test.each<[string, object, string]>([
    ['a note, from outside', note(), 'rejected'],
    ['a note, by the server', note(), 'server'],
    ['a publication, by the department', published, 'appended'],
    ['a publication, by a unit', { ...published, source: '/units/u-1' }, 'rejected'],
    ['a decision in somebody’s name, by the server', { ...registered('u-2'), actor: 'someone' }, 'server'],
  ])('who may send %s', async (_, event, expected) => {
    const stream = memoryStream();
    const door = createDoor({ stream, state: memoryState(), misfits });
    door.advance({ offsets: [0] });
    await door.opened();
    await door.submit([registered('u-1')], ORGANISATION);
    const receipt =
      expected === 'server' ? await door.record(event) : (await door.submit([event], ORGANISATION))[0];
    expect(receipt?.status).toBe(expected === 'server' ? 'appended' : expected);
    const last = envelopeIn(stream.records.at(-1) as StreamRecord) as { actor?: string };
    expect(last.actor).toBe(expected === 'server' ? (event as { actor?: string }).actor : undefined);
    await door.close();
  });
});

describe('what an activity and a plan carry', () => {
  const file = { sha256: 'a'.repeat(64), name: '会议记录.pdf', type: 'application/pdf', size: 12_345 };
  const attached = (...attachments: object[]) => 'admitted' in admit(recorded('u-1', 'a', { attachments }));

  test('attachments: digest, name, media type and size, a hundred at most, and nothing else', () => {
    expect(attached(file)).toBe(true);
    expect(attached(...Array.from({ length: 100 }, () => file))).toBe(true);
    expect(attached(...Array.from({ length: 101 }, () => file))).toBe(false);
    for (const wrong of [
      { sha256: 'A'.repeat(64) },
      { sha256: 'a'.repeat(63) },
      { name: '' },
      { name: '\u200b' },
      { name: 'x'.repeat(201) },
      { type: 'pdf' },
      { type: `application/${'x'.repeat(100)}` },
      { size: -1 },
      { size: 1.5 },
      { size: 2 ** 41 },
      { bytes: 'x' },
    ])
      expect(attached({ ...file, ...wrong }), JSON.stringify(wrong)).toBe(false);
  });

  test('the clauses of the source text, each once', () => {
    const text = { zh: '每季度开展专题调研\n不少于一次。', en: 'Research every quarter.' };
    const with_ = (...clauses: object[]) => 'admitted' in admit(adopted(2026, 1, { clauses }));
    expect(with_({ id: '三(一)3', text })).toBe(true);
    expect(with_({ id: '三(一)3', text }, { id: '三(一)3', text })).toBe(false);
    expect(with_({ id: '三(一)3', text: { zh: 'x' } })).toBe(false);
  });

  test.each(['02-29', '02-30', '13-01', '2-1'])('no day that some year lacks: by %s', (by) => {
    const condition = { id: 'c', clause: '四', basis: 'default', kind: 'publicity' };
    const milestone = {
      ...(adopted(2026).data.requirements as object[])[0],
      measure: { type: 'milestone', by },
    };
    expect('faults' in admit(adopted(2026, 1, { conditions: [{ ...condition, by }] }))).toBe(true);
    expect('faults' in admit(adopted(2026, 1, { requirements: [milestone] }))).toBe(true);
    expect('admitted' in admit(adopted(2026, 1, { conditions: [{ ...condition, by: '02-28' }] }))).toBe(true);
  });
});
