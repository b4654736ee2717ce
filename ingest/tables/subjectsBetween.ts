import { z } from 'zod';
import { type Offsets, positionOf } from '#schemas/position.ts';

const row = z.object({ subject: z.string() });

// What is read twice because a batch was just being written costs a little; what is missed costs a wrong answer.
const SUBJECTS = `
  SELECT DISTINCT subject FROM ledger
  WHERE verdict = 'applied' AND position >= {from:UInt64} AND position < {to:UInt64}`;

/** The subjects (units, or `zone`) of the events that were applied from `from` on, before `to`. */
export async function subjectsBetween(
  store: { query<T>(row: z.ZodType<T>, sql: string, params: Record<string, number>): Promise<T[]> },
  from: Offsets,
  to: Offsets,
): Promise<Set<string>> {
  const subjects = new Set<string>();
  for (const [partition, offset] of to.entries()) {
    const start = from[partition] ?? 0;
    if (offset <= start) continue;
    const range = { from: positionOf(partition, start), to: positionOf(partition, offset) };
    for (const { subject } of await store.query(row, SUBJECTS, range)) subjects.add(subject);
  }
  return subjects;
}
