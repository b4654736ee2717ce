// Plans with odd parameters: shared kinds, repeating decimals, caps that are no multiples.
import type { Per } from './calendar.ts';
import type { Random } from './random.ts';
import type { Measure, Plan, Requirement } from './types.ts';

export const kinds = ['study', 'talk', 'meeting', 'project', 'report', 'goal'] as const;
export const incidentKinds = ['accident', 'violation', 'petition'] as const;
export const forms = ['wide', 'deep', 'long', 'short'] as const;
export const indicators = ['grain', 'profit', 'debt'] as const;
const criteria = ['learning', 'unity', 'innovation', 'integrity', 'development'] as const;
const pers: Per[] = ['year', 'half', 'quarter', 'month'];
const timezones = ['Asia/Shanghai', 'Asia/Shanghai', 'America/New_York', 'UTC'] as const;
const days = ['03-31', '06-15', '06-30', '11-07', '12-31'] as const;

const text = (word: string) => ({ zh: word, en: word });

/** How often a type comes up among the others; the compiler asks for a new one. */
const SHARES = {
  count: 2,
  sum: 2,
  coverage: 1,
  variety: 1,
  ratio: 1,
  target: 1,
  milestone: 1,
  appraisal: 1,
} satisfies Record<Measure['type'], number>;
const TYPES = Object.entries(SHARES).flatMap(([type, share]) =>
  Array.from({ length: share }, () => type as Measure['type']),
);

export function randomMeasure(random: Random): Measure {
  const { pick, chance, some, whole } = random;
  const whenNone = pick(['zero', 'full', 'exclude'] as const);
  const type = pick(TYPES);
  switch (type) {
    case 'count':
      return { type, per: pick(pers), atLeast: pick([1, 1, 2, 3]), ...(chance(0.3) && { ledByHead: true }) };
    case 'sum':
      return {
        type,
        per: pick(pers),
        atLeast: pick([0.3, 1, 2.5, 8, 33.333333]),
        ...(chance(0.4) && { perMember: chance(0.8) }),
      };
    case 'coverage':
      return { type, ...(chance(0.6) && { share: pick([0.5, 0.8, 0.333333, 1]) }) };
    case 'variety': {
      const listed = some(forms);
      return { type, forms: listed, atLeast: whole(1, listed.length) };
    }
    case 'ratio':
    case 'appraisal':
      return { type, whenNone };
    case 'milestone':
      return { type, by: pick(days) };
    case 'target':
      return { type };
  }
}

function randomRequirement(random: Random, criterion: string, index: number): Requirement {
  return {
    id: `${criterion}.r${index}`,
    criterion,
    name: text(`${criterion} ${index}`),
    clause: `三(一)${index}`,
    basis: random.pick(['text', 'default'] as const),
    points: random.pick([1, 5, 10, 10, 12.5, 0.7, 33.333333]),
    kind: random.pick(kinds),
    measure: randomMeasure(random),
  };
}

/** An incident's or condition's kind; sometimes one that a requirement may use as well. */
const sideKind = (random: Random, own: readonly string[]) =>
  random.chance(0.3) ? random.pick(kinds) : random.pick(own);

export function randomPlan(random: Random, year: number, version: number): Plan {
  const { pick, chance, some, whole } = random;
  const chosen = some(criteria);
  const list = <T>(most: number, make: (index: number) => T): T[] =>
    Array.from({ length: whole(0, most) }, (_, index) => make(index + 1));
  return {
    year,
    version,
    timezone: pick(timezones),
    title: text(`plan ${year}`),
    counts: chance(0.7) ? 'reported' : 'verified',
    criteria: chosen.map((id) => ({ id, name: text(id), weight: pick([20, 20, 30, 12.5, 0.333333]) })),
    requirements: chosen.flatMap((id) =>
      Array.from({ length: whole(1, 4) }, (_, index) => randomRequirement(random, id, index + 1)),
    ),
    deductions: list(3, (index) => ({
      id: `deduction.${index}`,
      criterion: pick(chosen),
      clause: '三(二)3',
      basis: 'default' as const,
      kind: sideKind(random, incidentKinds),
      points: pick([5, 10, 2.25]),
      max: pick([20, 12, 7.5]),
    })),
    vetoes: list(2, (index) => ({
      id: `veto.${index}`,
      clause: '三(四)',
      basis: 'default' as const,
      kind: sideKind(random, incidentKinds),
      cap: pick([59, 59.5, 40]),
    })),
    conditions: list(3, (index) => ({
      id: `condition.${index}`,
      clause: '四(三)',
      basis: 'text' as const,
      kind: sideKind(random, ['self-inspection', 'publicity']),
      by: pick(days),
    })),
  };
}
