import type { Day } from '#schemas/dates.ts';
import type { ActivityBody } from '#schemas/events.ts';
import { addDays, dayOf, daysLater, officeHour } from './calendar.ts';
import type { Draft } from './criteria/scene.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import { asReported } from './targets.ts';
import type { Character } from './units.ts';
import { AMENDED, RETRACTED, RETRACTED_TWICE } from './wording.ts';

/** An activity as it stands in the stream. */
export type Reported = { activity: string; unit: string; year: number; body: ActivityBody; at: number };

/** How often a team's clerk is weeks late. */
const LATE: Record<Character, number> = {
  strong: 0.01,
  good: 0.03,
  middle: 0.05,
  uneven: 0.06,
  rising: 0.05,
  falling: 0.1,
  weak: 0.14,
};

function reportedAt(random: Random, character: Character, occurredOn: Day): number {
  const late = random.chance(LATE[character]);
  const days = late ? random.int(21, 75) : random.int(0, character === 'strong' ? 4 : 9);
  return officeHour(random, addDays(occurredOn, days));
}

/** The body put right: numbers where it has some, else further evidence. */
function corrected(random: Random, body: ActivityBody, day: Day): ActivityBody {
  const evidence = [...(body.evidence ?? []), `补充材料 ${day}`];
  const note = random.pick(AMENDED);
  if (body.quantity !== undefined)
    return { ...body, quantity: body.quantity + random.int(2, 12), evidence, note };
  if (body.due !== undefined) return { ...body, due: body.due + 1, evidence, note };
  if (body.value !== undefined && body.indicator !== undefined) {
    const value = asReported(body.indicator, body.value * random.between(0.985, 1.015));
    return { ...body, value, evidence, note };
  }
  return { ...body, evidence, note };
}

export function amend(ledger: Ledger, random: Random, reported: Reported, at: number, turn: number): void {
  const { activity, unit, body } = reported;
  ledger.send(at, 'unit', `${activity}.amended-${turn}`, 'activity.amended', {
    activity,
    unit,
    ...corrected(random, body, dayOf(at)),
  });
}

function record(ledger: Ledger, { activity, unit, year, body, at }: Reported): void {
  ledger.send(at, 'unit', `${activity}.recorded`, 'activity.recorded', { activity, unit, year, ...body });
}

function retract(ledger: Ledger, { activity, unit }: Reported, at: number, reason: string): void {
  ledger.send(at, 'unit', `${activity}.retracted`, 'activity.retracted', { activity, unit, reason });
}

/** What happens to a report without the department: sent twice, reported twice, corrected, taken back. */
function mishap(ledger: Ledger, random: Random, reported: Reported): boolean {
  const roll = random.next();
  if (roll < 0.012) {
    const again = random.chance(0.5)
      ? reported.at + random.int(4_000, 400_000)
      : daysLater(random, reported.at, 1, 4);
    record(ledger, { ...reported, at: again });
  } else if (roll < 0.019) {
    const twin = { ...reported, activity: `${reported.activity}b`, at: daysLater(random, reported.at, 1, 5) };
    record(ledger, twin);
    if (random.chance(0.8))
      retract(ledger, twin, daysLater(random, twin.at, 2, 20), random.pick(RETRACTED_TWICE));
  } else if (roll < 0.042) {
    amend(ledger, random, reported, daysLater(random, reported.at, 1, 15), 1);
  } else if (roll < 0.046) {
    retract(ledger, reported, daysLater(random, reported.at, 1, 25), random.pick(RETRACTED));
    return false;
  }
  return true;
}

/** Sends a team's drafts of a year as its clerk would, and returns those that were not taken back. */
export function reportAll(
  ledger: Ledger,
  random: Random,
  character: Character,
  drafts: readonly Draft[],
): Reported[] {
  const numbers = new Map<string, number>();
  const inOrder = [...drafts].sort((a, b) => (a.body.occurredOn < b.body.occurredOn ? -1 : 1));
  return inOrder.flatMap(({ unit, year, body }) => {
    const number = (numbers.get(body.kind) ?? 0) + 1;
    numbers.set(body.kind, number);
    const activity = `${body.kind}-${year}-${String(number).padStart(2, '0')}`;
    const at = reportedAt(random, character, body.occurredOn);
    const reported = { activity, unit, year, body, at };
    record(ledger, reported);
    return mishap(ledger, random, reported) ? [reported] : [];
  });
}
