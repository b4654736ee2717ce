import type { RankingCache } from '#api/ranking-cache/rankingCache.ts';
import { dayIn } from '#schemas/dates.ts';
import { DEFAULT_TIMEZONE } from '#schemas/plan.ts';

/** Which year it is, and in which zone its days begin and end. */
export type Present = { year: number; timezone: string };

/** The year that it is in the time zone of the plan that is in use, as those that are adopted tell; each may have another. */
export async function presentBy(
  zoneOf: (year: number) => Promise<string | undefined>,
  now: number,
): Promise<Present> {
  const yearIn = (zone: string): number => Number(dayIn(zone, now).slice(0, 4));
  const year = yearIn(DEFAULT_TIMEZONE);
  const timezone = (await zoneOf(year)) ?? (await zoneOf(year - 1)) ?? DEFAULT_TIMEZONE;
  return { year: yearIn(timezone), timezone };
}

export const presentIn = (plans: RankingCache['plans'], now: number): Promise<Present> =>
  presentBy(async (of) => (await plans.versions(of, null)).at(-1)?.plan.timezone, now);
