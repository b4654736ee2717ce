import { z } from 'zod';
import type { Slot } from './slots.ts';

/**
 * What somebody made of the columns: which stand in which order, which not at all, which also where the window is too
 * narrow for them by itself, and how wide, in pixels.
 */
export const ownColumns = z.object({
  order: z.array(z.string()).catch([]),
  hidden: z.array(z.string()).catch([]),
  added: z.array(z.string()).catch([]),
  widths: z.record(z.string(), z.number()).catch({}),
});
export type OwnColumns = z.infer<typeof ownColumns>;

export const AS_MADE: OwnColumns = { order: [], hidden: [], added: [], widths: {} };
export const NARROWEST = 40;
export const WIDEST = 800;

/** A row without its unit's name would be nobody's. */
export const stays = ({ id }: Pick<Slot, 'id'>): boolean => id === 'name';

/** With one column shown or not, whatever the window would do by itself. */
export const withColumn = (own: OwnColumns, id: string, shown: boolean): OwnColumns => {
  const without = (ids: readonly string[]): string[] => ids.filter((other) => other !== id);
  return {
    ...own,
    hidden: shown ? without(own.hidden) : [...without(own.hidden), id],
    added: shown ? [...without(own.added), id] : without(own.added),
  };
};

const widthOf = (own: OwnColumns, { id, width, least }: Slot): Pick<Slot, 'width' | 'least'> => {
  const wanted = Object.hasOwn(own.widths, id) ? own.widths[id] : undefined;
  if (wanted === undefined || !Number.isFinite(wanted)) return { width, least };
  // Where all of them do not fit, wide ones give way.
  const most = Math.min(WIDEST, Math.max(NARROWEST, Math.round(wanted)));
  return { width: `minmax(${NARROWEST}px, ${most}px)`, least: NARROWEST };
};

/** All columns in somebody's order; one that the order does not know keeps its place behind the one before it. */
export function ordered<S extends Pick<Slot, 'id'>>(
  slots: readonly S[],
  { order }: Pick<OwnColumns, 'order'>,
): S[] {
  const placed = order.flatMap((id) => slots.find((slot) => slot.id === id) ?? []);
  for (const [at, slot] of slots.entries()) {
    if (placed.includes(slot)) continue;
    const before = slots[at - 1];
    placed.splice(before ? placed.indexOf(before) + 1 : 0, 0, slot);
  }
  return placed;
}

/** The columns as somebody made them. */
export const arranged = (slots: readonly Slot[], own: OwnColumns): Slot[] =>
  ordered(slots, own)
    .filter((slot) => stays(slot) || !own.hidden.includes(slot.id))
    .map((slot) => ({ ...slot, ...widthOf(own, slot) }));

/** With one column a step to the front or to the back. */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const at = ids.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return [...ids];
  const next = ids.filter((other) => other !== id);
  next.splice(to, 0, id);
  return next;
}
