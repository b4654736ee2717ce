// Bodies of activities: mostly what their kind asks for, sometimes not.
import { dayIn, lastDayOfMonth } from './calendar.ts';
import type { Random } from './random.ts';
import { forms, indicators } from './randomPlan.ts';
import type { Body, Measure, Plan } from './types.ts';

type Fields = Omit<Body, 'kind' | 'occurredOn' | 'title'>;

const shift = (day: string, by: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

/** Usually possible; now and then outside the year or after the day of recording. */
export function randomDay(random: Random, year: number, recorded: number, timezone: string): string {
  const { whole, chance, pick } = random;
  const today = dayIn(timezone, recorded);
  const latest = today > `${year}-12-31` ? `${year}-12-31` : today;
  if (chance(0.04)) return shift(today, whole(1, 3));
  if (chance(0.02)) return `${year - 1}-12-31`;
  if (chance(0.25)) return latest;
  const ends = Array.from({ length: 12 }, (_, index) => lastDayOfMonth(year, index + 1));
  const past = ends.filter((end) => end <= latest);
  if (chance(0.3) && past.length > 0) return pick(past);
  if (chance(0.1)) return `${latest.slice(0, 8)}01`;
  const day = shift(latest, -whole(0, chance(0.3) ? 120 : 20));
  return day < `${year}-01-01` ? `${year}-01-01` : day;
}

function randomMembers({ whole }: Random): string[] {
  const first = whole(1, 6);
  return Array.from({ length: whole(1, 4) }, (_, index) => `m-0${first + index}`);
}

/** The halves here make ties at the seventh decimal of an attainment. */
export function fieldsFor(random: Random, type: Measure['type']): Fields {
  const { pick, chance, whole } = random;
  switch (type) {
    case 'count':
      return chance(0.7) ? { ledByHead: chance(0.7) } : {};
    case 'sum':
      return { quantity: chance(0.03) ? -1 : pick([0, 0.000004, 0.1, 0.2, 1, 2.5, 3.000012, 8, 33.333333]) };
    case 'coverage':
      return { members: randomMembers(random) };
    case 'variety':
      return { form: chance(0.1) ? 'unlisted' : pick(forms) };
    case 'ratio': {
      const due = pick([0, 1, 2, 3, 7]);
      return { due, done: chance(0.05) ? due + 1 : whole(0, due) };
    }
    case 'target':
      return { indicator: pick(indicators), value: pick([-5, 0, 50.5, 79.5, 99.999999, 100, 120.000001]) };
    case 'appraisal':
      return { score: chance(0.03) ? 120 : pick([0, 33.33335, 50.00005, 87.5, 99.999999, 100]) };
    case 'milestone':
      return {};
  }
}

export function randomBody(random: Random, plans: Plan[], kind: string, occurredOn: string): Body {
  const { chance } = random;
  const asked = plans.flatMap(({ requirements }) => requirements).filter((one) => one.kind === kind);
  const fields: Fields = {};
  for (const { measure } of asked) if (chance(0.88)) Object.assign(fields, fieldsFor(random, measure.type));
  if (chance(0.1)) Object.assign(fields, fieldsFor(random, 'sum'));
  if (chance(0.1)) Object.assign(fields, { evidence: ['minutes.pdf'], note: '见附件' });
  return { kind, occurredOn, title: `${kind} ${occurredOn}`, ...fields };
}
