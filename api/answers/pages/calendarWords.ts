import type { Bilingual } from '#schemas/plan.ts';
import { rowOf } from '#schemas/presentation/names.ts';
import type { Obligation } from '#schemas/results/agenda.ts';

/** The words of the calendar file. */
export type Language = 'zh' | 'en';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const HALVES = { zh: ['上半年', '下半年'], en: ['first half of', 'second half of'] };

/** `2026-Q3` as people say it. */
export function windowWords(label: string, language: Language): string {
  const [, year = label, mark = '', number = ''] = /^(\d{4})(?:-([HQ]?)(\d+))?$/.exec(label) ?? [];
  const index = Number(number) - 1;
  if (number === '') return language === 'zh' ? `${year} 年` : year;
  if (mark === 'Q') return language === 'zh' ? `${year} 年第 ${number} 季度` : `Q${number} ${year}`;
  if (mark === 'H') {
    const half = HALVES[language][index] ?? number;
    return language === 'zh' ? `${year} 年${half}` : `${half} ${year}`;
  }
  return language === 'zh' ? `${year} 年 ${Number(number)} 月` : `${MONTHS[index] ?? number} ${year}`;
}

/** Names listed in a description; the rest is counted. */
const LISTED = 20;

function owed({ asked, owing, units }: Obligation, language: Language): string {
  const names = units.slice(0, LISTED).map(({ name }) => name);
  const more = owing - names.length;
  const told = rowOf(language === 'zh' ? 'zh-CN' : 'en', names, { more: more > 0 });
  if (language === 'zh')
    return `${owing}/${asked} 个单位尚未完成：${told}${more > 0 ? `，另有 ${more} 个` : ''}`;
  return `Still owed by ${owing} of ${asked} units: ${told}${more > 0 ? ` and ${more} more` : ''}`;
}

function ownState({ units: [own] }: Obligation, language: Language): string {
  if (!own) return '';
  return language === 'zh'
    ? `已完成 ${own.actual}，要求 ${own.required}`
    : `${own.actual} of ${own.required} done`;
}

export const nameOf = (name: Bilingual | null, id: string, language: Language): string =>
  name?.[language] ?? id;

export const summaryOf = (obligation: Obligation, language: Language): string => {
  const name = nameOf(obligation.name, obligation.id, language);
  const window = windowWords(obligation.window, language);
  return language === 'zh' ? `${name}（${window}）` : `${name} (${window})`;
};

/** `own`: for the calendar of one unit. */
export function descriptionOf(obligation: Obligation, language: Language, own: boolean): string {
  const clause = language === 'zh' ? `依据：${obligation.clause}` : `Clause ${obligation.clause}`;
  return `${own ? ownState(obligation, language) : owed(obligation, language)}\n${clause}`;
}

export const CONDITION: Record<Language, string> = { zh: '评优条件', en: 'Condition for commendation' };
