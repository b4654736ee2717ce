import { planAnswer } from '#schemas/results/results.ts';
import { ask } from './client.ts';
import { timezone, today } from './clock.ts';
import { readYear } from './filters.ts';
import { opensOn } from './opening.ts';
import { evaluationName } from './paper.ts';
import { planKey } from './planKey.ts';
import { queryClient } from './queryClient.ts';

/**
 * Sets the clock, and the name on printed pages, by the plan of the year that an address asks for, before its page asks for anything: "as known on a
 * day" ends at midnight of that plan's zone. Where the year has no plan, or nobody answers, the zone stays.
 */
export async function setZone(query: Readonly<Record<string, unknown>>): Promise<void> {
  const year = readYear(query) ?? opensOn(today.value);
  try {
    const { plan } = await queryClient.ensureQueryData({
      queryKey: planKey(year),
      queryFn: ({ signal }) => ask(planAnswer, `/plans/${year}`, { signal }),
      retry: false,
    });
    timezone.value = plan.timezone;
    evaluationName.value = plan.title;
  } catch {
    evaluationName.value = null;
    // The page says what is wrong.
  }
}

/** Guards the address of a page that has no filters and still tells days and times: they are the plan's, too. */
export const inZone = async (to: { query: Readonly<Record<string, unknown>> }): Promise<boolean> => {
  await setZone(to.query);
  return true;
};
