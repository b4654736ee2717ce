import { type Day, day } from '#schemas/dates.ts';
import type { Envelope } from '#schemas/events.ts';
import type { Plan } from '#schemas/plan.ts';
import { officeHour, startOf } from './calendar.ts';
import { type Quality, qualityOf } from './character.ts';
import { prepare } from './criteria/conditions.ts';
import { develop } from './criteria/development.ts';
import { innovate } from './criteria/innovation.ts';
import { keepHonest } from './criteria/integrity.ts';
import { learn } from './criteria/learning.ts';
import type { Scene } from './criteria/scene.ts';
import { unite } from './criteria/unity.ts';
import { estimate } from './estimate.ts';
import { recordIncidents, standingIncidents } from './incidents.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { planOfLastYear, planOfThisYear } from './plans.ts';
import { randomFor } from './random.ts';
import { closing, registerAll, spanOf, teamOn } from './register.ts';
import { reportAll } from './reporting.ts';
import { inspectItself } from './selfInspections.ts';
import { assignTargets, targetsOf } from './targets.ts';
import { UNITS, type UnitSpec } from './units.ts';
import { verifyAll } from './verification.ts';

export const DEFAULT_SEED = 8;

/** Teams that let the research of last year's fourth quarter go by. */
const MISSED_RESEARCH = new Set([
  'farm-02',
  'farm-05',
  'farm-07',
  'ent-04',
  'ent-05',
  'off-01',
  'sch-03',
  'com-01',
]);

type Told = { seed: number; lastYear: number; year: number; later: boolean; plan: Plan };

/**
 * What whole groups of teams neglect: several last year's fourth research; this year everybody one month's study
 * in the busy season, and the zone's inspectors got round to only half of the units before the summer.
 */
function neglectedBy({ seed, year, later }: Told, unit: UnitSpec): Scene['skips'] {
  const random = randomFor(seed, unit.id, year, 'neglected');
  const busyMonth = random.int(3, 8);
  const toured = random.chance(0.5);
  return (kind, window) => {
    if (!later) return kind === 'research' && window === 3 && MISSED_RESEARCH.has(unit.id);
    if (kind === 'center-group-study') return window === busyMonth;
    return kind === 'conduct-tour' && window === 0 && !toured;
  };
}

function sceneOf(told: Told, unit: UnitSpec, quality: Quality): Scene {
  const { seed, year, later, lastYear } = told;
  return {
    unit,
    year,
    later,
    random: randomFor(seed, unit.id, year, 'work'),
    quality,
    ...spanOf(unit.id, year, later),
    targets: targetsOf(unit, later),
    members: (on) => teamOn(unit, lastYear, on),
    skips: neglectedBy(told, unit),
    drafts: [],
  };
}

/** One team's year: what it does, how it reports, what the department makes of it, what it says of itself. */
function tellUnit(ledger: Ledger, told: Told, unit: UnitSpec): void {
  const { seed, year, later, lastYear, plan } = told;
  const quality = qualityOf(seed, unit, lastYear);
  const scene = sceneOf(told, unit, quality);
  for (const planner of [learn, unite, innovate, keepHonest, develop, prepare]) planner(scene);
  const random = randomFor(seed, unit.id, year, 'reports');
  const reports = reportAll(ledger, random, unit.character, scene.drafts);
  verifyAll(ledger, randomFor(seed, unit.id, year, 'verification'), quality, reports);
  const teamSize = teamOn(unit, lastYear, `${year}-12-31`).length;
  const bodies = reports.map(({ body }) => body);
  const estimates = estimate(
    plan,
    { bodies, teamSize, targets: scene.targets },
    standingIncidents(unit.id, later),
  );
  inspectItself(ledger, seed, { unit: unit.id, year, later }, estimates);
}

function tellYear(ledger: Ledger, told: Told, adoptedFrom: Day): void {
  const { seed, year, later, plan } = told;
  const adopted = officeHour(randomFor(seed, year, 'plan'), adoptedFrom);
  ledger.send(adopted, 'organisation', `plan-${year}-${plan.version}`, 'plan.adopted', plan);
  for (const unit of UNITS) tellUnit(ledger, told, unit);
  assignTargets(ledger, seed, year, later);
  recordIncidents(ledger, seed, year, later);
}

/**
 * The sample: last year whole and this year up to the eve of `today`, as envelopes in the order in which they
 * were recorded. The same seed and day give the same bytes; an earlier day of the same year gives a prefix.
 * Among them are events sent twice, which a door answers with "already".
 */
export function generateSample(options: { seed?: number; today: Day }): Envelope[] {
  const seed = options.seed ?? DEFAULT_SEED;
  const year = Number(day.parse(options.today).slice(0, 4));
  const lastYear = year - 1;
  const ledger = createLedger(seed);
  registerAll(ledger, seed, lastYear);
  const last = { seed, lastYear, year: lastYear, later: false, plan: planOfLastYear(lastYear) };
  tellYear(ledger, last, `${lastYear}-01-02`);
  tellYear(ledger, { seed, lastYear, year, later: true, plan: planOfThisYear(year) }, `${lastYear}-12-29`);
  const { unit, at, send } = closing(seed, year);
  send(ledger);
  ledger.sendAgain(
    startOf(`${lastYear}-07-02`) + 10 * 3_600_000,
    'sch-05',
    startOf(`${lastYear}-06-01`),
    startOf(`${lastYear}-07-01`),
  );
  return ledger
    .before(startOf(options.today))
    .filter((event) => event.subject !== unit || Date.parse(event.recordedtime) <= at);
}
