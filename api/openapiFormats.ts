import type { z } from 'zod';
import { day, monthDay, timestamp } from '#schemas/dates.ts';
import { itemId, name, openId, unitId } from '#schemas/ids.ts';
import { HIDDEN_SIGN } from '#schemas/text.ts';

/**
 * What a check written as a function says in the words of JSON Schema: whoever follows the document is not refused
 * for what it does not tell. The patterns stand beside no rule of their own: `test/api/openapiFuzz.test.ts` holds them
 * to the checks.
 */
const VISIBLE = String.raw`(?=[\s\S]*[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800])`;
const NONE_HIDDEN = `(?![\\s\\S]*(?:${HIDDEN_SIGN}))`;
const PATTERNS = new Map<z.core.$ZodType, object>([
  [day, { format: 'date', pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$` }],
  [
    monthDay,
    {
      pattern: String.raw`^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))$`,
    },
  ],
  [
    timestamp,
    {
      format: 'date-time',
      maxLength: 40,
      pattern: String.raw`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$`,
    },
  ],
  [itemId, { pattern: `^(?!\\.{1,2}$)${VISIBLE}${NONE_HIDDEN}(?!\\s)[^\\p{Cc}\\p{Cs}]+(?<!\\s)$` }],
  [name, { pattern: `^${VISIBLE}(?!\\s)[^\\p{Cc}]+(?<!\\s)$` }],
  [openId, { pattern: `^(?!\\.{1,2}$)${VISIBLE}${NONE_HIDDEN}[^\\p{Cc}\\p{Cs}\\s,:]+$` }],
  [unitId, { pattern: `^(?!zone$)(?=.*[\\p{L}\\p{N}])${VISIBLE}${NONE_HIDDEN}[\\p{L}\\p{N}._~-]{1,64}$` }],
]);

/** For `z.toJSONSchema`: adds what the schema's functions ask. */
export const withPatterns = ({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}): void => {
  Object.assign(jsonSchema, PATTERNS.get(zodSchema));
};
