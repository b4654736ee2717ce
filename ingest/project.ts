import { describeFaults } from '#schemas/admission.ts';
import { withData } from '#schemas/cloudEvents.ts';
import { instantOf } from '#schemas/dates.ts';
import type { WuxingEvent } from '#schemas/events.ts';
import { type Position, partitionOf } from '#schemas/position.ts';
import { nobody, type Touched } from '#schemas/touched.ts';
import { type Admitted, admit, type Claim } from './project/admit.ts';
import { decide } from './project/decide.ts';
import { createDraft, type Draft } from './project/draft.ts';
import { type Effect, type Moment, touch } from './project/effect.ts';
import { admittedBefore } from './project/note.ts';
import { createRowSink } from './project/rowSink.ts';
import { describeUnreadable, type Unreadable } from './project/unreadable.ts';
import type { StateChanges, StateView } from './state/state.ts';
import type { LedgerRow, Rows } from './store/rows.ts';
import type { StreamRecord } from './stream/eventStream.ts';
import { homeOf } from './stream/partitioner.ts';

/** What a batch of records makes for the store. */
export type Drawn = {
  rows: Rows;
  /** Whose answers may differ now. */
  touched: Touched;
  quarantined: number;
};

/** The same, with the state for the next batch. */
export type Projected = Drawn & { changes: StateChanges };

const IDENTITY_CONFLICT = 'another event with the same source and id, but other content, came first';

/** Whether the identity is taken already; if not, it is from now on. */
function claim(draft: Draft, { key, content }: Claim, position: Position): 'new' | 'already' | 'conflict' {
  const first = draft.get('identities', key);
  if (first) return first.content === content ? 'already' : 'conflict';
  draft.put('identities', key, { position, content });
  return 'new';
}

/**
 * When an event counts as recorded: by its own time, else the stream's, never before its subject's last. `asSaid`:
 * whether that is what its envelope says.
 */
function clockIn(draft: Draft, { subject, recordedtime }: WuxingEvent, storedAt: number) {
  const own = recordedtime === undefined ? Math.max(0, storedAt) : instantOf(recordedtime);
  const last = draft.get('clocks', subject) ?? 0;
  if (own > last) draft.put('clocks', subject, own);
  return { recordedAt: Math.max(own, last), asSaid: recordedtime !== undefined && own >= last };
}

/** What the record's JSON says, its data as JSON; undefined where it is none. */
export function envelopeIn({ text }: StreamRecord): unknown {
  if (text === undefined) return undefined;
  try {
    return withData(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The envelope as the stream holds it, with the time at which it counts as recorded. */
function envelopeText(
  { note, text }: StreamRecord,
  envelope: unknown,
  { recordedAt, asSaid }: ReturnType<typeof clockIn>,
): string {
  if (asSaid) return note === undefined || text === undefined ? JSON.stringify(envelope) : text;
  const recordedtime = new Date(recordedAt).toISOString();
  return JSON.stringify({ ...(envelope as object), recordedtime });
}

/** Of a subject whose events stand in several partitions nobody could say which came first, and twice the same. */
const strayIn = (subject: string, position: Position, partitions: number): string | undefined =>
  homeOf(subject, partitions) === partitionOf(position)
    ? undefined
    : `stands in partition ${partitionOf(position)}, while events of "${subject}" belong into ` +
      `${homeOf(subject, partitions)}: produce with the subject as key and the murmur2 partitioner`;

const NONE: ReadonlySet<Position> = new Set();

type Finding =
  | { verdict: 'applied'; effect: Effect }
  | { verdict: 'already' }
  | { verdict: 'quarantined'; reason: string };

/** Identity first, then what the event follows. */
function find(draft: Draft, admitted: Admitted, at: Moment): Finding {
  const claimed = claim(draft, admitted, at.position);
  if (claimed === 'already') return { verdict: 'already' };
  if (claimed === 'conflict') return { verdict: 'quarantined', reason: IDENTITY_CONFLICT };
  const decision = decide(draft, admitted.event, at);
  if ('refusal' in decision)
    return { verdict: 'quarantined', reason: describeFaults(decision.refusal.faults) };
  return { verdict: 'applied', effect: decision.effect };
}

function findUnreadable(
  draft: Draft,
  { claim: identity, reason, row }: Unreadable,
  position: Position,
  partitions: number,
): Finding {
  // What is no event has no order to keep, but must not take an identity away either.
  if (identity && strayIn(row.subject, position, partitions)) return { verdict: 'quarantined', reason };
  const claimed = identity && claim(draft, identity, position);
  if (claimed === 'already') return { verdict: 'already' };
  return { verdict: 'quarantined', reason: claimed === 'conflict' ? IDENTITY_CONFLICT : reason };
}

function rowOf(
  event: WuxingEvent,
  { verdict }: Finding,
  { position, recordedAt }: Moment,
  envelope: string,
): LedgerRow {
  const { subject, source, id, type, data } = event;
  const activity = 'activity' in data ? data.activity : '';
  return { position, verdict, subject, source, id, type, activity, recordedAt, envelope };
}

/**
 * Events to rows (domain §2), pure: the same records after the same state make the same rows, in batches of any
 * size. Nothing is skipped: each record is applied, there already, or quarantined with its reason.
 */
export function project(view: StateView, records: readonly StreamRecord[], partitions = 1): Projected {
  const draft = createDraft(view);
  return { ...draw(draft, records, { partitions }), changes: draft.changes };
}

/**
 * Projects onto a draft, which takes up what the records change: batches that are to be written as one share it.
 * `followed`: positions of records that count for the state, and whose rows somebody else makes. `partitions`: how
 * many the stream has that the records come from.
 */
export function draw(
  draft: Draft,
  records: readonly StreamRecord[],
  {
    followed = NONE,
    partitions = 1,
  }: { followed?: ReadonlySet<Position> | undefined; partitions?: number | undefined } = {},
): Drawn {
  const sink = createRowSink();
  const { ledger, quarantine } = sink.rows;
  const touched = nobody();

  function enter(row: LedgerRow, finding: Finding): void {
    const effect = finding.verdict === 'applied' ? finding.effect : undefined;
    if (effect && 'key' in effect) draft.put(effect.table, effect.key, effect.after);
    if (followed.has(row.position)) return;
    ledger.push(row);
    if (finding.verdict === 'quarantined') {
      const { position, subject, id, type, recordedAt, envelope: content } = row;
      quarantine.push({ position, subject, id, type, recordedAt, reason: finding.reason, content });
    }
    if (!effect) return;
    sink.add(effect, row);
    touch(touched, row.subject, effect);
  }

  for (const record of records) {
    const { position, storedAt } = record;
    const envelope = envelopeIn(record);
    const known = admittedBefore(record, envelope);
    const admission = known ? { admitted: known } : admit(envelope);
    if ('admitted' in admission) {
      const { event } = admission.admitted;
      const stray = strayIn(event.subject, position, partitions);
      // An event that is out of order moves neither the clock nor anything else.
      const clocked = clockIn(stray ? createDraft(draft) : draft, event, storedAt);
      const at = { position, recordedAt: clocked.recordedAt };
      const finding: Finding = stray
        ? { verdict: 'quarantined', reason: stray }
        : find(draft, admission.admitted, at);
      const text = envelopeText(record, envelope, clocked);
      enter(rowOf(event, finding, at, text), finding);
    } else {
      const unreadable = describeUnreadable(record, envelope, admission.faults);
      const finding = findUnreadable(draft, unreadable, position, partitions);
      enter({ ...unreadable.row, verdict: finding.verdict }, finding);
    }
  }

  return { rows: sink.finish(), touched, quarantined: quarantine.length };
}
