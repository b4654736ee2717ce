/** A point in pixels, with the sizes in which its name can be written, the preferred one first. */
export type Named = { x: number; y: number; sizes: readonly { width: number; height: number }[] };
export type Box = { left: number; right: number; top: number; bottom: number };
type Line = { x1: number; y1: number; x2: number; y2: number };
/** Where a name stands, in which of its sizes, and the line that leads to it where it is not beside its point. */
export type NamePlace = { size: number; box: Box; line: Line | null };

/** From a point's edge to a name beside it. */
const GAP = 4;
/** Between a name and what else is drawn; no other point is as near to it as its own. */
const AIR = 1;
const APART = GAP - 1;
/**
 * Nearer than that another point competes with a name's own, which is at most a corner's gap away; farther at the ends
 * of a name, and right above and below it, where readers look first. A line says whose a name is: less will do.
 */
const BESIDE = { rival: 12, level: 18, upright: 14 };
const LED_TO = { rival: 7, level: 14, upright: 8 };
/** Between a line and points that are not its own: no line seems to end at one. */
const CLEAR = 3;
/** So far from its point a name may stand, in steps, and in so many directions. */
const FARTHEST = 180;
const STEP = 12;
const DIRECTIONS = 48;
/** Names beside their points alone where there are more points: lines would be a thicket. */
const LED = 150;
/** Points are looked up by squares of this side. */
const SQUARE = 32;

const touches = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const isWithin = (a: Box, room: Box): boolean =>
  a.left >= room.left && a.right <= room.right && a.top >= room.top && a.bottom <= room.bottom;
const wider = (a: Box, by: number): Box => ({
  left: a.left - by,
  right: a.right + by,
  top: a.top - by,
  bottom: a.bottom + by,
});
const around = (x: number, y: number, reach: number): Box =>
  wider({ left: x, right: x, top: y, bottom: y }, reach);
const boxOf = ({ x1, y1, x2, y2 }: Line): Box => ({
  left: Math.min(x1, x2),
  right: Math.max(x1, x2),
  top: Math.min(y1, y2),
  bottom: Math.max(y1, y2),
});

/** Which side of the line a point is on. */
const sideOf = ({ x1, y1, x2, y2 }: Line, x: number, y: number): number =>
  Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1));
const cross = (a: Line, b: Line): boolean =>
  sideOf(a, b.x1, b.y1) !== sideOf(a, b.x2, b.y2) && sideOf(b, a.x1, a.y1) !== sideOf(b, a.x2, a.y2);

/** Whether a line runs through a box. */
export function runsThrough(line: Line, box: Box): boolean {
  if (!touches(wider(boxOf(line), 0.01), box)) return false;
  const sides = [
    sideOf(line, box.left, box.top),
    sideOf(line, box.right, box.top),
    sideOf(line, box.left, box.bottom),
    sideOf(line, box.right, box.bottom),
  ];
  return Math.min(...sides) <= 0 && Math.max(...sides) >= 0;
}

/** Finds what lies near a box without looking at all of it. */
function mapOf(boxes: readonly Box[]) {
  const squares = new Map<string, Box[]>();
  const keysOf = (box: Box): string[] => {
    const keys: string[] = [];
    for (let x = Math.floor(box.left / SQUARE); x <= Math.floor(box.right / SQUARE); x++)
      for (let y = Math.floor(box.top / SQUARE); y <= Math.floor(box.bottom / SQUARE); y++)
        keys.push(`${x} ${y}`);
    return keys;
  };
  const add = (box: Box): void => {
    for (const key of keysOf(box)) squares.set(key, [...(squares.get(key) ?? []), box]);
  };
  boxes.forEach(add);
  return {
    add,
    some: (box: Box, of: (other: Box) => boolean): boolean =>
      keysOf(box).some((key) => squares.get(key)?.some(of) ?? false),
  };
}

type Spot = { box: Box; line: Line | null };

const placed = (left: number, top: number, { width, height }: Named['sizes'][number]): Box => ({
  left,
  right: left + width,
  top,
  bottom: top + height,
});

/** Beside the point: right, left, above, below, then at the four corners. */
function besides({ x, y }: Named, size: Named['sizes'][number], reach: number): Spot[] {
  const { width, height } = size;
  const off = reach + GAP;
  const corner = reach + APART;
  return [
    [x + off, y - height / 2],
    [x - off - width, y - height / 2],
    [x - width / 2, y - off - height],
    [x - width / 2, y + off],
    [x + corner, y - corner - height],
    [x + corner, y + corner],
    [x - corner - width, y - corner - height],
    [x - corner - width, y + corner],
  ].map(([left = 0, top = 0]) => ({ box: placed(left, top, size), line: null }));
}

/** Farther away, with a line: the nearest first. */
function* leds({ x, y }: Named, size: Named['sizes'][number], reach: number): Generator<Spot> {
  const { width, height } = size;
  for (let far = reach + 2 * STEP; far <= FARTHEST; far += STEP) {
    for (let at = 0; at < DIRECTIONS; at++) {
      const angle = (at / DIRECTIONS) * 2 * Math.PI;
      const [across, down] = [Math.cos(angle), Math.sin(angle)];
      const [x2, y2] = [x + across * far, y + down * far];
      const isSteep = Math.abs(across) < 0.3;
      const left = isSteep ? x2 - width / 2 : across > 0 ? x2 + 2 : x2 - width - 2;
      const top = isSteep ? (down > 0 ? y2 + 1 : y2 - height - 1) : y2 - height / 2;
      yield { box: placed(left, top, size), line: { x1: x + across * reach, y1: y + down * reach, x2, y2 } };
    }
  }
}

/** Where another point would make the name read as that point's: near it, at its ends, and right above and below. */
const claimed = (
  { left, right, top, bottom }: Box,
  reach: number,
  { rival, level, upright }: typeof BESIDE,
): Box[] => [
  wider({ left, right, top, bottom }, rival),
  { left: left - level, right: right + level, top: top + reach, bottom: bottom - reach },
  { left: left + reach, right: right - reach, top: top - upright, bottom: bottom + upright },
];

/** In which order points get their names: which leaves most room for the others differs from crowd to crowd. */
const ORDERS: readonly ((a: Named, b: Named) => number)[] = [
  (a, b) => b.x + b.y - a.x - a.y,
  (a, b) => a.x + a.y - b.x - b.y,
  (a, b) => b.x - a.x,
  (a, b) => a.y - b.y,
];

type Found = (NamePlace | null)[];

/** Names given in an order: those beside their points first, then those with a line. */
function placedIn(order: readonly [number, Named][], room: Box, reach: number, isLed: boolean): Found {
  const own = new Map(order.map(([at, { x, y }]) => [at, around(x, y, reach)]));
  const dots = mapOf([...own.values()]);
  const names = mapOf([]);
  const lines: Line[] = [];
  const isFree = ({ box, line }: Spot, at: number): boolean => {
    if (!isWithin(box, room)) return false;
    const isOther = (dot: Box): boolean => dot !== own.get(at);
    const [airy, apart] = [wider(box, AIR), wider(box, APART)];
    if (dots.some(apart, (dot) => touches(apart, dot))) return false;
    const zones = claimed(box, reach, line ? LED_TO : BESIDE);
    if (zones.some((zone) => dots.some(zone, (dot) => isOther(dot) && touches(zone, dot)))) return false;
    if (names.some(airy, (name) => touches(airy, name)) || lines.some((one) => runsThrough(one, airy)))
      return false;
    if (!line) return true;
    const along = wider(boxOf(line), CLEAR);
    return (
      !dots.some(along, (dot) => isOther(dot) && runsThrough(line, wider(dot, CLEAR))) &&
      !names.some(along, (name) => runsThrough(line, wider(name, AIR))) &&
      !lines.some((other) => cross(line, other))
    );
  };
  const found: Found = order.map(() => null);
  const settle = (at: number, point: Named, spotsOf: typeof besides | typeof leds): void => {
    if (found[at]) return;
    for (const [index, size] of point.sizes.entries()) {
      for (const spot of spotsOf(point, size, reach)) {
        if (!isFree(spot, at)) continue;
        found[at] = { size: index, ...spot };
        names.add(spot.box);
        if (spot.line) lines.push(spot.line);
        return;
      }
    }
  };
  for (const [at, point] of order) settle(at, point, besides);
  if (isLed) for (const [at, point] of order) settle(at, point, leds);
  return found;
}

const countOf = (found: Found): number => found.filter((place) => place !== null).length;

/**
 * Where names of points stand, so that none lies on a point, on another name or on a line, and none can be read as
 * another point's: whole beside its point, or farther away with a line to it; null where there is no room for one.
 * `reach`: half a point's size.
 */
export function namePlaces(points: readonly Named[], room: Box, reach: number): Found {
  const isLed = points.length <= LED;
  let best: Found = points.map(() => null);
  for (const compare of isLed ? ORDERS : ORDERS.slice(0, 1)) {
    const order = [...points.entries()].sort(([, a], [, b]) => compare(a, b));
    const found = placedIn(order, room, reach, isLed);
    if (countOf(found) > countOf(best)) best = found;
    if (countOf(best) === points.length) break;
  }
  return best;
}
