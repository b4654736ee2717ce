import { z } from 'zod';
import { type Offsets, positionOf } from '#schemas/position.ts';
import type { Ask } from './ask.ts';

const row = z.object({ subject: z.string() });

const SUBJECTS = `
  SELECT DISTINCT subject FROM ledger
  WHERE verdict = 'applied' AND position >= {from:UInt64} AND position < {to:UInt64} AND recordedAt <= {asOf:Int64}`;

/**
 * The subjects of events that were read between two offsets, and count as recorded by a time that had passed: of a foreign
 * clock that is slow. Whatever else was read since changes nothing of what was known then.
 */
export async function recordedBetween(
  ask: Ask,
  from: Offsets,
  to: Offsets,
  asOf: number,
): Promise<Set<string>> {
  const subjects = new Set<string>();
  for (const [partition, offset] of to.entries()) {
    const start = from[partition] ?? 0;
    if (offset <= start) continue;
    const range = { from: positionOf(partition, start), to: positionOf(partition, offset), asOf };
    for (const { subject } of await ask.query(row, SUBJECTS, range)) subjects.add(subject);
  }
  return subjects;
}
