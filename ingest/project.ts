import { describeFaults } from '#schemas/admission.ts';
import { instantOf } from '#schemas/dates.ts';
import type { WuxingEvent } from '#schemas/events.ts';
import type { Position } from '#schemas/position.ts';
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

/** What a batch of records makes for the store. */
export type Drawn = {
  rows: Rows;
  /** Whose answers may differ now. */
  touched: Touched;
  quarantined: number;
};

/** The same, with the state for the next batch. */
export type Projected = Drawn & { changes: StateChanges };

/** An event that this process' own door put at a position, so that it need not be checked again. */
export type Recall = (position: Position) => Admitted | undefined;

const IDENTITY_CONFLICT = 'another event with the same source and id, but other content, came first';

/** Whether the identity is taken already; if not, it is from now on. */
function claim(draft: Draft, { key, content }: Claim, position: Position): 'new' | 'already' | 'conflict' {
  const first = draft.get('identities', key);
  if (first) return first.content === content ? 'already' : 'conflict';
  draft.put('identities', key, { position, content });
  return 'new';
}

/** When an event counts as recorded: by its own time, else the stream's, never before its subject's last. */
function clockIn(draft: Draft, subject: string, recordedtime: string | undefined, storedAt: number): number {
  const own = recordedtime === undefined ? Math.max(0, storedAt) : instantOf(recordedtime);
  const last = draft.get('clocks', subject) ?? 0;
  if (own > last) draft.put('clocks', subject, own);
  return Math.max(own, last);
}

/** The envelope as the stream holds it, with the time at which it counts as recorded. */
function envelopeText(record: StreamRecord, own: string | undefined, recordedAt: number): string {
  if (own !== undefined && instantOf(own) === recordedAt)
    return record.text ?? JSON.stringify(record.envelope);
  const recordedtime = new Date(recordedAt).toISOString();
  return JSON.stringify({ ...(record.envelope as object), recordedtime });
}

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

function findUnreadable(draft: Draft, { claim: identity, reason }: Unreadable, position: Position): Finding {
  const claimed = identity && claim(draft, identity, position);
  if (claimed === 'already') return { verdict: 'already' };
  return { verdict: 'quarantined', reason: claimed === 'conflict' ? IDENTITY_CONFLICT : reason };
}

function rowOf(event: WuxingEvent, record: StreamRecord, at: Moment, { verdict }: Finding): LedgerRow {
  const { position, recordedAt } = at;
  const { subject, source, id, type, data, recordedtime } = event;
  const activity = 'activity' in data ? data.activity : '';
  const envelope = envelopeText(record, recordedtime, recordedAt);
  return { position, verdict, subject, source, id, type, activity, recordedAt, envelope };
}

/**
 * Events to rows (domain §2), pure: the same records after the same state make the same rows, in batches of any
 * size. Nothing is skipped: each record is applied, there already, or quarantined with its reason.
 */
export function project(view: StateView, records: readonly StreamRecord[], recall?: Recall): Projected {
  const draft = createDraft(view);
  return { ...draw(draft, records, recall), changes: draft.changes };
}

/** Projects onto a draft, which takes up what the records change: batches that are to be written as one share it. */
export function draw(draft: Draft, records: readonly StreamRecord[], recall?: Recall): Drawn {
  const sink = createRowSink();
  const { ledger, quarantine } = sink.rows;
  const touched = nobody();

  function enter(row: LedgerRow, finding: Finding): void {
    ledger.push(row);
    if (finding.verdict === 'quarantined') {
      const { position, subject, id, type, recordedAt, envelope: content } = row;
      quarantine.push({ position, subject, id, type, recordedAt, reason: finding.reason, content });
    }
    if (finding.verdict !== 'applied') return;
    const { effect } = finding;
    if ('key' in effect) draft.put(effect.table, effect.key, effect.after);
    sink.add(effect, row);
    touch(touched, row.subject, effect);
  }

  for (const record of records) {
    const { position, storedAt } = record;
    const known = recall?.(position) ?? admittedBefore(record);
    const admission = known ? { admitted: known } : admit(record.envelope);
    if ('admitted' in admission) {
      const { event } = admission.admitted;
      const recordedAt = clockIn(draft, event.subject, event.recordedtime, storedAt);
      const at = { position, recordedAt };
      const finding = find(draft, admission.admitted, at);
      enter(rowOf(event, record, at, finding), finding);
    } else {
      const unreadable = describeUnreadable(record, admission.faults);
      const finding = findUnreadable(draft, unreadable, position);
      enter({ ...unreadable.row, verdict: finding.verdict }, finding);
    }
  }

  return { rows: sink.finish(), touched, quarantined: quarantine.length };
}
