import { addDays, daysLater, officeHour } from './calendar.ts';
import type { Ledger } from './ledger.ts';
import { randomFor } from './random.ts';
import { titleOf } from './titles/titles.ts';
import { unitOf } from './units.ts';
import { appeal } from './verification.ts';

type Outcome = 'granted' | 'dismissed' | 'open' | 'mistaken';
type Incident = readonly [unit: string, kind: string, monthDay: string, outcome?: Outcome];

/** The incidents of both years, scripted: among them one veto each, one waived on appeal, one recorded by mistake. */
const LAST_YEAR: readonly Incident[] = [
  ['com-05', 'petition-incident', '03-26', 'dismissed'],
  ['com-03', 'public-order-incident', '04-17'],
  ['farm-04', 'admonition-talk', '05-20'],
  ['farm-11', 'safety-incident', '06-12', 'granted'],
  ['ent-06', 'safety-incident', '07-22'],
  ['farm-15', 'admonition-talk', '08-12'],
  ['farm-12', 'family-planning-incident', '08-27'],
  ['ent-08', 'major-safety-accident', '09-18'],
  ['sch-06', 'public-order-incident', '09-25'],
  ['farm-08', 'safety-incident', '10-09'],
  ['ent-10', 'admonition-talk', '10-15'],
  ['farm-15', 'petition-incident', '11-12'],
  ['farm-15', 'admonition-talk', '11-20'],
  ['ent-12', 'team-adjustment', '12-03'],
  ['ent-07', 'petition-incident', '12-08'],
];

const THIS_YEAR: readonly Incident[] = [
  ['ent-10', 'admonition-talk', '03-18'],
  ['farm-03', 'family-planning-incident', '04-09'],
  ['farm-15', 'admonition-talk', '04-15'],
  ['farm-09', 'violation', '04-22'],
  ['farm-04', 'safety-incident', '05-12'],
  ['com-05', 'public-order-incident', '05-25'],
  ['farm-07', 'petition-incident', '06-10', 'open'],
  ['farm-10', 'admonition-talk', '06-25'],
  ['ent-06', 'safety-incident', '06-30'],
  ['off-08', 'admonition-talk', '07-08'],
  ['ent-07', 'petition-incident', '07-15'],
  ['farm-13', 'safety-incident', '08-06', 'mistaken'],
  ['com-05', 'petition-incident', '08-26'],
  ['farm-15', 'team-adjustment', '09-02'],
  ['off-08', 'team-adjustment', '09-10'],
  ['farm-14', 'safety-incident', '09-22'],
  ['sch-04', 'public-order-incident', '10-14'],
  ['ent-07', 'petition-incident', '10-20'],
];

const REASONS = {
  granted: { appealed: '事故系外来作业车辆所致,与本单位管理无关', decided: '经复核属外单位责任,申诉成立' },
  dismissed: { appealed: '信访人已息访,请求不计入', decided: '经复核,信访事项属实,维持认定' },
  open: { appealed: '上访人户籍不在本区,请求重新认定' },
};

/** Records the incidents of one year as the organisation department does, with what came of them. */
export function recordIncidents(ledger: Ledger, seed: number, year: number, later: boolean): void {
  (later ? THIS_YEAR : LAST_YEAR).forEach(([unit, kind, monthDay, outcome], index) => {
    const random = randomFor(seed, unit, kind, year, monthDay);
    const occurredOn = `${year}-${monthDay}`;
    const activity = `incident-${year}-${String(index + 1).padStart(2, '0')}`;
    const title = titleOf(random, { kind, group: unitOf(unit).group, day: occurredOn });
    const at = officeHour(random, addDays(occurredOn, random.int(1, 6)));
    ledger.send(at, 'organisation', `${activity}.recorded`, 'activity.recorded', {
      activity,
      unit,
      year,
      kind,
      occurredOn,
      title,
      evidence: [`情况通报 ${occurredOn}`],
    });
    const next = daysLater(random, at, 4, 14);
    if (outcome === 'mistaken') {
      const reason = '经核实事故发生在邻近单位,录入有误';
      ledger.send(next, 'organisation', `${activity}.rejected`, 'activity.rejected', {
        activity,
        unit,
        reason,
      });
    } else if (outcome) appeal(ledger, random, { activity, unit }, next, outcome, REASONS[outcome]);
  });
}

/** The incidents of a unit in a year that stand, for whoever estimates its result. */
export const standingIncidents = (unit: string, later: boolean): string[] =>
  (later ? THIS_YEAR : LAST_YEAR)
    .filter(([id, , , outcome]) => id === unit && outcome !== 'granted' && outcome !== 'mistaken')
    .map(([, kind]) => kind);
