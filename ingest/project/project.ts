import { describeFaults } from '#schemas/admission.ts';
import { withData } from '#schemas/cloudEvents.ts';
import type { WuxingEvent } from '#schemas/events.ts';
import { type Position, partitionOf } from '#schemas/position.ts';
import { nobody, type Touched } from '#schemas/touched.ts';
import { admit } from '../admission/admit.ts';
import { admittedBefore } from '../admission/stamp.ts';
import { lay, layered } from '../state/layered.ts';
import { noChanges, type StateChanges, type StateView, type Write } from '../state/state.ts';
import type { StreamRecord } from '../stream/eventStream.ts';
import { homeOf } from '../stream/partitioner.ts';
import type { LedgerRow, Rows } from '../tables/tables.ts';
import { become, type Clock, clockOf, type Fate, holderOf, TAKEN } from './become.ts';
import { type Effect, type Moment, touch } from './effect.ts';
import { createRowSink } from './rowSink.ts';
import { describeUnreadable, type Unreadable } from './unreadable.ts';

/** What records have changed so far, seen by those that follow. */
export type Draft = { view: StateView; changes: StateChanges; put(writes: readonly Write[]): void };

export function createDraft(base: StateView): Draft {
  const changes = noChanges();
  return { view: layered(base, changes), changes, put: (writes) => lay(changes, writes) };
}

/** What a batch of records makes for the store. */
export type ProjectionResult = {
  rows: Rows;
  /** Whose answers may differ now. */
  touched: Touched;
  quarantined: number;
};

/** The same, with the state for the next batch. */
export type Projected = ProjectionResult & { changes: StateChanges };

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
  { stamp, text }: StreamRecord,
  envelope: unknown,
  { recordedAt, asSaid }: Clock,
): string {
  if (asSaid) return stamp === undefined || text === undefined ? JSON.stringify(envelope) : text;
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

/** What became of an admitted event, as the ledger tells it. */
function findingOf(fate: Fate): Finding {
  switch (fate.outcome) {
    case 'applied':
      return { verdict: 'applied', effect: fate.effect };
    case 'already':
      return { verdict: 'already' };
    case 'taken':
      return { verdict: 'quarantined', reason: TAKEN };
    case 'refused':
      return { verdict: 'quarantined', reason: describeFaults(fate.faults) };
  }
}

/** What is no event has no order to keep, but neither takes an identity away nor has one that is taken. */
function findUnreadable(
  draft: Draft,
  { claim, reason, row }: Unreadable,
  position: Position,
  partitions: number,
): Finding {
  if (!claim || strayIn(row.subject, position, partitions)) return { verdict: 'quarantined', reason };
  const held = holderOf(draft.view, claim);
  if (held?.outcome === 'already') return { verdict: 'already' };
  if (held) return { verdict: 'quarantined', reason: TAKEN };
  draft.put([{ table: 'identities', key: claim.key, value: { position, content: claim.content } }]);
  return { verdict: 'quarantined', reason };
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
 * Events to rows, pure: the same records after the same state make the same rows, in batches of any
 * size. Nothing is skipped: each record is applied, there already, or quarantined with its reason.
 */
export function project(view: StateView, records: readonly StreamRecord[], partitions = 1): Projected {
  const draft = createDraft(view);
  return { ...projectOnto(draft, records, { partitions }), changes: draft.changes };
}

/**
 * Projects onto a draft, which takes up what the records change: batches that are to be written as one share it.
 * `followed`: positions of records that count for the state, and whose rows somebody else makes. `partitions`: how
 * many the stream has that the records come from.
 */
export function projectOnto(
  draft: Draft,
  records: readonly StreamRecord[],
  {
    followed = NONE,
    partitions = 1,
  }: { followed?: ReadonlySet<Position> | undefined; partitions?: number | undefined } = {},
): ProjectionResult {
  const sink = createRowSink();
  const { ledger, quarantine } = sink.rows;
  const touched = nobody();

  function enter(row: LedgerRow, finding: Finding): void {
    const effect = finding.verdict === 'applied' ? finding.effect : undefined;
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
      const fate = stray === undefined ? become(draft.view, admission.admitted, record) : undefined;
      const clock = fate?.clock ?? clockOf(draft.view, event, storedAt);
      const finding: Finding = fate ? findingOf(fate) : { verdict: 'quarantined', reason: stray ?? '' };
      if (fate) draft.put(fate.writes);
      const at = { position, recordedAt: clock.recordedAt };
      enter(rowOf(event, finding, at, envelopeText(record, envelope, clock)), finding);
    } else {
      const unreadable = describeUnreadable(record, envelope, admission.faults);
      const finding = findUnreadable(draft, unreadable, position, partitions);
      enter({ ...unreadable.row, verdict: finding.verdict }, finding);
    }
  }

  return { rows: sink.finish(), touched, quarantined: quarantine.length };
}
