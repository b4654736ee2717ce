import { describe, expect, test } from 'vitest';
import type { ActivityBody } from '#schemas/events.ts';
import { misfits } from '#schemas/fit.ts';
import { type Plan, plan as planSchema } from '#schemas/plan.ts';
import { type Change, previewOf, tallyAfter } from '#schemas/preview.ts';
import { askedOf, onlyAsked, reportableKinds } from '#schemas/reportFields.ts';
import type { Report } from '#schemas/retally.ts';
import { pointsOf, type Question } from '#schemas/scoring.ts';
import { planOf } from '#test/reference/facts.ts';
import { randomHistory } from '#test/reference/generate.ts';
import { type History, replay } from '#test/reference/history.ts';
import { type Random, seeded } from '#test/reference/random.ts';
import type { StoredEvent } from '#test/reference/types.ts';
import { standingsOf } from '#test/support/randomZone.ts';
import { talliesOf } from '#test/support/talliesOf.ts';

/** Each is replayed twice from its first event on; fewer than sentences are held against are enough. */
const ZONES = 60;

/** All reports of a unit's year, in the order of the stream. */
function reportsOf(state: History, plan: Plan, unit: string): (Report & { activity: string })[] {
  return state.activities
    .filter((one) => one.unit === unit && one.year === plan.year && one.state !== 'retracted')
    .sort((a, b) => a.bodyPosition - b.bodyPosition)
    .map(({ activity, body, state: is, waived }) => {
      const stands = is === 'reported' || is === 'verified';
      return {
        activity,
        body: body as ActivityBody,
        counts: is === 'verified' || (stands && plan.counts === 'reported'),
        stands: stands && !waived,
      };
    });
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A report such as a clerk might send; the figures fit its kind. */
function randomBody(random: Random, plan: Plan, kind: string, indicators: readonly string[]): ActivityBody {
  const asked = askedOf(plan, kind);
  const due = random.whole(0, 5);
  return onlyAsked(asked, {
    kind,
    occurredOn: `${plan.year}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`,
    title: '预演',
    quantity: random.whole(0, 400) / 4,
    due,
    done: random.whole(0, due),
    members: [`m-0${random.whole(1, 9)}`, `m-0${random.whole(1, 9)}`],
    form: random.pick([...asked.forms, 'none-of-them']),
    score: random.whole(0, 100),
    indicator: random.pick(['grain', ...indicators]),
    value: random.whole(-5, 2_000),
    ledByHead: random.chance(0.5),
  });
}

type World = { random: Random; stream: StoredEvent[]; state: History; plan: Plan; question: Question };

function worldOf(seed: number): World {
  const random = seeded(seed + 40_000);
  const { year, stream, ons } = randomHistory(seed);
  const state = replay(stream);
  const found = planOf(state, year);
  if (!found) throw new Error(`seed ${seed} has no plan`);
  // Of a plan that counts what is verified a preview says what would be, once it is: that is looked at as reported.
  const plan = { ...planSchema.parse(found), counts: 'reported' as const };
  return {
    random,
    stream,
    state,
    plan,
    question: { basis: random.pick(['year', 'to-date']), on: random.pick(ons) },
  };
}

const EVENT = { specversion: '1.0', recordedtime: '2199-01-01T00:00:00.000Z' };

/** The state once the event really is in the stream. */
function stateAfter({ stream }: World, unit: string, type: string, data: Record<string, unknown>): History {
  const position = Math.max(...stream.map((one) => one.position)) + 1;
  const event = {
    ...EVENT,
    id: 'the-preview',
    source: `/units/${unit}`,
    subject: unit,
    type,
    data: { unit, ...data },
  };
  const state = replay([...stream, { position, event }]);
  expect(state.quarantined.filter((one) => one.position === position)).toEqual([]);
  return state;
}

/** Looks at every zone that has somebody to look at; says of how many that was so. */
function everyZone(look: (world: World, unit: string) => void): number {
  let looked = 0;
  for (let seed = 0; seed < ZONES; seed++) {
    const world = worldOf(seed);
    const units = talliesOf(world.state, world.plan, world.question).map(({ unit }) => unit);
    if (units.length === 0 || reportableKinds(world.plan).length === 0) continue;
    looked++;
    look(world, world.random.pick(units));
  }
  return looked;
}

function compared({ plan, question, state }: World, unit: string, change: Change, then: History): void {
  const now = standingsOf(plan, talliesOf(state, plan, question), question);
  const verdict = now.ranked.verdicts[now.placeOf.get(unit) ?? -1];
  const real = standingsOf(plan, talliesOf(then, plan, question), question);
  const row = real.ranked.rows[real.placeOf.get(unit) ?? -1];
  const judged = real.ranked.verdicts[real.placeOf.get(unit) ?? -1];
  if (!verdict || !row || !judged) throw new Error('not ranked');
  const preview = previewOf(now.judge, verdict, now.ranked, change, false);
  expect(tallyAfter(now.judge, verdict.tally, change).cells.map(Number)).toEqual(
    judged.tally.cells.map(Number),
  );
  expect(preview.total).toEqual({
    before: verdict.total === null ? null : pointsOf(verdict.total),
    after: row.total,
  });
  expect(preview.rank.after).toBe(row.rank);
  for (const { id, after: attainment } of preview.requirements) {
    const place = plan.requirements.findIndex((requirement) => requirement.id === id);
    const millionths = judged.attainments[place] ?? null;
    expect([id, attainment]).toEqual([id, millionths === null ? null : millionths / 1_000_000]);
  }
}

describe('a preview is what the ranking says once the event is in the stream, in zones at random', () => {
  test('for a new report', { timeout: 60_000 }, () => {
    const looked = everyZone((world, unit) => {
      const { random, plan, state } = world;
      const kind = random.pick(reportableKinds(plan));
      const assigned = state.targets
        .filter((target) => target.unit === unit)
        .map(({ indicator }) => indicator);
      const body = randomBody(random, plan, kind, assigned);
      const own = reportsOf(state, plan, unit);
      const change = { kinds: [kind], reports: [...own, { body, counts: true, stands: true }], body };
      compared(
        world,
        unit,
        change,
        stateAfter(world, unit, 'activity.recorded', { activity: 'new', year: plan.year, ...body }),
      );
    });
    expect(looked).toBeGreaterThan(ZONES / 2);
  });

  test('for a report that is amended, also to another kind', { timeout: 60_000 }, () => {
    let amended = 0;
    everyZone((world, unit) => {
      const { random, plan, state } = world;
      const own = reportsOf(state, plan, unit);
      const mine = state.activities.filter((one) => one.unit === unit && one.recordedBy === `/units/${unit}`);
      const choice = own.filter(({ activity }) => mine.some((one) => one.activity === activity));
      if (choice.length === 0) return;
      const old = random.pick(choice);
      const kind = random.chance(0.6) ? old.body.kind : random.pick(reportableKinds(plan));
      const body = randomBody(random, plan, kind, ['grain']);
      const kept = own.filter(({ activity }) => activity !== old.activity);
      const kinds = [...new Set([kind, old.body.kind])];
      const change = { kinds, reports: [...kept, { body, counts: true, stands: true }], body };
      compared(
        world,
        unit,
        change,
        stateAfter(world, unit, 'activity.amended', { activity: old.activity, ...body }),
      );
      amended++;
    });
    expect(amended).toBeGreaterThan(ZONES / 4);
  });
});

describe('of what others have', () => {
  test('a unit learns its new rank only from totals that the ranking shows it', { timeout: 60_000 }, () => {
    const seen = { told: 0, untold: 0 };
    everyZone((world, unit) => {
      const { random, plan: own, question, state } = world;
      const others = random.pick(['rank-and-total', 'rank-only', 'none'] as const);
      const plan = { ...own, others };
      const now = standingsOf(plan, talliesOf(state, plan, question), question);
      const verdict = now.ranked.verdicts[now.placeOf.get(unit) ?? -1];
      if (!verdict) return;
      const kind = random.pick(reportableKinds(plan));
      const body = randomBody(random, plan, kind, []);
      const change = {
        kinds: [kind],
        reports: [...reportsOf(state, plan, unit), { body, counts: true, stands: true }],
        body,
      };
      const [open, confined] = [false, true].map((is) =>
        previewOf(now.judge, verdict, now.ranked, change, is),
      );
      expect(confined?.total).toEqual(open?.total);
      const { rank, total } = confined ?? {};
      const bar = Math.max(-1, ...plan.vetoes.map(({ cap }) => cap));
      const known = others === 'rank-and-total' && (total?.after ?? -1) > bar;
      if (total?.after !== total?.before && !known) {
        expect(rank).toMatchObject({ told: false, after: null });
        seen.untold++;
      } else {
        expect(rank?.after).toBe(open?.rank.after);
        seen.told++;
      }
    });
    expect(seen.told).toBeGreaterThan(5);
    expect(seen.untold).toBeGreaterThan(5);
  });
});

test('what is previewed here would pass the door', () => {
  const { random, plan } = worldOf(7);
  for (const kind of reportableKinds(plan)) {
    const faults = misfits(plan, randomBody(random, plan, kind, []));
    expect(faults.filter(({ field }) => field !== 'data.form')).toEqual([]);
  }
});
