import { describeFaults, type Fault } from '#schemas/admission.ts';
import { instantOf } from '#schemas/dates.ts';
import { type Claim, claimOf } from '../admission/admit.ts';
import type { StreamRecord } from '../stream/eventStream.ts';
import type { LedgerRow } from '../tables/tables.ts';
import { OPEN_END } from '../tables/tables.ts';

/** A record that is no event of ours: what can be said of it, for the ledger and the quarantine. */
export type Unreadable = {
  row: Omit<LedgerRow, 'verdict'>;
  reason: string;
  /** The identity that it takes all the same, where it has one. */
  claim: Claim | undefined;
};

/** No event of ours nests deeper; beyond thousands, walking a value would end the process. */
const DEEPEST = 64;

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    const next: unknown[] = [];
    for (const item of level)
      if (item !== null && typeof item === 'object')
        for (const inner of Object.values(item)) next.push(inner);
    level = next;
  }
  return false;
}

const LONGEST = 200;
/** A text that the store can keep: not endless, and without halves of surrogate pairs. */
const shorten = (text: string, most: number): string => text.slice(0, most).replace(/\p{Cs}/gu, '\ufffd');
const textOf = (value: unknown): string => (typeof value === 'string' ? shorten(value, LONGEST) : '');

/** When the record says that it was recorded, if the store can keep that, else when the stream took it in. */
function recordedAtOf(attributes: Record<string, unknown>, storedAt: number): number {
  const own = typeof attributes.recordedtime === 'string' ? instantOf(attributes.recordedtime) : Number.NaN;
  const instant = own >= 0 && own < OPEN_END ? own : storedAt;
  return Math.min(Math.max(0, instant), OPEN_END - 1);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function contentOf(
  { text = '', raw }: StreamRecord,
  envelope: unknown,
  deep: boolean,
  recordedAt: number,
): string {
  if (envelope === undefined) return Buffer.from(raw ?? Buffer.from(text)).toString('base64');
  if (deep) return JSON.stringify(`nested more than ${DEEPEST} levels deep, not kept here`);
  if (!isObject(envelope)) return JSON.stringify(envelope);
  return JSON.stringify({ ...envelope, recordedtime: new Date(recordedAt).toISOString() });
}

/**
 * Describes a record that failed admission; it never throws, whatever a foreign producer wrote. `envelope` is
 * undefined where the record is no JSON.
 */
export function describeUnreadable(
  record: StreamRecord,
  envelope: unknown,
  faults: readonly Fault[],
): Unreadable {
  const { position, storedAt } = record;
  const deep = isDeep(envelope);
  const attributes = isObject(envelope) ? envelope : {};
  const recordedAt = recordedAtOf(attributes, storedAt);
  const row = {
    position,
    subject: textOf(attributes.subject),
    source: textOf(attributes.source),
    id: textOf(attributes.id),
    type: textOf(attributes.type),
    activity: '',
    recordedAt,
    envelope: contentOf(record, envelope, deep, recordedAt),
  };
  const cause = envelope === undefined ? (record.fault ?? 'is no JSON') : describeFaults(faults);
  const reason = shorten(cause, 2_000);
  return { row, reason, claim: deep ? undefined : claimOf(attributes) };
}
