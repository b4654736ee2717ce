import type { Day } from '#schemas/dates.ts';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What stands where a figure is not known or not counted. */
export const NOTHING = '–';

/** `11 月 22 日`, `22 Nov`: a day of the year that the page is about. */
export function formatDay(locale: Locale, day: Day): string {
  const [, month = '01', date = '01'] = day.split('-');
  return locale === 'zh-CN'
    ? `${Number(month)} 月 ${Number(date)} 日`
    : `${Number(date)} ${MONTHS[Number(month) - 1]}`;
}

/** The day with its year: `2026 年 11 月 22 日`, `22 Nov 2026`. */
export function formatFullDay(locale: Locale, day: Day): string {
  const year = day.slice(0, 4);
  return locale === 'zh-CN' ? `${year} 年 ${formatDay(locale, day)}` : `${formatDay(locale, day)} ${year}`;
}

/** Time of day in the plan's time zone, `09:14:07`. */
export const formatTime = (instant: number, timezone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium' }).format(instant);

/** A figure with fixed decimals, so that points stand under points. */
export const formatFixed = (value: number | null | undefined, decimals = 2): string =>
  value === null || value === undefined ? NOTHING : value.toFixed(decimals);

/** A plain number, quantity or target: whole where it is, with at most two decimals otherwise. */
export const formatPlain = (locale: Locale, value: number): string =>
  new Intl.NumberFormat(locale === 'zh-CN' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: 2 }).format(value);

/** Shares as whole per cent; what is not quite all never reads 100 %, what is not quite none never 0 %. */
export function formatShare(share: number | null | undefined): string {
  if (share === null || share === undefined) return NOTHING;
  if (share > 0 && share < 0.01) return '<1%';
  if (share < 1 && share > 0.99) return '>99%';
  return `${Math.round(share * 100)}%`;
}

export const formatBand = (band: readonly [number, number] | null): string => {
  if (!band) return NOTHING;
  return band[0] === band[1] ? String(band[0]) : `${band[0]}–${band[1]}`;
};
