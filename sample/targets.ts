import { officeHour } from './calendar.ts';
import type { Ledger } from './ledger.ts';
import { randomFor } from './random.ts';
import { spanOf } from './register.ts';
import { UNITS, type UnitSpec } from './units.ts';

export type Progress = readonly (number | null)[];

/** Rates and stocks stand for themselves each time; the rest adds up, grain only from the harvest on. */
const RATE: Progress = [1, 1, 1, 1];
const STEADY: Progress = [0.22, 0.48, 0.74, 1];
const LATE: Progress = [0.05, 0.16, 0.44, 1];
const HARVEST: Progress = [null, null, 0.21, 1];

/** An economic target of a unit for a year. */
export type Target = {
  indicator: string;
  target: number;
  direction: 'atLeast' | 'atMost';
  /** How much of the year's result there is to report at the end of each quarter; null = nothing yet. */
  progress: Progress;
};

type Row = readonly [indicator: string, base: number, direction: 'atLeast' | 'atMost', progress: Progress];

const BY_GROUP: Readonly<Record<string, readonly Row[]>> = {
  farm: [
    ['粮食总产量(吨)', 36_000, 'atLeast', HARVEST],
    ['农业总产值(万元)', 9_800, 'atLeast', LATE],
    ['职工人均纯收入(元)', 38_500, 'atLeast', LATE],
    ['大豆亩均生产成本(元)', 420, 'atMost', RATE],
  ],
  enterprise: [
    ['销售收入(万元)', 6_200, 'atLeast', STEADY],
    ['实现利润(万元)', 410, 'atLeast', STEADY],
    ['应收账款余额(万元)', 380, 'atMost', RATE],
    ['万元产值综合能耗(吨标准煤)', 0.86, 'atMost', RATE],
  ],
  office: [
    ['争取项目资金(万元)', 640, 'atLeast', STEADY],
    ['服务基层办结率(%)', 96, 'atLeast', RATE],
    ['行政经费支出(万元)', 82, 'atMost', STEADY],
  ],
  school: [
    ['教学质量综合合格率(%)', 95, 'atLeast', RATE],
    ['教育经费到位额(万元)', 310, 'atLeast', STEADY],
    ['生均能源消耗(千瓦时)', 180, 'atMost', RATE],
  ],
  community: [
    ['新增就业(人)', 140, 'atLeast', STEADY],
    ['居民人均可支配收入(元)', 33_000, 'atLeast', STEADY],
    ['万人刑事案件发案数(件)', 8, 'atMost', RATE],
  ],
};

/** A unit's targets: sizes differ from team to team, the later year asks a little more, rounded as planners do. */
export function targetsOf(unit: UnitSpec, later: boolean): Target[] {
  return (BY_GROUP[unit.group] ?? []).map(([indicator, base, direction, progress]) => {
    const size = randomFor(unit.id, indicator).between(0.7, 1.35);
    const growth = later ? (direction === 'atLeast' ? 1.03 : 0.97) : 1;
    const capped = indicator.endsWith('(%)')
      ? Math.min(99, base * (0.97 + 0.02 * size))
      : base * size * growth;
    return { indicator, target: rounded(capped), direction, progress };
  });
}

/** A value as such an indicator is reported: people and yuan in whole numbers, no share above 100. */
export function asReported(indicator: string, value: number): number {
  if (indicator.endsWith('(人)') || indicator.endsWith('(元)')) return Math.round(value);
  const two = Math.round(value * 100) / 100;
  return indicator.endsWith('(%)') ? Math.min(100, two) : two;
}

const rounded = (value: number): number => {
  const step = value >= 10_000 ? 100 : value >= 1_000 ? 10 : value >= 20 ? 1 : 0.01;
  return Math.round(Math.round(value / step) * step * 100) / 100;
};

/** Units whose target of the first indicator is replaced in the middle of the year, and by what factor. */
const REPLACED: readonly (readonly [unit: string, later: boolean, monthDay: string, factor: number])[] = [
  ['farm-06', false, '07-18', 0.9],
  ['ent-05', false, '08-05', 1.06],
  ['farm-12', true, '07-14', 0.92],
  ['com-01', true, '06-23', 1.05],
];

/** Hands down the year's targets in February (to a unit that joins later, once it is there), and replaces a few. */
export function assignTargets(ledger: Ledger, seed: number, year: number, later: boolean): void {
  for (const unit of UNITS) {
    const random = randomFor(seed, unit.id, year, 'targets');
    const joined = spanOf(unit.id, year, later).from;
    const from = joined > `${year}-02-10` ? joined : `${year}-02-${random.int(10, 19)}`;
    const at = officeHour(random, from);
    targetsOf(unit, later).forEach(({ indicator, target, direction }, index) => {
      const send = (when: number, id: string, value: number) =>
        ledger.send(when, 'organisation', id, 'target.assigned', {
          unit: unit.id,
          year,
          indicator,
          target: value,
          direction,
        });
      send(at + index * 1_000, `target-${year}-${index + 1}`, target);
      const replaced = index === 0 && REPLACED.find((row) => row[0] === unit.id && row[1] === later);
      if (replaced)
        send(
          officeHour(random, `${year}-${replaced[2]}`),
          `target-${year}-1-revised`,
          rounded(target * replaced[3]),
        );
    });
  }
}
