import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { openId, unitId } from '#schemas/ids.ts';
import { YEAR_MAX, YEAR_MIN } from '#schemas/plan.ts';
import { type Offsets, offsetOf, parsePosition, parseWatermark, partitionOf } from '#schemas/position.ts';
import { basis } from '#schemas/results/results.ts';
import { weightsParameter } from '#schemas/weights.ts';
import { Problem } from './problem.ts';

/** Parameters arrive as text; these read them and tell OpenAPI what they are. */

export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, { error: `must be a whole number from ${min} to ${max}` })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error: `must lie within ${min} and ${max}` })
    .meta({ type: 'integer', minimum: min, maximum: max, pattern: undefined });

export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ type: 'boolean', enum: undefined });

export const yearParameter = whole(YEAR_MIN, YEAR_MAX);

export const paging = {
  limit: whole(1, 10_000).default(1_000),
  cursor: z.string().min(1).max(300).optional(),
};

/** A position or a watermark: opaque to callers, but recognisable. */
export const positionParameter = z
  .string()
  .min(1)
  .max(300)
  .meta({ pattern: String.raw`^(\d{1,4}-\d{1,12}|\d{1,12}(\.\d{1,12}){0,20})$`, example: '0-41' });

const compareTo = z
  .string()
  .refine((text) => /^\d{4}$/.test(text) || timestamp.safeParse(text).success, {
    error: 'must be a year such as 2025, or a recorded time such as 2026-03-31T09:30:00+08:00',
  })
  .transform((text) => (/^\d{4}$/.test(text) ? Number(text) : text))
  .meta({
    type: 'string',
    anyOf: [
      { type: 'string', pattern: String.raw`^(19|20)\d{2}$` },
      { type: 'string', format: 'date-time' },
    ],
  });

/** Which basis, day and time: what rankings, standings and gaps share. */
export const viewpoint = {
  basis: basis.default('year'),
  on: day.optional(),
  asOf: timestamp.optional(),
};

export const rankingQuery = z.strictObject({
  ...viewpoint,
  group: openId.optional(),
  compareTo: compareTo.optional(),
  weights: weightsParameter.optional(),
  top: whole(1, 1_000_000).optional(),
});

/** As many as a page draws one by one. */
const MOST_UNITS = 60;

/** A unit's id, so far as a pattern that looks neither ahead nor back can tell it. */
const ONE = String.raw`[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9._~\u4e00-\u9fff-]{0,63}`;

/** Units of which alone something is asked, separated by commas. */
export const someUnits = z
  .string()
  .max(MOST_UNITS * 65)
  .transform((text) => [...new Set(text.split(','))])
  .pipe(z.array(unitId).max(MOST_UNITS))
  .meta({ type: 'string', pattern: `^${ONE}(,${ONE}){0,${MOST_UNITS - 1}}$`, example: 'farm-01,farm-02' });

export const yearPath = z.strictObject({ year: yearParameter });
export const unitPath = z.strictObject({ unit: unitId });

/** A position or a watermark, both opaque to callers, as the offsets that must have been read. */
export function wantedOffsets(text: string): Offsets | undefined {
  const position = parsePosition(text);
  if (position === undefined) return parseWatermark(text);
  const wanted = Array<number>(partitionOf(position) + 1).fill(0);
  wanted[partitionOf(position)] = offsetOf(position) + 1;
  return wanted;
}

export function requireOffsets(text: string, field: string): Offsets {
  const wanted = wantedOffsets(text);
  if (!wanted)
    throw new Problem(
      'invalid-parameter',
      `${field} must be a position or watermark that this server gave.`,
      {
        errors: [{ field, message: 'must be a position or watermark that this server gave' }],
      },
    );
  return wanted;
}

/** Findings of a plan that are named as meant. */
export const meantFindings = z
  .string()
  .max(10_000)
  .transform((text, context) => {
    try {
      return text.split(',').map(decodeURIComponent);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a list of percent-encoded findings' });
      return z.NEVER;
    }
  })
  .meta({ type: 'string' });
