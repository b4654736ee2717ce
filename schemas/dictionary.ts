import { z } from 'zod';
import { entryOf, put } from './entries.ts';

type Dictionary<K extends z.ZodType<string, string>, V extends z.ZodType> = z.ZodRecord<
  K & z.core.$ZodRecordKey,
  V
>;

/** A record that keeps `__proto__`, which Zod's own leaves out without a word. */
const Dictionary: z.core.$constructor<z.ZodRecord, z.core.$ZodRecordDef> = z.core.$constructor(
  'Dictionary',
  (schema, definition) => {
    z.ZodRecord.init(schema, definition);
    const parseRest = schema._zod.parse;
    schema._zod.parse = (payload, context) => {
      const given = payload.value;
      const parsed = parseRest(payload, context);
      if (typeof given !== 'object' || given === null || !Object.hasOwn(given, '__proto__')) return parsed;
      if (parsed instanceof Promise) throw new TypeError('a dictionary is read at once');
      const value = entryOf(given as Record<string, unknown>, '__proto__');
      const item = definition.valueType._zod.run({ value, issues: [] }, context);
      if (item instanceof Promise) throw new TypeError('a dictionary is read at once');
      parsed.issues.push(...z.core.util.prefixIssues('__proto__', item.issues));
      put(parsed.value as Record<string, unknown>, '__proto__', item.value);
      return parsed;
    };
  },
);

/** Values by ids of an open list: any id works as a key. The type of the keys must admit `__proto__`, which is such an id. */
export const dictionary = <K extends z.ZodType<string, string>, V extends z.ZodType>(
  keyType: K,
  valueType: V,
): Dictionary<K, V> => new Dictionary({ type: 'record', keyType, valueType } as never) as never;
