import { z } from 'zod';
import { badCursor } from '#api/answers/lists.ts';
import type { Duplicate, InboxRow } from '#api/queries/inbox.ts';

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

export const keyOf = ({ unit, kind, day, activity }: Duplicate): string[] => [unit, kind, day, activity];
export const keyOfRow = ({ unit, kind, day, activity }: InboxRow): [string, string, string, string] => [
  unit,
  kind,
  day,
  activity,
];
/** As the store orders texts: by their bytes. */
export const isBehind = (key: readonly string[], after: readonly string[]): boolean => {
  for (const [index, text] of key.entries()) {
    const order = Buffer.compare(Buffer.from(text), Buffer.from(after[index] ?? ''));
    if (order !== 0) return order > 0;
  }
  return false;
};

/** What a route reads of an address. */
export const inboxCursor = z.string().min(1).max(2_000);
