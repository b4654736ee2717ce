import { widthOf } from '../../charts/cut.ts';
import { BARS, type Slot } from './slots.ts';

const GAP = 16;
/** A name, bars and a total in a window that is too narrow for all that is left. */
const [SHORT_NAME, SHORT_BARS, SHORT_TOTAL] = [112, 200, 80];

/** Pixels of half a Chinese sign of a head, of a swatch, and of the space between two heads. */
const [HALF, SWATCH, BETWEEN] = [6.3, 16, 8];
/** What the names of the types take above the bars. */
export const headsRoom = (names: readonly string[]): number =>
  Math.ceil(
    names.reduce((sum, name) => sum + widthOf(name) * HALF + SWATCH, BETWEEN * Math.max(0, names.length - 1)),
  );

type Step = { drop: string } | { shorten: string; to: number };
/** What gives way first where not all columns fit into the window; whoever wants one of them ticks it. */
const STEPS: readonly Step[] = [
  ...['overYear', 'behind', 'groupRank', 'eligible', 'band'].map((id) => ({ drop: id })),
  { shorten: 'name', to: SHORT_NAME },
  { drop: 'moved' },
  { shorten: 'total', to: SHORT_TOTAL },
  { shorten: BARS, to: SHORT_BARS },
];

const taken = (slots: readonly Slot[]): number =>
  slots.reduce((sum, { least }) => sum + least, GAP * (slots.length - 1));

const shortened = <S extends Slot>(slots: readonly S[], id: string, to: number): S[] =>
  slots.map((slot) =>
    slot.id === id && slot.least > to && slot.width.includes(`${slot.least}px`)
      ? { ...slot, least: to, width: slot.width.replace(`${slot.least}px`, `${to}px`) }
      : slot,
  );

/** The columns that fit into so many pixels: none stands beyond the edge of the window, where nobody finds it. */
export function fitting<S extends Slot>(slots: readonly S[], room: number, added: readonly string[]): S[] {
  let kept: readonly S[] = slots;
  const gone: string[] = [];
  for (const step of STEPS) {
    if (taken(kept) <= room) break;
    if ('shorten' in step) kept = shortened(kept, step.shorten, step.to);
    else if (!added.includes(step.drop)) {
      kept = kept.filter(({ id }) => id !== step.drop);
      gone.unshift(step.drop);
    }
  }
  // The last one that went may have left room for one before it.
  for (const id of gone) {
    const ids = new Set([id, ...kept.map((slot) => slot.id)]);
    const more = slots
      .filter((slot) => ids.has(slot.id))
      .map((slot) => kept.find((one) => one.id === slot.id) ?? slot);
    if (taken(more) <= room) kept = more;
  }
  return [...kept];
}
