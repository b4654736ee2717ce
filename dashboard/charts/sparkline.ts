/** A line as small as a word, as the path of an SVG; nothing but its last value is a figure of its own. */

export type Box = { width: number; height: number };
export type Scale = { top: number; bottom: number };
export type SparkLine = { path: string; last: { x: number; y: number } | null };

/** Room for the dot of the last value. */
const EDGE = 2.5;
const short = (pixels: number): string => String(Math.round(pixels * 10) / 10);

/** Where the nth of some days stands; one alone stands at the end. */
export const slotX = (slot: number, days: number, width: number): number =>
  days > 1 ? EDGE + (slot * (width - 2 * EDGE)) / (days - 1) : width - EDGE;

/** Values at even steps between two edges. A gap is left where there is none; one alone is as long as a dot. */
export function sparkLine(values: readonly (number | null)[], { top, bottom }: Scale, box: Box): SparkLine {
  const deep = bottom - top || 1;
  const x = (place: number): number => slotX(place, values.length, box.width);
  const y = (value: number): number => EDGE + ((value - top) / deep) * (box.height - 2 * EDGE);
  let path = '';
  let drawing = false;
  values.forEach((value, place) => {
    if (value === null) {
      drawing = false;
      return;
    }
    const [left, down] = [short(x(place)), short(y(value))];
    const alone = !drawing && values[place + 1] == null;
    path += alone ? `M${left} ${down}h0` : `${drawing ? 'L' : 'M'}${left} ${down}`;
    drawing = true;
  });
  const end = values.at(-1) ?? null;
  return { path, last: end === null ? null : { x: x(values.length - 1), y: y(end) } };
}

/** The part of all places that the height of a line stands for at least: a step of one place must not look like a fall. */
const LEAST_PART = 5;
export const leastPlaces = (of: number): number => Math.max(4, Math.ceil(of / LEAST_PART));

/** The scale of one unit's ranks, the best at the top: its own, but never finer than all lines' least. */
export function rankScale(ranks: readonly (number | null)[], of: number): Scale {
  const known = ranks.filter((rank) => rank !== null);
  const [best, worst] = [Math.min(...known), Math.max(...known)];
  const missing = Math.max(0, leastPlaces(of) - (worst - best));
  return { top: best - missing / 2, bottom: worst + missing / 2 };
}
