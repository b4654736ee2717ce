import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { check } from '#api/http/check.ts';
import type { Problem } from '#api/http/problem.ts';
import { parseEvent } from '#schemas/admission.ts';
import { fitSentence } from '#schemas/imports/fitWords.ts';
import { shapeInChinese, shapeSentence } from '#schemas/shapeWords.ts';
import { recorded, registered } from '#test/support/events.ts';

/** A library's own sentences are for whoever wrote the schema: nobody who sends something reads them. */
const OF_ZOD =
  /Invalid (input|option|string|number|key|value|ISO|element|email|URL)|Too (small|big)|expected |received |Unrecognized|[<>]=?\d/;

const both = z.strictObject({ login: z.string().min(1), password: z.string().min(1) });
const CASES: [string, z.ZodType, unknown][] = [
  ['nothing', z.string(), undefined],
  ['no text', z.string(), 1],
  ['no number', z.number(), 'x'],
  ['no whole number', z.int(), 1.5],
  ['beyond whole numbers', z.int(), 1e300],
  ['no flag', z.boolean(), 'x'],
  ['no list', z.array(z.string()), {}],
  ['no object', z.strictObject({}), []],
  ['no null', z.null(), 1],
  ['never', z.never(), 1],
  ['not the value', z.literal('a'), 'b'],
  ['none of the values', z.enum(['a', 'b']), 'c'],
  ['too little', z.number().min(1), 0],
  ['not above', z.number().gt(0), 0],
  ['too much', z.number().max(1), 2],
  ['not below', z.number().lt(1), 1],
  ['an empty text', z.string().min(1), ''],
  ['too short', z.string().min(2), 'a'],
  ['too long', z.string().max(1), 'ab'],
  ['an empty list', z.array(z.int()).min(1), []],
  ['a short list', z.array(z.int()).min(2), [1]],
  ['a long list', z.array(z.int()).max(1), [1, 2]],
  ['another form', z.string().regex(/^a$/), 'b'],
  ['no date', z.iso.date(), 'b'],
  ['no time', z.iso.datetime(), 'b'],
  ['no mail', z.email(), 'b'],
  ['no address', z.url(), 'b'],
  ['no multiple', z.number().multipleOf(5), 3],
  ['more fields', z.strictObject({ a: z.int() }), { a: 1, b: 2 }],
  ['neither of two', z.union([z.strictObject({ token: z.string() }), both]), { x: 1 }],
  ['no such type', z.discriminatedUnion('type', [z.strictObject({ type: z.literal('a') })]), { type: 'b' }],
  ['a name that is none', z.record(z.string().regex(/^a$/), z.int()), { b: 1 }],
  ['a member that is none', z.map(z.string(), z.int().min(5)), new Map([['a', 1]])],
  ['an element that is none', z.set(z.int().min(5)), new Set([1])],
  ['what is refused by rule', z.string().refine(() => false), 'x'],
];

const told = (schema: z.ZodType, value: unknown): string[] =>
  (schema.safeParse(value, { error: shapeSentence }).error?.issues ?? []).map(({ message }) => message);

describe('each kind of fault of shape has a sentence of ours', () => {
  test.each(CASES)('%s', (_, schema, value) => {
    const sentences = told(schema, value);
    expect(sentences.length).toBeGreaterThan(0);
    for (const sentence of sentences) {
      expect(sentence).not.toMatch(OF_ZOD);
      expect(sentence).toMatch(/^(must|is|has|holds|fits|\w+ must|\w+ is)/);
      // Without English words that a clerk would have to read.
      expect(shapeInChinese(sentence)?.replaceAll(/e-mail|UUID|JSON/g, '')).toMatch(
        /^[^A-Za-z]*[a-c、, ]*。?$/,
      );
    }
  });

  test('a schema’s own sentence goes first', () => {
    expect(told(z.string().min(3, { error: 'must be a name' }), '')).toEqual(['must be a name']);
  });

  test('of several shapes each says what it lacks', () => {
    expect(told(z.union([z.strictObject({ token: z.string() }), both]), {})).toEqual([
      'fits none of what is taken here: token must be given; or login must be given and password must be given',
    ]);
  });
});

describe('wherever a value comes in', () => {
  const refusals = (event: unknown): string => {
    const parsed = parseEvent(event);
    return parsed.ok ? '' : JSON.stringify(parsed.faults);
  };

  test('an event is refused in our words', () => {
    const { data, ...rest } = registered('u-1', { teamSize: 0 }) as { data: object };
    for (const event of [
      { ...rest, data },
      { ...rest, data: { ...data, teamSize: '5', name: '' } },
      { ...rest, data: 7 },
      { ...rest, type: 'x' },
      { ...rest },
      recorded('u-1', 'a', {
        members: 'm-1',
        note: 'x'.repeat(5_000),
        ledByHead: 1,
        evidence: Array(200).fill('x'),
      }),
    ]) {
      expect(refusals(event)).not.toBe('');
      expect(refusals(event)).not.toMatch(OF_ZOD);
    }
  });

  test.each(['parameter', 'field'] as const)('a %s is refused in our words', (where) => {
    for (const [, schema, value] of CASES) {
      let said = '';
      try {
        check(
          z.strictObject({ of: schema.optional() }),
          { of: value ?? null },
          where === 'field' ? 'invalid' : 'invalid-parameter',
        );
      } catch (error) {
        said = (error as Problem).message;
      }
      if (said) expect(said).not.toMatch(OF_ZOD);
    }
  });

  test.each([
    ['data.unit', 'must not hold U+3164, which shows nothing', '含有看不见的字符（U+3164），请删去。'],
    [
      'data.unit',
      'must be 1 to 64 letters, digits or any of . _ ~ - with a letter or digit among them',
      '只能用字母、汉字、数字和 . _ ~ -，最长 64 字，至少有一个字母、汉字或数字。',
    ],
    ['data.group', 'must not hold a comma, a colon or a space', '不能含有逗号、冒号或空格。'],
    ['data.reason', 'must have at most 2000 characters', '最多 2000 个字。'],
    ['data.teamSize', 'must be at least 1', '班子人数应为 1 以上的整数。'],
  ])('a clerk reads of %s: %s', (field, message, zh) => {
    expect(fitSentence('zh', { field, message })).toBe(zh);
  });
});
