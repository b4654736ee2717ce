import { addDays, dayOf, daysLater, officeHour } from './calendar.ts';
import type { Quality } from './character.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import { amend, type Reported } from './reporting.ts';
import { APPEALED, DISMISSED, GRANTED, REJECTED, VERIFIED } from './wording.ts';

/** The department goes through the reports after each quarter; the last round is in the January that follows. */
const ROUNDS = ['04-10', '07-10', '10-12'];

function roundFor(random: Random, { year, at }: Reported): number | undefined {
  const earliest = addDays(dayOf(at), 25);
  const day = [...ROUNDS.map((round) => `${year}-${round}`), `${year + 1}-01-12`].find(
    (round) => round >= earliest,
  );
  return day === undefined ? undefined : officeHour(random, addDays(day, random.int(0, 6)));
}

/** What a unit does about a rejection: correct it, appeal, or let it stand. */
function respond(ledger: Ledger, random: Random, reported: Reported, rejectedAt: number): void {
  const roll = random.next();
  const at = daysLater(random, rejectedAt, 2, 9);
  if (roll < 0.4) amend(ledger, random, reported, at, 2);
  else if (roll < 0.75) appeal(ledger, random, reported, at, random.chance(0.55) ? 'granted' : 'dismissed');
}

/** An appeal and, unless it stays open, its decision. */
export function appeal(
  ledger: Ledger,
  random: Random,
  { activity, unit }: Pick<Reported, 'activity' | 'unit'>,
  at: number,
  outcome: 'granted' | 'dismissed' | 'open',
  reasons: { appealed?: string; decided?: string } = {},
): void {
  const reason = reasons.appealed ?? random.pick(APPEALED);
  ledger.send(at, 'unit', `${activity}.appealed`, 'appeal.lodged', { activity, unit, reason });
  if (outcome === 'open') return;
  const decided = reasons.decided ?? random.pick(outcome === 'granted' ? GRANTED : DISMISSED);
  ledger.send(daysLater(random, at, 6, 21), 'organisation', `${activity}.decided`, 'appeal.decided', {
    activity,
    unit,
    outcome,
    reason: decided,
  });
}

/** Verifies a part of the reports in the round that follows each, and rejects what does not hold. */
export function verifyAll(
  ledger: Ledger,
  random: Random,
  quality: Quality,
  reports: readonly Reported[],
): void {
  for (const reported of reports) {
    const at = roundFor(random, reported);
    if (at === undefined) continue;
    const { activity, unit, body } = reported;
    const roll = random.next();
    const doubtful = 0.006 + 0.035 * (1 - quality('integrity', body.occurredOn));
    if (roll < doubtful) {
      const reason = random.pick(REJECTED);
      ledger.send(at, 'organisation', `${activity}.rejected`, 'activity.rejected', {
        activity,
        unit,
        reason,
      });
      respond(ledger, random, reported, at);
    } else if (roll < 0.2) {
      const reason = random.pick(VERIFIED);
      ledger.send(at, 'organisation', `${activity}.verified`, 'activity.verified', {
        activity,
        unit,
        reason,
      });
    }
  }
}
