// Random histories for comparing the product with the reference. Same seed, same history.
import { lastDayOfMonth } from './calendar.ts';
import { type Random, seeded } from './random.ts';
import { randomPlan } from './randomPlan.ts';
import { type Draft, unitLife } from './randomUnit.ts';
import type { Envelope, Plan, StoredEvent } from './types.ts';

export type RandomHistory = {
  year: number;
  plans: Plan[];
  stream: StoredEvent[];
  asOfs: string[];
  ons: string[];
};

/** Instants around midnight somewhere, where the day of recording turns. */
const edges = [
  '16:00:00.000',
  '15:59:59.999',
  '05:00:00.000',
  '04:59:59.999',
  '00:00:00.000',
  '23:59:59.999',
];

function randomTimes(random: Random, year: number, count: number): number[] {
  const first = Date.UTC(year - 1, 11, 20);
  const last = Date.UTC(year + 1, 0, 31);
  const times = Array.from({ length: count }, () => {
    const at = random.whole(first, last);
    if (random.chance(0.8)) return at;
    return Date.parse(`${new Date(at).toISOString().slice(0, 10)}T${random.pick(edges)}Z`);
  });
  return times.sort((a, b) => a - b);
}

function adoption(plan: Plan, recorded: number, id: string): Draft {
  const time = new Date(recorded - 1000).toISOString();
  const event = {
    specversion: '1.0',
    id,
    source: '/organisation',
    type: 'plan.adopted',
    subject: 'zone',
    time,
  };
  return { recorded, event: { ...event, data: structuredClone(plan) as unknown as Envelope['data'] } };
}

/** Greater versions, one that comes too late, and another year's. */
function planEvents(random: Random, year: number, plans: Plan[]): Draft[] {
  const early = random.chance(0.7) ? Date.UTC(year - 1, 11, 10) : Date.UTC(year, 1, 3);
  const later = randomTimes(random, year, 5).filter((at) => at > early);
  const drafts = plans.map((plan, index) =>
    adoption(plan, index === 0 ? early : (later[index] ?? early), `p-${index}`),
  );
  const end = later.at(-1) ?? early;
  if (random.chance(0.4)) drafts.push(adoption(randomPlan(random, year, 1), end, 'p-late'));
  if (random.chance(0.4)) drafts.push(adoption(randomPlan(random, year + 1, 1), end, 'p-next'));
  return drafts;
}

/** The same life lived by another unit: every number ties. */
const twin = (drafts: Draft[], from: string, to: string) =>
  JSON.parse(JSON.stringify(drafts).replaceAll(from, to)) as Draft[];

const partition = ({ event }: Draft) =>
  event.subject ?? (event.type === 'plan.adopted' ? 'zone' : String(event.data.unit));

/** By recorded time, with neighbours of different subjects changing places now and then. */
function merge(random: Random, drafts: Draft[]): StoredEvent[] {
  const merged = [...drafts].sort((a, b) => a.recorded - b.recorded);
  for (let index = 1; index < merged.length; index++) {
    const [before, after] = [merged[index - 1], merged[index]];
    if (!before || !after || partition(before) === partition(after) || random.chance(0.85)) continue;
    merged[index - 1] = after;
    merged[index] = before;
  }
  turnBack(random, merged);
  return merged.map(({ event, recorded }, index) => ({
    position: index + 1,
    event: { ...event, recordedtime: new Date(recorded).toISOString() },
  }));
}

/**
 * A clock that was set back: what a subject sends next says an earlier time than what it sent before. What is sent again
 * keeps its time: a restored stream does not hold it, and it moves no clock there.
 */
function turnBack(random: Random, drafts: Draft[]): void {
  const last = new Map<string, Draft>();
  const seen = new Set<string>();
  for (const draft of drafts) {
    const { source, id, type, data } = draft.event;
    const content = JSON.stringify([partition(draft), source, id, type, data]);
    if (seen.has(content)) continue;
    seen.add(content);
    const before = last.get(partition(draft));
    if (before && random.chance(0.05)) [before.recorded, draft.recorded] = [draft.recorded, before.recorded];
    last.set(partition(draft), draft);
  }
}

function randomAsOfs(random: Random, year: number, stream: StoredEvent[]): string[] {
  // What changes a total, more often than not, and what was recorded once the year had got going.
  const telling = stream.filter(({ event }) => /^(activity|target)\./.test(event.type));
  const exact = () =>
    random.pick(telling.length > 0 ? telling.slice(telling.length >> 2) : stream).event.recordedtime;
  const justBefore = new Date(Date.parse(exact()) - 1).toISOString();
  const start = Date.UTC(year, 3, 1);
  const between = new Date(random.whole(start, Date.UTC(year, 11, 20))).toISOString();
  return [exact(), justBefore, exact(), between, exact(), `${year + 1}-03-01T00:00:00.000Z`];
}

function randomOns(random: Random, year: number): string[] {
  const end = lastDayOfMonth(year, random.whole(1, 12));
  const quarter = lastDayOfMonth(year, random.pick([3, 6, 9]));
  const dayBefore = new Date(Date.parse(`${quarter}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const middle = `${year}-${random.pick(['02-28', '05-17', '06-30', '08-01', '11-07'])}`;
  return [end, quarter, dayBefore, middle, `${year}-12-31`, `${year + 1}-01-10`];
}

export function randomHistory(seed: number): RandomHistory {
  const random = seeded(seed);
  const year = random.pick([2024, 2025, 2026]);
  const plans = [1, 2, 4].slice(0, random.whole(1, 3)).map((version) => randomPlan(random, year, version));
  const units = Array.from(
    { length: random.whole(3, 12) },
    (_, index) => `u-${String(index + 1).padStart(2, '0')}`,
  );
  const lives: Draft[][] = [];
  for (const unit of units) {
    const model = lives.at(-1);
    const before = units[lives.length - 1];
    if (model && before && random.chance(0.15)) lives.push(twin(model, before, unit));
    else lives.push(unitLife(random, plans, unit, randomTimes(random, year, random.whole(15, 60))));
  }
  const stream = merge(random, [...planEvents(random, year, plans), ...lives.flat()]);
  return { year, plans, stream, asOfs: randomAsOfs(random, year, stream), ons: randomOns(random, year) };
}
