import type { Day } from '#schemas/dates.ts';
import type { Random } from '../random.ts';
import { CONDITIONS, DEVELOPMENT } from './development.ts';
import { INTEGRITY } from './integrity.ts';
import { LEARNING } from './learning.ts';
import { FIELDS, PLACES, STUDY, WORK } from './topics.ts';
import { INNOVATION, UNITY } from './unity.ts';

/** All title patterns by kind, or by `kind/form` where the form decides what is said. */
export const TITLES: Readonly<Record<string, readonly string[]>> = {
  ...LEARNING,
  ...UNITY,
  ...INNOVATION,
  ...INTEGRITY,
  ...DEVELOPMENT,
  ...CONDITIONS,
};

const QUARTERS = ['第一季度', '第二季度', '第三季度', '第四季度'];

export type Wording = {
  kind: string;
  form?: string | undefined;
  indicator?: string | undefined;
  group: string;
  day: Day;
};

/** A title such as the unit's clerk would write for the activity. */
export function titleOf(random: Random, wording: Wording): string {
  const { kind, form, group, day } = wording;
  const patterns = TITLES[form ? `${kind}/${form}` : kind] ?? TITLES[kind];
  if (!patterns) throw new RangeError(`no titles for ${kind} ${form ?? ''}`);
  const month = Number(day.slice(5, 7));
  const quarter = Math.floor((month - 1) / 3);
  const slots: Record<string, () => string> = {
    work: () => random.pick(WORK[group]?.[quarter] ?? ['重点工作']),
    study: () => random.pick(STUDY),
    place: () => random.pick(PLACES),
    field: () => random.pick(FIELDS[group] ?? ['重点工作']),
    indicator: () => wording.indicator?.replace(/\(.*$/, '') ?? '',
    y: () => day.slice(0, 4),
    m: () => String(month),
    n: () => String(random.int(1, 24)),
    q: () => QUARTERS[quarter] ?? '',
    h: () => (month < 7 ? '上半年' : '下半年'),
  };
  return random.pick(patterns).replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot]?.() ?? '');
}
