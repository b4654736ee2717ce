import { z } from 'zod';
import { headOf } from '#api/answers/activityBody.ts';
import { planInUse } from '#api/answers/asked.ts';
import { badCursor } from '#api/answers/lists.ts';
import type { InboxReads } from '#api/ports.ts';
import { eventsAt, type LastEvent } from '#api/queries/activityFacts.ts';
import { type InboxRow, rowSizes, rowsAt } from '#api/queries/inbox.ts';
import { fitting } from '#api/queries/pageBytes.ts';
import type { Snapshot } from '#api/queries/snapshot.ts';
import { createLru } from '#api/ranking-cache/lru.ts';
import type { Progress } from '#api/ranking-cache/progress.ts';
import { formatPosition, formatWatermark } from '#schemas/position.ts';
import { type Decided, type DecidedPlace, latestDecided } from './decided.ts';
import { kindsOf } from './inboxFilter.ts';
import type { PageParts } from './parts.ts';
import type { UnitHeads } from './unitHeads.ts';

/** When it was decided, and by which event. */
const place = z.tuple([z.int(), z.int()]);
const cursorOf = (at: z.infer<typeof place>): string => Buffer.from(JSON.stringify(at)).toString('base64url');

function placeOf(cursor: string | undefined): z.infer<typeof place> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw badCursor();
  }
}

type Shown = { row: InboxRow; event: LastEvent | undefined; bytes: number };

type DecidedParts = Pick<PageParts, 'ask' | 'cache'> & {
  decided: Decided;
  heads: UnitHeads;
  progress: Pick<Progress, 'subscribe'>;
};

const KEPT_BYTES = 8 * 2 ** 20;

/** What was decided, the latest first. What each decision changed, the history of its report tells. */
export function createDecidedLists({
  ask,
  cache,
  decided,
  heads,
  progress,
}: DecidedParts): Pick<InboxReads, 'decided'> {
  /** What stands at a position stays as it is: rows that were shown are not read again. */
  const kept = createLru<Shown>(KEPT_BYTES);
  let resets = 0;
  progress.subscribe(({ reset }) => {
    if (!reset) return;
    resets++;
    kept.clear();
  });

  /** Those whose rows fit a page. */
  async function fitted(year: number, places: readonly DecidedPlace[], snapshot: Snapshot): Promise<Shown[]> {
    const begun = resets;
    const known = new Map(places.map((place) => [place.fromPos, kept.get(String(place.fromPos))]));
    const unknown = places.filter(({ fromPos }) => !known.get(fromPos));
    const sizes = await rowSizes(ask, { year, places: unknown });
    const sized = places.map((place) => ({
      ...place,
      bytes: known.get(place.fromPos)?.bytes ?? sizes.get(place.fromPos) ?? 0,
    }));
    const shown = sized.slice(0, fitting(sized, sized.length));
    const missing = shown.filter(({ fromPos }) => !known.get(fromPos));
    const positions = missing.map(({ fromPos }) => fromPos);
    const [rows, events] = await Promise.all([
      rowsAt(ask, { year, places: missing }),
      eventsAt(ask, { snapshot, positions }),
    ]);
    for (const row of rows) {
      const { fromPos } = row;
      const one = { row, event: events.get(fromPos), bytes: sizes.get(fromPos) ?? 0 };
      known.set(fromPos, one);
      if (begun === resets) kept.set(String(fromPos), one, one.bytes);
    }
    return shown.flatMap(({ fromPos }) => known.get(fromPos) ?? []);
  }

  return {
    async decided({ limit, cursor, ...question }, who) {
      const { year, unit, group } = question;
      const [plan, { headOf: unitOf, ofGroup }, { offsets, byUnit }] = await Promise.all([
        planInUse(cache.plans, year),
        heads.at(),
        decided.at(year),
      ]);
      const snapshot = { offsets, asOf: null };
      const of = group === undefined ? undefined : ofGroup(group);
      const units = unit === undefined ? of && [...of] : !of || of.has(unit) ? [unit] : [];
      const places = latestDecided(byUnit, {
        units,
        kinds: kindsOf(who, plan, question),
        before: placeOf(cursor),
        limit: limit + 1,
      });
      const rows = await fitted(year, places.slice(0, limit), snapshot);
      const last = rows.length < places.length ? rows.at(-1)?.row : undefined;
      return {
        items: rows.map(({ row, event }) => {
          return {
            ...unitOf(row.unit),
            ...headOf(row),
            kind: row.kind,
            title: row.title,
            occurredOn: row.day,
            position: formatPosition(row.fromPos),
            decided: {
              by: event?.actor || null,
              type: event?.type ?? '',
              outcome: event?.outcome || null,
              reason: event?.reason || null,
              at: new Date(row.recordedFrom).toISOString(),
            },
          };
        }),
        nextCursor: last ? cursorOf([last.recordedFrom, last.fromPos]) : null,
        watermark: formatWatermark(snapshot.offsets),
      };
    },
  };
}
