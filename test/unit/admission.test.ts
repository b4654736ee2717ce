import { describe, expect, test } from 'vitest';
import { admit } from '#ingest/admission/admit.ts';
import { stampFor } from '#ingest/admission/stamp.ts';
import { createDoor } from '#ingest/intake/door.ts';
import { admitFrom } from '#ingest/intake/sender.ts';
import { envelopeIn, project } from '#ingest/project/project.ts';
import type { StreamRecord } from '#ingest/stream/eventStream.ts';
import { describeFaults } from '#schemas/admission.ts';
import { withData } from '#schemas/cloudEvents.ts';
import { misfits } from '#schemas/fit.ts';
import { adopted, fromOrganisation, recorded, recordsOf, registered } from '#test/support/events.ts';
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
