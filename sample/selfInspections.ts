import { daysLater, officeHour } from './calendar.ts';
import type { Estimate } from './estimate.ts';
import type { Ledger } from './ledger.ts';
import { type Random, randomFor } from './random.ts';

/** Teams that claim more than the record bears out: last year, and this year. */
const BOASTERS = [
  new Set(['farm-04', 'farm-16', 'ent-09', 'ent-10', 'ent-12', 'off-06', 'off-07', 'sch-02', 'sch-04']),
  new Set(['farm-04', 'farm-10', 'farm-16', 'ent-07', 'ent-10', 'off-06', 'off-08', 'sch-04', 'com-05']),
];
/** Teams that send late, send twice, send nothing, and this year send early. */
const LATE = new Set(['farm-08', 'ent-06', 'com-03']);
const TWICE = new Set(['farm-02', 'sch-01']);
const SILENT = new Set(['farm-15', 'sch-06']);
const EARLY = new Set(['sch-03', 'off-02', 'com-05']);

const SHORTCOMINGS = [
  '“{r}”落实不够经常，主动性不强。',
  '“{r}”方面抓得不够紧，有时以工作忙代替。',
  '“{r}”措施不够具体，效果不够明显。',
  '对“{r}”重视不够，进度偏慢。',
  '“{r}”台账不够规范，资料收集不及时。',
];
const NONE = [
  '总体落实较好，创新性做法还不多。',
  '各项要求基本落实，深度还不够。',
  '工作开展较好，典型经验总结不够。',
];
const BOASTS = ['各项工作均按要求完成。', '成绩突出，无明显不足。', '完成较好，不足之处微小。'];
const REMEDIES = [
  '明确一名班子成员专抓，每季度检查一次。',
  '列入明年工作计划，按月调度。',
  '建立台账，逐项销号。',
  '一季度前补齐，并纳入考核。',
  '向先进单位学习，完善制度。',
  '班子会专题研究，限期整改。',
];

type Statement = { selfScore: number; shortcomings: string; remedies: string };

function statement(random: Random, { score, worst }: Estimate, boasts: boolean): Statement {
  const claimed = boasts ? score + random.between(12, 28) : score + random.between(-3.5, 3);
  const selfScore = Math.min(boasts ? 98 : 99, Math.max(0, Math.round(claimed * 2) / 2));
  const honest = worst
    ? random.pick(SHORTCOMINGS).replace('{r}', worst.name.zh.replace(/[“”]/g, ''))
    : random.pick(NONE);
  return { selfScore, shortcomings: boasts ? random.pick(BOASTS) : honest, remedies: random.pick(REMEDIES) };
}

function submitted(random: Random, unit: string, year: number, later: boolean): number {
  if (later && EARLY.has(unit)) return officeHour(random, `${year}-11-${random.int(10, 16)}`);
  if (LATE.has(unit)) return officeHour(random, `${year + 1}-01-0${random.int(5, 9)}`);
  return officeHour(random, `${year}-12-${random.int(14, 24)}`);
}

/** A unit's self-inspection of its year. */
export function inspectItself(
  ledger: Ledger,
  seed: number,
  { unit, year, later }: { unit: string; year: number; later: boolean },
  estimates: ReadonlyMap<string, Estimate>,
): void {
  if (SILENT.has(unit)) return;
  const random = randomFor(seed, unit, year, 'self-inspection');
  const boasts = BOASTERS[later ? 1 : 0]?.has(unit) ?? false;
  const send = (at: number, id: string) => {
    const criteria = Object.fromEntries(
      [...estimates].map(([criterion, estimate]) => [
        criterion,
        statement(random, estimate, boasts && random.chance(0.85)),
      ]),
    );
    ledger.send(at, 'unit', id, 'selfinspection.submitted', { unit, year, criteria });
  };
  const first = submitted(random, unit, year, later);
  send(first, `self-inspection-${year}`);
  if (TWICE.has(unit)) send(daysLater(random, first, 1, 3), `self-inspection-${year}-revised`);
}
