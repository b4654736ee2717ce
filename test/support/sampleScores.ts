import type { Envelope } from '#schemas/events.ts';
import { planOf } from '#test/reference/facts.ts';
import { type History, replay } from '#test/reference/history.ts';
import { toNumber } from '#test/reference/rational.ts';
import type { StoredEvent } from '#test/reference/types.ts';
import { scoreUnit } from '#test/reference/unitScore.ts';

/** The sample read by the independent recomputation, a team at a time (it is plain and slow). */
export function historiesOf(events: readonly Envelope[]): Map<string, History> {
  const stored = events.map((event, index) => ({ position: index + 1, event }) as unknown as StoredEvent);
  const ofZone = stored.filter(({ event }) => event.subject === 'zone');
  const subjects = new Map<string, StoredEvent[]>();
  for (const one of stored) {
    const subject = one.event.subject ?? '';
    if (subject !== 'zone') subjects.set(subject, [...(subjects.get(subject) ?? ofZone), one]);
  }
  return new Map(
    [...subjects].map(([unit, own]) => [unit, replay(own.sort((a, b) => a.position - b.position))]),
  );
}

export type Score = {
  total: number;
  withoutVeto: number;
  criteria: Record<string, number>;
  eligible: boolean;
  vetoes: string[];
  deductions: string[];
  waived: number;
};

/** A unit's score in a year, or undefined where it is not ranked. */
export function scoreOf(
  history: History,
  year: number,
  basis: 'year' | 'to-date',
  on: string,
): Score | undefined {
  const plan = planOf(history, year);
  const unit = history.units[0];
  if (!plan || !unit || (unit.closedOn && unit.closedOn <= `${year}-12-31`)) return undefined;
  const score = scoreUnit(history, plan, unit, { year, basis, on });
  const number = (value: Parameters<typeof toNumber>[0] | null) => (value ? toNumber(value, 4) : Number.NaN);
  return {
    total: number(score.total),
    withoutVeto: number(score.totalWithoutVeto),
    criteria: Object.fromEntries([...score.criteria].map(([id, value]) => [id, number(value)])),
    eligible: score.eligible,
    vetoes: score.vetoes,
    deductions: score.deductions.map(({ id }) => id),
    waived: history.activities.filter((one) => one.year === year && one.waived).length,
  };
}
