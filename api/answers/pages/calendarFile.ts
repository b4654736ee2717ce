import { icalendar } from '#schemas/icalendar.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Obligation } from '#schemas/results/agenda.ts';
import { CONDITION, descriptionOf, type Language, nameOf, summaryOf } from './calendarWords.ts';

export type CalendarFile = {
  plan: Plan;
  obligations: readonly Obligation[];
  language: Language;
  /** When what it says was last changed; until then the file is the same. */
  changedAt: number;
  /** The unit whose calendar it is; the whole zone's without one. */
  unit?: string | undefined;
};

const REMIND_DAYS = 7;

/** The same obligation has the same uid for ever, so that calendars replace what they have. Ids may hold any signs. */
const uidOf = ({ of, id, window }: Obligation, year: number, unit: string | undefined): string =>
  `${[`${year}`, of, id, window, ...(unit === undefined ? [] : [unit])].map(encodeURIComponent).join('/')}@wuxing`;

/** What is still owed, and what no longer is, as a calendar to be loaded elsewhere (RFC 5545). */
export function calendarFile({ plan, obligations, language, changedAt, unit }: CalendarFile): string {
  const criteria = new Map(plan.criteria.map(({ id, name }) => [id, name]));
  // What is done stays in the file, cancelled: left out, it would stay in a calendar that was loaded before.
  const told = obligations.filter(({ owing, over }) => owing === 0 || !over);
  return icalendar({
    name: plan.title[language],
    language: language === 'zh' ? 'zh-CN' : 'en',
    changedAt,
    entries: told.map((obligation) => ({
      uid: uidOf(obligation, plan.year, unit),
      on: obligation.due,
      summary: summaryOf(obligation, language),
      description: descriptionOf(obligation, language, unit !== undefined),
      categories: [
        obligation.criterion === null
          ? CONDITION[language]
          : nameOf(criteria.get(obligation.criterion) ?? null, obligation.criterion, language),
      ],
      cancelled: obligation.owing === 0,
      remindDaysBefore: REMIND_DAYS,
    })),
  });
}
