import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '#api/ports.ts';
import { dayIn } from '#schemas/dates.ts';
import { endOfDay, monthEnds } from '#schemas/months.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatWatermark, type Offsets } from '#schemas/position.ts';
import type { Months } from './months.ts';
import type { PlanShelf } from './planShelf.ts';

/** Nobody who comes right after a start is held up, nor whoever reports meanwhile. */
const FIRST_MS = 10_000;
const NEXT_MS = 2_000;
const IDLE_MS = 60_000;

export type PreparingParts = {
  plans: PlanShelf;
  months: Months;
  /** The year that it is in the zone. */
  year(): Promise<number>;
  now(): number;
};

/**
 * Looks at what trends ask next, of this year or the one before: first the months as they are known now, which every
 * ranking shows, then a month-end as it was known then; false where none is left.
 */
export function createDayPreparing({ plans, months, year, now }: PreparingParts): () => Promise<boolean> {
  const looked = new Set<string>();
  async function monthsNow(plan: Plan): Promise<boolean> {
    const today = dayIn(plan.timezone, now());
    const days = monthEnds(plan.year, today).filter((day) => day !== today);
    const key = `${plan.year} ${plan.version} ${days.length}`;
    if (days.length === 0 || looked.has(key)) return false;
    looked.add(key);
    await months.at({ plan, asOf: null, days, areMonthEnds: true });
    return true;
  }
  return async () => {
    const present = await year();
    for (const sought of [present, present - 1]) {
      const latest = (await plans.versions(sought, null)).at(-1)?.plan;
      if (!latest) continue;
      if (await monthsNow(latest)) return true;
      const { timezone } = latest;
      for (const on of monthEnds(sought, dayIn(timezone, now()))) {
        const asOf = endOfDay(timezone, on);
        if (looked.has(on) || asOf >= now()) continue;
        looked.add(on);
        const plan = (await plans.versions(sought, asOf)).at(-1)?.plan;
        if (!plan) continue;
        await months.at({ plan, asOf, days: [on], areMonthEnds: false });
        return true;
      }
    }
    return false;
  };
}

export type Preparing = { next(): Promise<boolean>; offsets(): Offsets; log: Log };

/** Prepares month-ends one by one while nothing comes in, so that no person waits for a dozen of them. */
export function prepareDays({ next, offsets, log }: Preparing): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const wait = (ms: number): Promise<void> => pause(ms, undefined, { signal: stopped.signal, ref: false });
  async function run(): Promise<void> {
    for (let ms = FIRST_MS; ; ) {
      const before = formatWatermark(offsets());
      await wait(ms);
      if (formatWatermark(offsets()) !== before) {
        ms = NEXT_MS;
        continue;
      }
      const more = await next().catch((error: unknown) => {
        log.warn({ err: error }, 'a day that is over could not be prepared; whoever asks waits for it');
        return false;
      });
      ms = more ? NEXT_MS : IDLE_MS;
    }
  }
  const over = run().catch(() => {});
  return {
    async stop() {
      stopped.abort();
      await over;
    },
  };
}
