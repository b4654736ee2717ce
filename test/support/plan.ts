import { type Measure, type Plan, plan as planSchema } from '#schemas/plan.ts';

type Draft = {
  id?: string;
  criterion?: string;
  kind?: string;
  points?: number;
  measure: Measure | { type: 'coverage' };
};

type Parts = {
  year?: number;
  /** Weights by criterion. */
  criteria?: Record<string, number>;
  requirements?: readonly Draft[];
  deductions?: readonly { kind: string; criterion?: string; points: number; max: number }[];
  vetoes?: readonly { kind: string; cap: number }[];
  conditions?: readonly { kind: string; by: string }[];
};

/** Two types and three requirements, by quarter, year and half year: what moves of ranks are tried on. */
export const TWO_TYPES = {
  criteria: { learning: 20, unity: 30 },
  requirements: [
    { kind: 'a', points: 30, measure: { type: 'count', per: 'quarter', atLeast: 1 } },
    { kind: 'b', points: 70, measure: { type: 'count', per: 'year', atLeast: 1 } },
    { kind: 'c', points: 50, criterion: 'unity', measure: { type: 'count', per: 'half', atLeast: 1 } },
  ],
} satisfies Parts;

const named = (id: string) => ({ zh: id, en: id });
const common = { clause: '三(一)', basis: 'default' as const };

/** A small plan for 2026 around what a test is about: one criterion and `count year ≥ 1` of kind `study` if not told. */
export function planWith({
  year = 2026,
  criteria = { learning: 20 },
  requirements = [{ measure: { type: 'count', per: 'year', atLeast: 1 } }],
  deductions = [],
  vetoes = [],
  conditions = [],
}: Parts): Plan {
  const [first = ''] = Object.keys(criteria);
  return planSchema.parse({
    year,
    version: 1,
    timezone: 'Asia/Shanghai',
    title: named('plan'),
    counts: 'reported',
    criteria: Object.entries(criteria).map(([id, weight]) => ({ id, name: named(id), weight })),
    requirements: requirements.map(({ measure, ...draft }, index) => ({
      id: `r${index + 1}`,
      criterion: first,
      name: named('requirement'),
      points: 10,
      kind: 'study',
      ...common,
      ...draft,
      measure,
    })),
    deductions: deductions.map((one) => ({ id: `less.${one.kind}`, criterion: first, ...common, ...one })),
    vetoes: vetoes.map((one) => ({ id: `veto.${one.kind}`, ...common, ...one })),
    conditions: conditions.map((one) => ({ id: `if.${one.kind}`, ...common, ...one })),
  });
}
