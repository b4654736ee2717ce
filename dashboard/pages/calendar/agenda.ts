import type { Agenda, Obligation } from '#schemas/results/agenda.ts';
import type { WindowStatus } from '#schemas/results/results.ts';
import type { MonthCount } from '../../charts/monthStrip.ts';
import type { Sheet } from '../../components/sheet.ts';
import type { Words } from '../../locales/words.ts';

export const keyOf = ({ of, id, window }: Pick<Obligation, 'of' | 'id' | 'window'>): string =>
  `${of}.${id}.${window}`;

/** `2026-09` as `9 月`, `Sep`. */
export const shortMonth = (words: Words, month: string): string => words.window(month);

export const longMonth = (words: Words, month: string): string =>
  words.say('calendar.monthName', {
    year: month.slice(0, 4),
    month: words.locale === 'zh-CN' ? Number(month.slice(5)) : shortMonth(words, month),
  });

const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));

/** The twelve months, each with how many of its obligations are done, missed and owed, unit by unit. */
export function monthCounts(words: Words, year: number, obligations: readonly Obligation[]): MonthCount[] {
  return MONTHS.map((part) => {
    const month = `${year}-${part}`;
    const own = obligations.filter(({ due }) => due.startsWith(month));
    const sum = (of: (item: Obligation) => number): number =>
      own.reduce((total, item) => total + of(item), 0);
    return {
      month,
      name: shortMonth(words, month),
      done: sum(({ asked, owing }) => asked - owing),
      missed: sum(({ over, owing }) => (over ? owing : 0)),
      owing: sum(({ over, owing }) => (over ? 0 : owing)),
    };
  });
}

export const monthSheet = (words: Words, months: readonly MonthCount[]): Sheet => ({
  head: [
    words.say('calendar.month'),
    words.say('calendar.done'),
    words.say('calendar.missedName'),
    words.say('calendar.owing'),
  ],
  body: months.map(({ name, done, missed, owing }) => [name, done, missed, owing]),
});

/** `null`: what is still to come, or the whole year where nothing is; `all`; or one month. */
export function selectObligations(agenda: Agenda, month: string | null): Obligation[] {
  const { obligations } = agenda;
  if (month === 'all') return obligations;
  if (month !== null) return obligations.filter(({ due }) => due.startsWith(month));
  const ahead = obligations.filter(({ over }) => !over);
  return ahead.length > 0 ? ahead : obligations;
}

/** Obligations month by month, in their order. */
export function byMonth(obligations: readonly Obligation[]): { month: string; items: Obligation[] }[] {
  const months = new Map<string, Obligation[]>();
  for (const item of obligations) {
    const month = item.due.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), item]);
  }
  return [...months].map(([month, items]) => ({ month, items }));
}

export function statusOf({ owing, over, from }: Obligation, on: string): WindowStatus {
  if (owing === 0) return 'met';
  if (over) return 'missed';
  return from <= on ? 'open' : 'future';
}

/** How it stands, for the zone or for one unit. */
export function stateWord(words: Words, item: Obligation, single: boolean): string {
  const { owing, over } = item;
  if (single)
    return words.say(owing === 0 ? 'calendar.doneOne' : over ? 'calendar.missedOne' : 'calendar.openOne');
  if (owing === 0) return words.say('calendar.complete');
  return words.say(over ? 'calendar.missed' : 'calendar.left', {}, owing);
}
