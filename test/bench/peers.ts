import type { Envelope } from '#schemas/events.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { median, timed } from './rows.ts';

/** A database that answers the same question from the same events. */
export type Peer = {
  load(events: Iterable<readonly Envelope[]>): Promise<void>;
  /** Rows as JSON text, ordered by rank. */
  ranking(): Promise<string>;
  close(): void | Promise<void>;
};

const STATES: Record<string, string> = {
  'activity.retracted': 'retracted',
  'activity.verified': 'verified',
  'activity.rejected': 'rejected',
};

export const TABLES = ['units', 'targets', 'activities', 'corrections'] as const;
export type Facts = Record<(typeof TABLES)[number], Record<string, unknown>[]>;

/** What a peer's tables take from the events, batch by batch; `pos` is the place in the stream. */
export function* factsOf(events: Iterable<readonly Envelope[]>): Generator<Facts> {
  let pos = 0;
  for (const batch of events) {
    const facts: Facts = { units: [], targets: [], activities: [], corrections: [] };
    for (const { type, data } of batch) {
      pos++;
      if (type === 'unit.registered') facts.units.push(data);
      if (type === 'target.assigned') facts.targets.push(data);
      if (type === 'activity.recorded') facts.activities.push({ ...data, pos });
      if (type === 'activity.amended' || type in STATES)
        facts.corrections.push({
          ...data,
          pos,
          state: STATES[type] ?? 'reported',
          amended: type === 'activity.amended',
        });
    }
    yield facts;
  }
}

const ROUNDS = 5;

/** The median of the peer's answers, and the last of them. */
export async function askPeer(peer: Peer): Promise<{ ms: number; rows: { unit: string; total: number }[] }> {
  const times: number[] = [];
  let answer = '[]';
  for (let round = 0; round < ROUNDS; round++) {
    const once = await timed(() => peer.ranking());
    times.push(once.ms);
    answer = once.value;
  }
  return { ms: median(times), rows: JSON.parse(answer) };
}

/**
 * Totals must agree with the peer's, or its time says nothing. Its totals are doubles: 0.0001 may differ at a tie.
 * Tells how many do.
 */
export function mustAgree(
  peerName: string,
  ours: readonly RankingRow[],
  theirs: readonly { unit: string; total: number }[],
): number {
  const totals = new Map(theirs.map(({ unit, total }) => [unit, Number(total)]));
  let apart = 0;
  for (const { unit, total } of ours) {
    const difference = Math.abs((total ?? 0) - (totals.get(unit) ?? Number.NaN));
    if (!(difference <= 0.00011))
      throw new Error(`${peerName} and Wuxing differ on ${unit}: ${totals.get(unit)} and ${total}`);
    if (difference > 0.00001) apart++;
  }
  return apart;
}
