import { randomUUID } from 'node:crypto';
import { requireOffsets } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { oneAfterAnother } from '#api/oneAfterAnother.ts';
import { ORGANISATION } from '#schemas/events.ts';
import type { Offsets } from '#schemas/position.ts';
import { inQuotes } from '#schemas/presentation/names.ts';
import type { Award } from '#schemas/results/commendations.ts';
import type { Receipt } from '#schemas/results/results.ts';
import type { CommendationReads } from './commendations.ts';

/** What the department decides: to honour a unit, or to take an honour back. */
export type Decision = { unit: string; honour: string; reason: string; withdrawn?: boolean | undefined };

export type Awarding = {
  /** Records the decision and resolves once reads reflect it. Throws a `Problem` where it cannot stand. */
  decide(year: number, decision: Decision): Promise<{ award: Award; watermark: Offsets }>;
};

export type AwardingParts = {
  reads: Pick<CommendationReads, 'awards' | 'bar'>;
  /** Appends an event that only the server may write. */
  record(event: object): Promise<Receipt>;
  /** Resolves to true once reads reflect what is wanted, to false where they do not in time. */
  reached(wanted: Offsets, timeoutMs: number): Promise<boolean>;
  offsets(): Offsets;
  now(): number;
};

const sameAs =
  ({ unit, honour }: Decision) =>
  (award: Award): boolean =>
    award.unit === unit && award.honour === honour;

/** How long a decision may take to be seen; ms. */
const VISIBLE = 30_000;

/** One decision after the other, so that each knows the one before. */
export function createAwarding(parts: AwardingParts): Awarding {
  const { reads, record, reached, offsets, now } = parts;
  const inOrder = oneAfterAnother();

  const seen = (year: number) => ({ year, basis: 'to-date' as const });

  async function check(year: number, decision: Decision): Promise<void> {
    const { unit, honour, withdrawn } = decision;
    const isThere = (await reads.awards(seen(year))).some(
      (award) => !award.withdrawn && sameAs(decision)(award),
    );
    if (withdrawn && !isThere)
      throw new Problem('conflict', `${unit} has no honour ${inQuotes(honour)} of ${year} to be taken back.`);
    if (withdrawn) return;
    const bar = await reads.bar(year, unit);
    if (bar) throw new Problem('conflict', `${unit} may not be commended for ${year}: ${bar}.`);
    if (isThere)
      throw new Problem('conflict', `${unit} has the honour ${inQuotes(honour)} of ${year} already.`);
  }

  async function enter(year: number, { unit, honour, reason, withdrawn }: Decision): Promise<void> {
    const receipt = await record({
      specversion: '1.0',
      id: `awarded-${randomUUID()}`,
      source: ORGANISATION,
      subject: unit,
      type: 'commendation.awarded',
      time: new Date(now()).toISOString(),
      datacontenttype: 'application/json',
      data: { year, unit, honour, reason, ...(withdrawn && { withdrawn }) },
    });
    if (receipt.status !== 'appended' || receipt.position === undefined)
      throw new Problem('invalid', receipt.problem ?? 'The decision was not recorded.', {
        ...(receipt.faults && { errors: receipt.faults }),
      });
    if (!(await reached(requireOffsets(receipt.position, 'position'), VISIBLE)))
      throw new Problem('unavailable', 'The decision is recorded; it is seen once events are read again.', {
        headers: { 'Retry-After': '5' },
      });
  }

  async function decideNow(year: number, decision: Decision) {
    await check(year, decision);
    await enter(year, decision);
    const award = (await reads.awards(seen(year))).findLast(sameAs(decision));
    if (!award) throw new Error('a recorded award is not among the awards');
    return { award, watermark: offsets() };
  }

  return {
    decide: (year, decision) => inOrder(() => decideNow(year, decision)),
  };
}
