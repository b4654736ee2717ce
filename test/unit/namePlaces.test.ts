import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, type NamePlace, namePlaces, runsThrough } from '../../dashboard/charts/namePlaces.ts';

const REACH = 5;
const ROOM: Box = { left: 0, right: 700, top: -14, bottom: 420 };
/** From 0 to 1, so that points may lie on each other and at the edges. */
const part = fc.double({ min: 0, max: 1, noNaN: true });
const size = fc.record({ width: fc.integer({ min: 10, max: 300 }), height: fc.constantFrom(13, 26) });
const point = fc.record({
  x: part.map((x) => x * 420),
  y: part.map((y) => y * 420),
  sizes: fc.array(size, { minLength: 1, maxLength: 3 }),
});
/** Spread, or a crowd in a corner. */
const crowd = fc
  .tuple(fc.array(point, { maxLength: 60 }), fc.boolean())
  .map(([points, isDense]) =>
    points.map((one) => (isDense ? { ...one, x: 340 + one.x / 6, y: one.y / 6 } : one)),
  );

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const dotOf = ({ x, y }: { x: number; y: number }): Box => ({
  left: x - REACH,
  right: x + REACH,
  top: y - REACH,
  bottom: y + REACH,
});
const named = (places: readonly (NamePlace | null)[]): NamePlace[] =>
  places.filter((place) => place !== null);

describe('names of points', () => {
  it('given any points, then no name lies on a point, another name or a line, and none beyond the room', () => {
    fc.assert(
      fc.property(crowd, (points) => {
        const places = namePlaces(points, ROOM, REACH);
        expect(places).toHaveLength(points.length);
        const all = named(places);
        for (const [at, { box, line }] of all.entries()) {
          expect(box.left).toBeGreaterThanOrEqual(ROOM.left);
          expect(box.right).toBeLessThanOrEqual(ROOM.right);
          expect(box.top).toBeGreaterThanOrEqual(ROOM.top);
          expect(box.bottom).toBeLessThanOrEqual(ROOM.bottom);
          expect(points.some((one) => overlap(box, dotOf(one)))).toBe(false);
          const others = all.filter((_, other) => other !== at);
          expect(others.filter((other) => overlap(box, other.box))).toEqual([]);
          expect(others.filter((other) => line !== null && runsThrough(line, other.box))).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('given any points, then no name and no line can be taken for that of another point', () => {
    const grown = (box: Box, by: number): Box => ({
      left: box.left - by,
      right: box.right + by,
      top: box.top - by,
      bottom: box.bottom + by,
    });
    fc.assert(
      fc.property(crowd, (points) => {
        for (const [at, place] of namePlaces(points, ROOM, REACH).entries()) {
          if (!place) continue;
          const { box, line } = place;
          const own = points[at] ?? { x: 0, y: 0 };
          const [rival, level, upright] = line ? [7, 14, 8] : [12, 18, 14];
          const isMistaken = (other: (typeof points)[number]): boolean => {
            const isLevel = other.y > box.top && other.y < box.bottom;
            const isUpright = other.x > box.left && other.x < box.right;
            return (
              overlap(grown(box, rival - 0.1), dotOf(other)) ||
              (isLevel && Math.max(box.left - other.x, other.x - box.right) <= level) ||
              (isUpright && Math.max(box.top - other.y, other.y - box.bottom) <= upright) ||
              (line !== null && runsThrough(line, grown(dotOf(other), 2.9)))
            );
          };
          expect(points.filter((other, index) => index !== at && isMistaken(other))).toEqual([]);
          if (line) expect(Math.hypot(line.x1 - own.x, line.y1 - own.y)).toBeCloseTo(REACH, 6);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('given any points, then each name is as large as one of its sizes', () => {
    fc.assert(
      fc.property(crowd, (points) => {
        for (const [at, place] of namePlaces(points, ROOM, REACH).entries()) {
          if (!place) continue;
          const { box } = place;
          expect({ width: box.right - box.left, height: box.bottom - box.top }).toEqual({
            width: expect.closeTo(points[at]?.sizes[place.size]?.width ?? -1, 6),
            height: expect.closeTo(points[at]?.sizes[place.size]?.height ?? -1, 6),
          });
        }
      }),
    );
  });

  it('given points with room around each, then all have their names beside them, in the preferred size', () => {
    const apart = fc.subarray(
      Array.from({ length: 36 }, (_, at) => ({ x: (at % 6) * 84, y: Math.floor(at / 6) * 84 })),
    );
    fc.assert(
      fc.property(apart, fc.integer({ min: 10, max: 40 }), (points, width) => {
        const some = points.map((at) => ({ ...at, sizes: [{ width, height: 13 }] }));
        const places = namePlaces(some, ROOM, REACH);
        expect(places.map((place) => [place?.size, place?.line])).toEqual(points.map(() => [0, null]));
      }),
    );
  });

  it('given a crowd, then those at its edge have names, some farther away with a line; what lies on others has none', () => {
    const ring = Array.from({ length: 12 }, (_, at) => ({
      x: 200 + 26 * Math.cos((at / 6) * Math.PI),
      y: 200 + 26 * Math.sin((at / 6) * Math.PI),
      sizes: [{ width: 60, height: 13 }],
    }));
    const places = named(namePlaces(ring, ROOM, REACH));
    expect(places.length).toBeGreaterThan(8);
    expect(places.some(({ line }) => line !== null)).toBe(true);
    const [one] = ring;
    expect(one && namePlaces([one, one], ROOM, REACH)).toEqual([null, null]);
  });

  it('given a name that is too long for the line beside its point, then it is written on more lines', () => {
    const sizes = [
      { width: 650, height: 13 },
      { width: 180, height: 39 },
    ];
    expect(namePlaces([{ x: 300, y: 200, sizes }], ROOM, REACH)[0]?.size).toBe(1);
    expect(namePlaces([{ x: 20, y: 200, sizes }], ROOM, REACH)[0]?.size).toBe(0);
    expect(namePlaces([{ x: 100, y: 200, sizes: [{ width: 900, height: 13 }] }], ROOM, REACH)).toEqual([
      null,
    ]);
  });

  it('given a thousand points, then names stand beside their points alone: lines would be a thicket', () => {
    const many = Array.from({ length: 1_000 }, (_, at) => ({
      ...{ x: (at * 37) % 420, y: (at * 91) % 420, sizes: [{ width: 6, height: 6 }] },
    }));
    const places = named(namePlaces(many, ROOM, REACH));
    expect(places.every(({ line }) => line === null)).toBe(true);
  });
});
