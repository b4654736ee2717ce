import type { Principal } from './access.ts';
import { type EventOf, READERS } from './events.ts';

/** Who reads remarks (批注). The rule stands here: every way by which an event goes out asks it. */

export type Reader = (typeof READERS)[number];

type Who = Pick<Principal, 'id' | 'roles' | 'unit'>;
type Note = { actor?: string | undefined; data: Pick<EventOf<'note.written'>['data'], 'unit' | 'seenBy'> };

/** What somebody is to a remark on a unit, or on the zone where there is none: a unit reads of itself alone. */
export const readsAs = ({ roles, unit: own }: Who, unit: string | undefined): Reader[] =>
  READERS.filter((reader) => roles.includes(reader) && (reader !== 'unit' || (unit ?? own) === own));

/** The department reads every remark. */
export const readsAll = ({ roles }: Pick<Principal, 'roles'>): boolean => roles.includes('organisation');

export function mayReadNote(who: Who, { actor, data }: Note): boolean {
  if (readsAll(who) || (actor !== undefined && actor === who.id)) return true;
  const as = readsAs(who, data.unit);
  return data.seenBy.some((reader) => as.includes(reader));
}

/** False for a remark that is for others; what is no remark is not this rule's to judge. */
export const mayReadEvent = (who: Who, event: Readonly<Record<string, unknown>>): boolean =>
  event.type !== 'note.written' || mayReadNote(who, event as Note);
