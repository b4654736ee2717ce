import fc from 'fast-check';
import type { OpenApi, Operation } from '#api/openapi.ts';
import { SLIDES } from '#schemas/deck.ts';

/** Values that a schema of the OpenAPI document allows. */
export type Schema = {
  type?: string;
  enum?: string[];
  anyOf?: Schema[];
  format?: string;
  pattern?: string;
  example?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
};

const dayOf = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const momentOf = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Signs that some check treats apart: blank, joining, of half a pair, a space, a sign of the address, a step. */
const ODD = [
  '\u200b',
  '\u200d',
  '\ufe0f',
  '\u{e0000}',
  '\u3164',
  '\u2800',
  '\u3000',
  '\t',
  '\ud800',
  ',',
  ':',
  '/',
  '.',
];

/** Texts of many alphabets, or of a pattern that looks neither ahead nor back. */
function matching(pattern: RegExp): fc.Arbitrary<string> {
  if (!pattern.source.includes('(?')) return fc.stringMatching(pattern, { maxLength: 64 });
  const texts = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
    fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
    fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...ODD, 'a', '农', '1') }),
    fc.stringMatching(/^[a-z0-9._~-]{1,12}$/),
    fc.constantFrom('learning', 'farm-01', '农业', '__proto__', 'constructor'),
  );
  return texts.filter((text) => pattern.test(text));
}

/** Where mistakes are: the ends of a range, the turn of a year, a leap day, the sample's own day, and its ids. */
function edgesOf({ type, format, pattern, minimum = 0, maximum = 9_999, maxLength }: Schema): string[] {
  if (type === 'integer')
    return [minimum, minimum + 1, Math.min(maximum, 2 ** 31 - 1), 2025, 2026].map(String);
  const days = [
    '2000-01-01',
    '2024-02-29',
    '2025-12-31',
    '2026-01-01',
    '2026-03-01',
    '2026-12-31',
    '2099-12-31',
  ];
  if (format === 'date') return days;
  if (format === 'date-time')
    return days.flatMap((one) => [`${one}T00:00:00Z`, `${one}T15:59:59.999Z`, `${one}T23:59:59.999+08:00`]);
  const texts = [
    'farm-01',
    'learning',
    'x'.repeat(Math.min(maxLength ?? 64, 64)),
    '学'.repeat(maxLength ?? 64),
  ];
  return pattern ? texts.filter((text) => new RegExp(pattern, 'u').test(text)) : texts;
}

/** One in four is an edge: what goes wrong there is to be found today, and not in one run of fifty. */
export function valuesOf(schema: Schema): fc.Arbitrary<string> {
  const { minimum = 0, maximum = Number.POSITIVE_INFINITY, minLength = 0, maxLength = 64 } = schema;
  const edges = edgesOf(schema).filter((text) =>
    schema.type === 'integer'
      ? Number(text) >= minimum && Number(text) <= maximum
      : schema.format || ([...text].length >= minLength && text.length <= maxLength),
  );
  if (schema.anyOf || schema.enum || schema.type === 'boolean' || edges.length === 0) return drawn(schema);
  return fc.oneof(
    { weight: 3, arbitrary: drawn(schema) },
    { weight: 1, arbitrary: fc.constantFrom(...edges) },
  );
}

export function drawn(schema: Schema): fc.Arbitrary<string> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(valuesOf));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'boolean') return fc.constantFrom('true', 'false');
  if (schema.type === 'integer')
    return fc
      .integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 9_999, 2 ** 31 - 1) })
      .map(String);
  if (schema.format === 'date') return dayOf;
  if (schema.format === 'date-time') return momentOf;
  const { minLength = 0, maxLength = 64, pattern } = schema;
  const fits = (text: string): boolean => [...text].length >= minLength && text.length <= maxLength;
  if (pattern) return matching(new RegExp(pattern, 'u')).filter(fits);
  return fc.string({ minLength, maxLength: Math.min(maxLength, 60), unit: 'binary' });
}

const weightsOf = fc
  .subarray(['learning', 'unity', 'innovation', 'integrity', 'development'], { minLength: 1 })
  .chain((criteria) =>
    fc.tuple(
      ...criteria.map((id) => fc.stringMatching(/^\d{1,6}(\.\d{1,6})?$/).map((weight) => `${id}:${weight}`)),
    ),
  )
  .map((parts) => parts.join(','));
const slidesOf = fc
  .tuple(fc.shuffledSubarray([...SLIDES], { minLength: 1 }), fc.nat(SLIDES.length))
  .map(([slides, hidden]) => slides.map((id, at) => (at > 0 && at <= hidden ? `-${id}` : id)).join(','));
/** What a pattern cannot say and a description does: each criterion of the plan in use once, and each slide. */
const DESCRIBED: Record<string, fc.Arbitrary<string>> = { weights: weightsOf, slides: slidesOf };
export const allowed = (schema: Schema, name: string): fc.Arbitrary<string> =>
  DESCRIBED[name] ?? valuesOf(schema);

export type Call = { method: string; path: string; operation: Operation };

export const callsOf = (document: OpenApi): Call[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
