import { z } from 'zod';
import { headOf } from '#api/answers/activityBody.ts';
import { planInUse } from '#api/answers/asked.ts';
import { badCursor } from '#api/answers/lists.ts';
import type { InboxReads } from '#api/ports.ts';
import { eventsAt } from '#api/queries/activityFacts.ts';
import { type DecidedPlace, decidedPlaces } from '#api/queries/decided.ts';
import { type InboxRow, rowSizes, rowsAt } from '#api/queries/inbox.ts';
import { fitting } from '#api/queries/pageBytes.ts';
import { formatPosition, formatWatermark } from '#schemas/position.ts';
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

/** What was decided, the latest first. What each decision changed, the history of its report tells. */
export function createDecidedLists({
  ask,
  cache,
  offsets,
  heads,
}: Pick<PageParts, 'ask' | 'cache' | 'offsets'> & { heads: UnitHeads }): Pick<InboxReads, 'decided'> {
  /** Those whose rows fit a page. */
  async function fitted(year: number, places: readonly DecidedPlace[]): Promise<InboxRow[]> {
    const sizes = await rowSizes(ask, { year, places });
    const sized = places.map(({ fromPos }) => ({ bytes: sizes.get(fromPos) ?? 0 }));
    const shown = places.slice(0, fitting(sized, places.length));
    return shown.length === 0 ? [] : rowsAt(ask, { year, places: shown });
  }

  return {
    async decided({ limit, cursor, ...question }, who) {
      const { year, unit, group } = question;
      const snapshot = { offsets: offsets(), asOf: null };
      const [plan, { headOf: unitOf, ofGroup }] = await Promise.all([
        planInUse(cache.plans, year),
        heads.at(),
      ]);
      const of = group === undefined ? undefined : ofGroup(group);
      const units = unit === undefined ? of && [...of] : !of || of.has(unit) ? [unit] : [];
      const places = await decidedPlaces(
        ask,
        { snapshot, year, units, kinds: kindsOf(who, plan, question) },
        { before: placeOf(cursor), limit: limit + 1 },
      );
      const rows = await fitted(year, places.slice(0, limit));
      const events = await eventsAt(ask, { snapshot, positions: rows.map(({ fromPos }) => fromPos) });
      const last = rows.length < places.length ? rows.at(-1) : undefined;
      return {
        items: rows.map((row) => {
          const event = events.get(row.fromPos);
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
