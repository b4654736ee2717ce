import { bandInput } from '#schemas/bands/bandInput.ts';
import { rankBands, withBands } from '#schemas/bands/bands.ts';
import type { Standings } from '#schemas/movement/movement.ts';
import { type Plan, plan as planSchema } from '#schemas/plan.ts';
import { rankUnits } from '#schemas/ranks.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { compilePlan, type Question, type Weights } from '#schemas/scoring.ts';
import type { UnitTally } from '#schemas/tallies.ts';
import { dayIn } from '#test/reference/calendar.ts';
import { planOf } from '#test/reference/facts.ts';
import { randomHistory } from '#test/reference/generate.ts';
import { type History, replay } from '#test/reference/history.ts';
import { type Random, seeded } from '#test/reference/random.ts';
import { talliesOf } from './talliesOf.ts';

/**
 * A random zone, ranked as the product ranks it: what sentences about it may be held against. One seed, one zone.
 * Among them are empty zones, zones of one unit, of twins (all tied), early days on which nothing counts, vetoes,
 * trial weights, and groups that nobody belongs to.
 */
export type RandomZone = {
  seed: number;
  plan: Plan;
  question: Question;
  /** Ranked now, and as was known at an earlier time; nothing where there was no plan then. */
  now: Standings;
  before: {
    standings: Standings;
    question: Question;
    asOf: string;
    /** The same day as known now, where the question is to date. */
    recast: Standings | null;
  } | null;
  /** The rows as a page shows them: with bands unless they are not there yet, and `previousRank` with a comparison. */
  rows: RankingRow[];
  trial: Weights | undefined;
  /** What the group filter says: none, one of the zone, or one that does not exist. */
  group: string | null;
};

export const standingsOf = (plan: Plan, tallies: readonly UnitTally[], question: Question): Standings => {
  const judge = compilePlan(plan, question);
  const ranked = rankUnits(judge, [...tallies]);
  return { judge, ranked, placeOf: new Map(ranked.rows.map(({ unit }, place) => [unit, place])) };
};

/** Some zones are bent to an extreme. */
function bent(random: Random, tallies: UnitTally[]): UnitTally[] {
  const [first] = tallies;
  if (!first || random.chance(0.8)) return tallies;
  const kind = random.pick(['empty', 'one', 'twins', 'nearly twins'] as const);
  if (kind === 'empty') return [];
  if (kind === 'one') return [first];
  return tallies.map((tally, index) =>
    kind === 'nearly twins' && index === 0
      ? tally
      : { ...(tallies.at(-1) ?? first), unit: tally.unit, name: tally.name, group: tally.group },
  );
}

function planIn(state: History, year: number): Plan | null {
  const raw = planOf(state, year);
  return raw && planSchema.parse(raw);
}

function trialOf(random: Random, plan: Plan): Weights | undefined {
  if (random.chance(0.7)) return undefined;
  return Object.fromEntries(plan.criteria.map(({ id }) => [id, random.pick([0, 1, 20, 37.5])]));
}

function earlier(random: Random, asOf: string, { basis, on }: Question, stream: History): Question | null {
  const plan = planIn(stream, Number(on.slice(0, 4)));
  if (!plan) return null;
  const then = dayIn(plan.timezone, Date.parse(asOf));
  return { basis, on: random.chance(0.5) && on < then ? on : then };
}

const made = new Map<number, RandomZone>();

/** Made once in a process and shared by all who ask for it: read it, change nothing in it. */
export function randomZone(seed: number): RandomZone {
  const known = made.get(seed) ?? makeZone(seed);
  made.set(seed, known);
  return known;
}

function makeZone(seed: number): RandomZone {
  const random = seeded(seed + 10_000);
  const { year, stream, asOfs, ons } = randomHistory(seed);
  const state = replay(stream);
  const plan = planIn(state, year);
  if (!plan) throw new Error(`seed ${seed} has no plan`);
  const basis = random.pick(['year', 'to-date', 'to-date'] as const);
  const on = random.chance(0.1) ? `${year}-01-02` : random.pick(ons);
  const trial = trialOf(random, plan);
  const question: Question = { basis, on, ...(trial && { weights: trial }) };
  const tallies = bent(random, talliesOf(state, plan, question));
  const now = standingsOf(plan, tallies, question);
  const asOf = random.pick(asOfs);
  const then = replay(stream, { asOf });
  const asked = random.chance(0.8) ? earlier(random, asOf, question, then) : null;
  const planThen = asked && planIn(then, year);
  const before =
    asked && planThen
      ? {
          standings: standingsOf(planThen, talliesOf(then, planThen, asked), asked),
          question: asked,
          asOf,
          recast: basis === 'year' ? null : standingsOf(plan, talliesOf(state, plan, asked), asked),
        }
      : null;
  return {
    seed,
    plan,
    question,
    now,
    before,
    trial,
    rows: rowsOf(random, now, before?.standings ?? null),
    group: random.pick([null, null, 'farm', 'school', 'office', 'constructor', 'nobody']),
  };
}

function rowsOf(random: Random, { judge, ranked }: Standings, before: Standings | null): RankingRow[] {
  const banded =
    ranked.totals.length > 0 && random.chance(0.9)
      ? withBands(ranked.rows, rankBands(bandInput(judge, ranked)))
      : ranked.rows;
  if (!before) return banded;
  const rankThen = (unit: string): number | null =>
    before.ranked.rows[before.placeOf.get(unit) ?? -1]?.rank ?? null;
  return banded.map((row) => ({ ...row, previousRank: rankThen(row.unit) }));
}

/** At least as many zones as a sentence has to be true of. */
export const ZONES = 500;
