import type { Ask } from '#api/queries/ask.ts';
import { listQuarantine, type QuarantinedRecord } from '#api/queries/quarantine.ts';
import type { Snapshot } from '#api/queries/snapshot.ts';
import { eventLeaf } from '#schemas/manifest.ts';
import { formatPosition, type Position } from '#schemas/position.ts';
import type { SetAside } from '#schemas/seal.ts';
import { sha256, toHex } from './digest.ts';

export type Quarantined = {
  ask: Ask;
  /** What the department did about the record at a position; undefined while it waits. */
  handled(position: string): Pick<SetAside, 'how' | 'reason'> | undefined;
};

const PAGE = 500;

/** As an export writes it: what was no JSON object is there as it came, under `raw`. */
function leafOf({ content, recordedAt }: QuarantinedRecord): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    parsed = undefined;
  }
  const isEvent = parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed);
  const recordedtime = new Date(recordedAt).toISOString();
  return toHex(
    eventLeaf(sha256, isEvent ? { ...(parsed as object), recordedtime } : { raw: content, recordedtime }),
  );
}

/** What is in quarantine, whenever it was recorded: how much waits, and what was dealt with, in stream order. */
export async function handledQuarantine(
  { ask, handled }: Quarantined,
  snapshot: Snapshot,
): Promise<{ waiting: number; setAside: SetAside[] }> {
  const setAside: SetAside[] = [];
  let waiting = 0;
  for (let after: Position | undefined = 0; after !== undefined; ) {
    const { rows, more }: { rows: QuarantinedRecord[]; more: boolean } = await listQuarantine(ask, {
      snapshot: { ...snapshot, asOf: null },
      after,
      limit: PAGE,
    });
    for (const row of rows) {
      const how = handled(formatPosition(row.position));
      if (how) setAside.push({ event: leafOf(row), how: how.how, reason: how.reason });
      else waiting += 1;
    }
    after = more ? rows.at(-1)?.position : undefined;
  }
  return { waiting, setAside };
}
