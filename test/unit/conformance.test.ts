import { afterEach, describe, expect, test } from 'vitest';
import { readCloudEvents } from '#api/http/cloudEvents.ts';
import { createDoor, type Door } from '#ingest/intake/door.ts';
import { misfits } from '#schemas/fit.ts';
import { NOON, recorded, registered } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { memoryStream } from '#test/support/memoryStream.ts';

/**
 * What the conformance files of CloudEvents for the JSON format ask (cloudevents/conformance, format/json), case by
 * case in our own events: as HTTP bodies, read as the server reads them, and taken to the door. An event that is none of
 * ours though it conforms (no data, data that are no JSON) is read, and refused for what it lacks, not as malformed.
 */

const UNIT = { role: 'unit', unit: 'u-1' } as const;
const EVENT = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

const doors: Door[] = [];
afterEach(() => Promise.all(doors.splice(0).map((door) => door.close())));

/** What comes of a body: the receipts in the order of the events, or what is said of the whole. */
async function sent(type: string, body: unknown): Promise<string[]> {
  const stream = memoryStream();
  const door = createDoor({ stream, state: memoryState(), misfits, clock: () => NOON });
  doors.push(door);
  door.advance({ offsets: [0] });
  await door.opened();
  const { events } = readCloudEvents({ 'content-type': type }, Buffer.from(JSON.stringify(body)));
  const receipts = await door.submit(events, UNIT);
  return receipts.map(({ status, problem }) => (problem ? `${status}: ${problem}` : status));
}

const event = (over: object = {}): Record<string, unknown> => ({
  ...recorded('u-1', 'a', {}, { id: 'e-1' }),
  ...over,
});
const without = (...names: string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(event()).filter(([name]) => !names.includes(name)));
const at = (time: string) => event({ time });

describe('an event that conforms is taken', () => {
  test.each<[string, unknown]>([
    ['with the required attributes alone', without('subject')],
    [
      'with null for each attribute that need not be set',
      event({ datacontenttype: null, dataschema: null, subject: null, time: null }),
    ],
    [
      'with each attribute of the specification set',
      event({
        datacontenttype: 'application/json',
        dataschema: 'https://example.cn/activity',
        time: '2026-03-31T09:30:00Z',
      }),
    ],
    ['at a time in UTC', at('2026-03-31T09:30:00Z')],
    ['at a time to the nanosecond', at('2026-03-31T09:30:00.123456789Z')],
    ['at a time ahead of UTC', at('2026-03-31T17:30:00+08:00')],
    ['at a time behind UTC', at('2026-03-31T04:30:00-05:00')],
    [
      'with extensions of every type',
      event({
        extinteger: -10,
        extboolean: false,
        extstring: '一 text',
        exturi: 'https://example.cn/a?b=c',
        exturiref: '//authority/path',
        exttimestamp: '2026-03-31T15:12:00Z',
        extbinary: 'TWE=',
      }),
    ],
    [
      'with its data in base64',
      {
        ...without('data'),
        data_base64: Buffer.from(JSON.stringify(event().data)).toString('base64'),
      },
    ],
  ])('%s', async (_, body) => expect(await sent(EVENT, body)).toEqual(['appended']));
});

describe('an event that does not conform is refused, naming the attribute', () => {
  test.each<[string, unknown, string]>([
    ['without a specversion', without('specversion'), 'specversion'],
    ['without an id', without('id'), 'id'],
    ['without a type', without('type'), 'type'],
    ['without a source', without('source'), 'source'],
    ['at a time that is a word', at('lunchtime'), 'time'],
    ['at a time to the minute', at('2026-03-31T09:30Z'), 'time'],
    ['at a time without an offset', at('2026-03-31T09:30:00'), 'time'],
    ['at a time with a letter for an offset', at('2026-03-31T09:30:00X'), 'time'],
    ['at a time with an offset beyond a day', at('2026-03-31T09:30:00+25:00'), 'time'],
    ['at a time with letters in its offset', at('2026-03-31T09:30:00+xx:00'), 'time'],
    ['at a time with an offset of hours alone', at('2026-03-31T09:30:00+05'), 'time'],
    ['at a time that is a number', event({ time: 1_774_949_400 }), 'time'],
    ['with an empty id', event({ id: '' }), 'id'],
    ['with an empty type', event({ type: '' }), 'type'],
    ['with an empty source', event({ source: '' }), 'source'],
    ['with an empty specversion', event({ specversion: '' }), 'specversion'],
    ['with a specversion that nobody knows', event({ specversion: '0.9' }), 'specversion'],
    ['with an empty subject', event({ subject: '' }), 'subject'],
    ['with an empty dataschema', event({ dataschema: '' }), 'dataschema'],
    ['with an empty datacontenttype', event({ datacontenttype: '' }), 'datacontenttype'],
    ['with a datacontenttype that is none', event({ datacontenttype: 'xyz' }), 'datacontenttype'],
    ['with a number for its id', event({ id: 25 }), 'id'],
    ['with an object for its id', event({ id: { a: 'b' } }), 'id'],
    ['with capitals in the name of an extension', event({ MyExtension: 'x' }), 'MyExtension'],
    ['with a dot in the name of an extension', event({ 'my.extension': 'x' }), 'my.extension'],
    ['with a fraction for an extension', event({ share: 1.5 }), 'share'],
    ['with data beside data_base64', event({ data_base64: 'e30=' }), 'data_base64'],
    ['that conforms and has no data, which is none of ours', without('data'), 'data'],
    [
      'that conforms and has a text for its data, which is none of ours',
      event({ datacontenttype: 'text/plain', data: 'Simple text' }),
      'datacontenttype',
    ],
  ])('%s', async (_, body, attribute) => {
    const [said, ...more] = await sent(EVENT, body);
    expect(more).toEqual([]);
    expect(said?.startsWith(`rejected: ${attribute}: `), said).toBe(true);
  });
});

describe('a batch', () => {
  const other = event({ ...recorded('u-1', 'b'), id: 'e-2' });

  test.each<[string, unknown[], RegExp[]]>([
    ['of none has no receipts', [], []],
    ['of one has one', [event()], [/^appended$/]],
    ['of the same twice takes it once', [event(), event()], [/^appended$/, /^already$/]],
    [
      'of two, one with extensions of more types',
      [event(), { ...other, extinteger: 10, extboolean: true }],
      [/^appended$/, /^appended$/],
    ],
    [
      'of two versions takes ours',
      [event(), { ...other, specversion: '0.9' }],
      [/^appended$/, /specversion: /],
    ],
    ['with an event without id refuses that one', [without('id'), other], [/^rejected: id: /, /^appended$/]],
    [
      'with what is no object refuses that one',
      ['not an object', other, null, [event()]],
      [/must be a JSON object/, /^appended$/, /must be a JSON object/, /must be a JSON object/],
    ],
    ['of somebody else’s events refuses them all', [registered('u-1')], [/^rejected: /]],
  ])('%s', async (_, body, expected) => {
    const said = await sent(BATCH, body);
    expect(said).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(said[index]).toMatch(pattern);
  });

  test('is a list, and a list is a batch: neither comes under the other’s media type', async () => {
    await expect(sent(BATCH, event())).rejects.toThrow();
    expect(await sent(EVENT, [event()])).toEqual([expect.stringMatching(/must be a JSON object/)]);
  });
});
