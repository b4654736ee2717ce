import type { Day } from '#schemas/dates.ts';
import { officeHour } from './calendar.ts';
import type { Ledger } from './ledger.ts';
import { randomFor } from './random.ts';
import { membersOf, UNITS, type UnitSpec } from './units.ts';

/** What changes about the teams in the two years. Months and days; `later` = in the second year. */
const JOINS = { unit: 'ent-11', recorded: '06-26', since: '07-01' };
const CLOSES = { unit: 'ent-12', recorded: '07-20', on: '06-30' };

type Change = {
  unit: string;
  later: boolean;
  recorded: string;
  change: { name?: string; teamSize?: number; head?: string };
};

const CHANGES: readonly Change[] = [
  { unit: 'farm-05', later: false, recorded: '05-19', change: { teamSize: 8 } },
  { unit: 'sch-02', later: false, recorded: '08-25', change: { head: 'm-02' } },
  { unit: 'ent-03', later: true, recorded: '03-02', change: { name: '农业机械制造有限公司' } },
  { unit: 'ent-09', later: true, recorded: '03-10', change: { head: 'm-03' } },
  { unit: 'com-02', later: true, recorded: '05-06', change: { teamSize: 7 } },
];

/** The days of a year on which a unit exists. */
export function spanOf(unit: string, year: number, later: boolean): { from: Day; to: Day } {
  if (unit === CLOSES.unit && later) return { from: `${year}-01-01`, to: `${year}-${CLOSES.on}` };
  const from = unit === JOINS.unit && !later ? JOINS.since : '01-05';
  return { from: `${year}-${from}`, to: `${year}-12-31` };
}

/** The members of a unit's team on a day. */
export function teamOn(unit: UnitSpec, lastYear: number, day: Day): string[] {
  const changes = CHANGES.filter(
    (change) => change.unit === unit.id && `${lastYear + Number(change.later)}-${change.recorded}` <= day,
  );
  return membersOf(changes.findLast(({ change }) => change.teamSize)?.change.teamSize ?? unit.teamSize);
}

/** Registers the units on the first working day of last year, and records what changes about them. */
export function registerAll(ledger: Ledger, seed: number, lastYear: number): void {
  for (const unit of UNITS) {
    const random = randomFor(seed, unit.id, 'register');
    const { id, name, group, teamSize } = unit;
    const joins = id === JOINS.unit;
    const at = officeHour(random, `${lastYear}-${joins ? JOINS.recorded : '01-02'}`);
    ledger.send(at, 'organisation', 'registered', 'unit.registered', {
      unit: id,
      name,
      group,
      teamSize,
      head: 'm-01',
      ...(joins ? { since: `${lastYear}-${JOINS.since}` } : {}),
    });
  }
  for (const { unit, later, recorded, change } of CHANGES) {
    const at = officeHour(randomFor(seed, unit, 'change'), `${lastYear + Number(later)}-${recorded}`);
    ledger.send(at, 'organisation', `changed-${recorded}`, 'unit.changed', { unit, ...change });
  }
}

/** Closes the unit that is merged away, once all that it sent has been sent. */
export function closing(
  seed: number,
  year: number,
): { unit: string; at: number; send(ledger: Ledger): void } {
  const at = officeHour(randomFor(seed, CLOSES.unit, 'close'), `${year}-${CLOSES.recorded}`);
  const data = { unit: CLOSES.unit, on: `${year}-${CLOSES.on}`, reason: '企业改制，并入粮油加工有限公司' };
  return {
    unit: CLOSES.unit,
    at,
    send: (ledger) => ledger.send(at, 'organisation', 'closed', 'unit.closed', data),
  };
}
