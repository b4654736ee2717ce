import { describe, expect, it } from 'vitest';
import { parseJson } from '#api/http/check.ts';
import { Problem } from '#api/http/problem.ts';
import { decodeMessage } from '#ingest/stream/kafkaMessage.ts';
import { withData } from '#schemas/cloudEvents.ts';
import { parseForeign } from '#schemas/foreignJson.ts';
import { objectIn } from '../../wuxing/verify/lines.ts';

/**
 * What one sends must not change how another's is read. None of these texts may reach `JSON.parse`: in V8 13.6 and later the
 * objects that this process reads afterwards would have a backslash where their first key is written with an escape.
 */
const HOSTILE = ['{"\\\\":1}', '{"a":1,"\\\\" : 2}', '[{"data":{"\\\\"\n:{}}}]'];
/** Backslashes that are no key of their own. */
const HARMLESS = ['{"a":"\\\\"}', '["\\\\"]', '{"\\\\x":1}', '{"a":"\\\\\\":"}', '{"a":"x\\"\\\\","b":1}'];
const ESCAPED = '{"\\u4e8b":1}';

describe('a key that is a backslash', () => {
  it.each(HOSTILE)('is refused before it is read: %s', (text) => {
    expect(() => parseForeign(text)).toThrow(SyntaxError);
    expect(() => parseJson(Buffer.from(text))).toThrow(Problem);
    expect(decodeMessage({ value: Buffer.from(text), headers: {} })).toMatchObject({
      fault: 'has a key that is a backslash',
    });
    const event = { id: '1', data_base64: Buffer.from(text).toString('base64') };
    expect(withData(event)).toEqual(event);
    expect(objectIn(Buffer.from(text))).toBeUndefined();
    // Whatever was tried before it, this is read as it is written.
    expect(Object.keys(JSON.parse(ESCAPED))).toEqual(['事']);
  });

  it.each(HARMLESS)('is not what is in %s', (text) => {
    expect(parseForeign(text)).toEqual(JSON.parse(text));
  });
});
