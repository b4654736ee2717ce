import type { z } from 'zod';
import type { Fault } from '#schemas/admission.ts';

/** What was checked, in the words of whoever sent it. */
export type Where = 'parameter' | 'field';

const UNKNOWN: Record<Where, string> = {
  parameter: 'is no parameter of this call',
  field: 'is no field that is taken here',
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );

const listed = (names: readonly string[]): string =>
  names.length ? `; there are ${names.join(', ')}` : '; it takes none';

function typeFault(where: Where, given: unknown, message: string): string {
  if (given === undefined) return 'must be given';
  if (where === 'parameter' && Array.isArray(given)) return 'must be given once';
  return message;
}

/** The faults of a request's parameters or fields; each unknown one is named, with what there is. */
export function requestFaults(
  error: z.ZodError,
  value: unknown,
  where: Where,
  known: readonly string[],
): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    const field = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        field: field ? `${field}.${key}` : key,
        message: `${UNKNOWN[where]}${issue.path.length ? '' : listed(known)}`,
      }));
    const isType = issue.code === 'invalid_type' || issue.code === 'invalid_value';
    const message = isType ? typeFault(where, valueAt(value, issue.path), issue.message) : issue.message;
    return [{ field, message }];
  });
}
