import { instantOf } from '#schemas/dates.ts';
import { subjectOf } from '#schemas/events.ts';
import type { Position } from '#schemas/position.ts';
import { type Admitted, admit, type Claim } from './project/admit.ts';
import { decide } from './project/decide.ts';
import { createDraft, type Draft } from './project/draft.ts';
import { createRowSink } from './project/rowSink.ts';
import { describeUnreadable } from './project/unreadable.ts';
import type { StateChanges, StateView } from './state/state.ts';
import type { LedgerRow, Rows } from './store/rows.ts';
import type { StreamRecord } from './stream/eventStream.ts';

/** What a batch of records makes: rows for the store, and the state for the next batch. */
export type Projected = {
  rows: Rows;
  changes: StateChanges;
  /** The subjects whose answers may differ now. */
  touched: Set<string>;
  quarantined: number;
};

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
function envelopeText(envelope: object, recordedAt: number): string {
  const own = (envelope as { recordedtime?: string }).recordedtime;
  return own !== undefined && instantOf(own) === recordedAt
    ? JSON.stringify(envelope)
    : JSON.stringify({ ...envelope, recordedtime: new Date(recordedAt).toISOString() });
}

/**
 * Events to rows (domain §2), pure: the same records after the same state make the same rows, in batches of any
 * size. Nothing is skipped: each record is applied, there already, or quarantined with its reason.
 */
export function project(view: StateView, records: readonly StreamRecord[], recall?: Recall): Projected {
  const draft = createDraft(view);
  const sink = createRowSink();
  const { ledger, quarantine } = sink.rows;
  const touched = new Set<string>();

  function enter(row: Omit<LedgerRow, 'verdict'>, verdict: LedgerRow['verdict'], reason = ''): void {
    ledger.push({ ...row, verdict });
    if (verdict !== 'quarantined') return;
    const { position, subject, id, type, recordedAt, envelope: content } = row;
    quarantine.push({ position, subject, id, type, recordedAt, reason, content });
  }

  function enterEvent(
    { event, ...identity }: Admitted,
    { position, storedAt, envelope }: StreamRecord,
  ): void {
    const { source, id, type, data } = event;
    const subject = subjectOf(event);
    const recordedAt = clockIn(draft, subject, event.recordedtime, storedAt);
    const activity = 'activity' in data ? data.activity : '';
    const text = envelopeText(envelope as object, recordedAt);
    const row = { position, subject, source, id, type, activity, recordedAt, envelope: text };
    const claimed = claim(draft, identity, position);
    if (claimed === 'already') return enter(row, 'already');
    if (claimed === 'conflict') return enter(row, 'quarantined', IDENTITY_CONFLICT);
    const at = { position, recordedAt };
    const decision = decide(draft, event, at);
    if ('refusal' in decision) return enter(row, 'quarantined', decision.refusal.problem);
    const { effect } = decision;
    if ('key' in effect) draft.put(effect.table, effect.key, effect.after);
    sink.add(effect, at);
    touched.add(subject);
    enter(row, 'applied');
  }

  for (const record of records) {
    const known = recall?.(record.position);
    const admission = known ? { admitted: known } : admit(record.envelope);
    if ('admitted' in admission) {
      enterEvent(admission.admitted, record);
      continue;
    }
    const { row, reason, claim: identity } = describeUnreadable(record, admission.faults);
    const claimed = identity && claim(draft, identity, record.position);
    if (claimed === 'already') enter(row, 'already');
    else enter(row, 'quarantined', claimed === 'conflict' ? IDENTITY_CONFLICT : reason);
  }

  return { rows: sink.finish(), changes: draft.changes, touched, quarantined: quarantine.length };
}
