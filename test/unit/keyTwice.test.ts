import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '#api/http/check.ts';
import { Problem } from '#api/http/problem.ts';
import { decodeMessage } from '#ingest/stream/kafkaMessage.ts';
import { parseEvent } from '#schemas/admission.ts';
import { withData } from '#schemas/cloudEvents.ts';
import { keyTwice } from '#schemas/keyTwice.ts';
import { registered } from '#test/support/events.ts';
import { objectIn } from '../../wuxing/verify/lines.ts';

/** JSON with one key twice says two things: whatever is recorded says one. */

const twiceIn = (text: string) => keyTwice(text, JSON.parse(text));

/** A value as it is written: objects as lists of members, so that one may come twice. */
type Written = { text: string; twice: boolean };

const space = fc.constantFrom('', '', '', ' ', '\n\t ', '\r\n');
/**
 * Texts that look like keys and colons from inside. None begins with a backslash: after such a key V8 13.6 reads others
 * that are written with escapes as that one (`{"a":1,"\\":2}`, then `{"a":1,"\u0061":2}`).
 */
const word = fc.constantFrom(
  'a',
  'b',
  '',
  ':',
  ':x',
  '":',
  'x":',
  'x\\',
  'x\\":',
  '{',
  '}',
  '__proto__',
  '负责人',
  'toString',
);
/** The same text, with or without escapes. */
const quoted = fc.tuple(word, fc.boolean()).map(([text, escaped]) => ({
  text,
  json: escaped
    ? `"${[...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`
    : JSON.stringify(text),
}));

const { value } = fc.letrec<{ value: Written; list: Written; object: Written }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom('1', 'null', 'true', '-0.5e3').map((text) => ({ text, twice: false })),
    quoted.map(({ json }) => ({ text: json, twice: false })),
    tie('list'),
    tie('object'),
  ),
  list: fc.tuple(fc.array(tie('value'), { maxLength: 4 }), space).map(([items, gap]) => ({
    text: `[${gap}${items.map(({ text }) => text).join(`${gap},${gap}`)}]`,
    twice: items.some(({ twice }) => twice),
  })),
  object: fc
    .tuple(fc.array(fc.tuple(quoted, tie('value')), { maxLength: 5 }), space, space)
    .map(([members, gap, other]) => ({
      text: `{${gap}${members.map(([key, { text }]) => `${key.json}${other}:${gap}${text}`).join(`${gap},${other}`)}${gap}}`,
      twice:
        new Set(members.map(([key]) => key.text)).size < members.length ||
        members.some(([, { twice }]) => twice),
    })),
}));

describe('a key that stands there twice', () => {
  it('is found wherever it stands, however it is written, and nothing else is', () => {
    let found = 0;
    fc.assert(
      fc.property(value, ({ text, twice }) => {
        expect(twiceIn(text) !== undefined, text).toBe(twice);
        if (twice) found += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(found).toBeGreaterThan(200);
  });

  it.each([
    ['{"a":1,"a":1}', 'a'],
    ['[{"a":1},{"a":1,"b":{"c":[0,{"d":1,"d":2}]}}]', '1.b.c.1.d'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"a" :1,"a"\n:2,"b":":x"}', 'a'],
    [`{"${'k'.repeat(100)}":1,"${'k'.repeat(100)}":2}`, `${'k'.repeat(40)}…`],
  ])('is named by the way to it: %s', (text, field) => expect(twiceIn(text)).toBe(field));

  it('costs no more than the text is long, however hostile', () => {
    const hostile = [
      `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":":"`).join(',')},"k0":1}`,
      `["${':'.repeat(500_000)}",${'{"a":'.repeat(50)}":"${'}'.repeat(50)}]`,
      `{"a"${' '.repeat(500_000)}:1${' '.repeat(500_000)},"a":2}`,
    ];
    const began = process.cpuUsage();
    for (const text of hostile) twiceIn(text);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });
});

describe('every door refuses it and names it', () => {
  const event = registered('u-1');
  const once = JSON.stringify(event);
  const twice = once.replace('"data":{', '"data":{"name":"另一个",');

  it('a request, in a batch, too', () => {
    expect(parseJson(Buffer.from(`[${once}]`))).toEqual([event]);
    const read = () => parseJson(Buffer.from(`[${once},${twice}]`));
    expect(read).toThrow(Problem);
    expect(read).toThrow('The body has a key twice: 1.data.name.');
  });

  it('data in base64', () => {
    const { data, ...rest } = event;
    const encoded = (text: string) => ({ ...rest, data_base64: Buffer.from(text).toString('base64') });
    expect(withData(encoded(JSON.stringify(data)))).toEqual(event);
    expect(parseEvent(withData(encoded('{"name":"a","name":"b"}')))).toEqual({
      ok: false,
      faults: [{ field: 'data_base64', message: 'holds a key twice: name' }],
    });
  });

  it('a message of another producer, in any mode; the quarantine shows its bytes', () => {
    const said = (headers: object, text: string) =>
      decodeMessage({ value: Buffer.from(text), headers: headers as never });
    expect(said({}, once)).toEqual({ text: once });
    expect(said({}, twice)).toEqual({
      raw: Uint8Array.from(Buffer.from(twice)),
      fault: 'has a key twice: data.name',
    });
    const attributes = { ce_specversion: '1.0', ce_id: 'e-1', 'content-type': 'application/json' };
    expect(said(attributes, '{"name":1}').fault).toBeUndefined();
    expect(said(attributes, '{"name":1,"name":2}').fault).toBe('has a key twice: data.name');
    expect(said({ ...attributes, ce_data: 'x' }, '{}').fault).toBe('has a key twice: data');
    expect(said({ ...attributes, ce_id: ['e-1', 'e-2'] }, '{}').fault).toBe('has its header ce_id twice');
  });

  it('and what is checked against a seal is no event then', () => {
    expect(objectIn(Buffer.from(once))).toEqual(event);
    expect(objectIn(Buffer.from(twice))).toBeUndefined();
  });
});
