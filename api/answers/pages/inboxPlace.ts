import { z } from 'zod';
import { badCursor } from '#api/answers/lists.ts';

/** Where a page goes on: behind a position; duplicates stand by what they are alike in. */
const place = z.union([z.int().min(0), z.tuple([z.string(), z.string(), z.string(), z.string()])]);
export type Place = z.infer<typeof place>;

export const cursorOf = (at: Place): string => Buffer.from(JSON.stringify(at)).toString('base64url');

export function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw badCursor();
  }
}

type Key = [unit: string, kind: string, day: string, activity: string];
export const keyOf = ({
  unit,
  kind,
  day,
  activity,
}: Record<'unit' | 'kind' | 'day' | 'activity', string>): Key => [unit, kind, day, activity];
/** In the order in which duplicates stand. */
export const isBehind = (key: readonly string[], after: readonly string[]): boolean => {
  const [one, other] = [JSON.stringify(key), JSON.stringify(after)];
  return one > other;
};

/** What a route reads of an address. */
export const inboxCursor = z.string().min(1).max(2_000);
