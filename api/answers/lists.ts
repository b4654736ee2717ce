import { requireOffsets } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import type { Page, Reads } from '#api/ports.ts';
import type { Ask } from '#api/queries/ask.ts';
import { type LedgerEvent, listEvents } from '#api/queries/events.ts';
import { listQuarantine, type QuarantinedRecord } from '#api/queries/quarantine.ts';
import { listUnits } from '#api/queries/units.ts';
import type { PlanShelf } from '#api/ranking-cache/planShelf.ts';
import { instantOf } from '#schemas/dates.ts';
import {
  formatPosition,
  formatWatermark,
  type Offsets,
  offsetOf,
  parsePosition,
  partitionOf,
} from '#schemas/position.ts';
import type { QuarantineRow } from '#schemas/results/results.ts';
import { noPlan } from './asked.ts';
import type { QuarantineCount } from './quarantineCount.ts';

export type ListParts = {
  ask: Ask;
  plans: PlanShelf;
  offsets(): Offsets;
  quarantined: QuarantineCount;
};

const isoOf = (instant: number): string => new Date(instant).toISOString();

/** A page of rows, and where to go on if there are more. */
export function pageOf<R, T>(
  { rows, more }: { rows: readonly R[]; more: boolean },
  { item, cursor, watermark }: { item(row: R): T; cursor(row: R): string; watermark: Offsets },
): Page<T> {
  const last = more ? rows.at(-1) : undefined;
  return { items: rows.map(item), nextCursor: last === undefined ? null : cursor(last), watermark };
}

export const badCursor = (): Problem =>
  new Problem('invalid-parameter', 'cursor must be what an earlier page gave as nextCursor.', {
    errors: [{ field: 'cursor', message: 'must be what an earlier page gave as nextCursor' }],
  });

/**
 * The envelope as the ledger has it; bytes that were no JSON are given as base64. An event keeps the spelling of its
 * `recordedtime`, since seals are made over it; what is in quarantine has it in full, as seals name what is set aside.
 */
function eventItem({ position, verdict, recordedAt, envelope }: LedgerEvent): Record<string, unknown> {
  const stamps = { recordedtime: isoOf(recordedAt), position: formatPosition(position) };
  const parsed = parsedOf(envelope);
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed))
    return { raw: envelope, ...stamps };
  return verdict === 'quarantined'
    ? { ...parsed, ...stamps }
    : { ...stamps, ...parsed, position: stamps.position };
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text);

const quarantineItem = ({
  position,
  subject,
  id,
  type,
  recordedAt,
  ...rest
}: QuarantinedRecord): QuarantineRow => ({
  position: formatPosition(position),
  subject: orNull(subject),
  id: orNull(id),
  type: orNull(type),
  recordedtime: isoOf(recordedAt),
  handled: null,
  ...rest,
});

/** Where to go on behind a record: the partitions before its own have been given whole. */
function behind(position: number, after: Offsets, all: Offsets): Offsets {
  const own = partitionOf(position);
  return all.map((end, partition) => {
    if (partition < own) return end;
    return partition === own ? offsetOf(position) + 1 : (after[partition] ?? 0);
  });
}

export function createLists({
  ask,
  plans,
  offsets,
  quarantined,
}: ListParts): Pick<Reads, 'units' | 'plan' | 'events' | 'quarantine' | 'quarantined'> {
  const now = () => ({ offsets: offsets(), asOf: null });
  return {
    async units(page) {
      const snapshot = now();
      const rows = await listUnits(ask, {
        snapshot,
        after: page.cursor,
        limit: page.limit + 1,
        units: page.units,
      });
      const shown = { rows: rows.slice(0, page.limit), more: rows.length > page.limit };
      return pageOf(shown, {
        item: (row) => row,
        cursor: ({ unit }) => unit,
        watermark: snapshot.offsets,
      });
    },

    async plan(year, asOf) {
      const watermark = offsets();
      const time = asOf === undefined ? null : instantOf(asOf);
      const versions = await plans.versions(year, time);
      const latest = versions.at(-1);
      if (!latest) throw noPlan(year);
      return {
        plan: latest.plan,
        versions: versions.map(({ plan, recordedAt }) => ({
          version: plan.version,
          adoptedAt: isoOf(recordedAt),
        })),
        nextAdopted: (await plans.versions(year + 1, time)).length > 0,
        watermark,
      };
    },

    async events({ after, limit }) {
      const snapshot = now();
      const asked = after === undefined ? [] : requireOffsets(after, 'after');
      const from = snapshot.offsets.map((_, partition) => asked[partition] ?? 0);
      return pageOf(await listEvents(ask, { snapshot, after: from, limit }), {
        item: eventItem,
        cursor: ({ position }) => formatWatermark(behind(position, from, snapshot.offsets)),
        watermark: snapshot.offsets,
      });
    },

    quarantined: () => quarantined(now()),

    async quarantine(page) {
      const snapshot = now();
      const after = page.cursor === undefined ? 0 : parsePosition(page.cursor);
      if (after === undefined) throw badCursor();
      const [shown, total] = await Promise.all([
        listQuarantine(ask, { snapshot, after, limit: page.limit }),
        quarantined(snapshot),
      ]);
      const cursor = ({ position }: QuarantinedRecord) => formatPosition(position);
      return { total, ...pageOf(shown, { item: quarantineItem, cursor, watermark: snapshot.offsets }) };
    },
  };
}
