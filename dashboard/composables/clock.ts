import { computed, ref, shallowRef } from 'vue';
import type { Day } from '#schemas/dates.ts';
import { dayIn } from '#schemas/dates.ts';
import { DEFAULT_TIMEZONE } from '#schemas/plan.ts';

/**
 * What day it is, in the time zone of the plan that is looked at. A page stays open for days: the clock goes on, and
 * whoever asks for today is told when it is another.
 */

const TICK_MS = 15_000;

const now = shallowRef(Date.now());
/** The zone in which days of what is on screen begin and end. */
export const timezone = ref(DEFAULT_TIMEZONE);
export const today = computed<Day>(() => dayIn(timezone.value, now.value));

/** What time it was when the clock was last looked at. */
export const lastLook = computed(() => now.value);

/** Looks at the clock now: when the machine wakes up, or the server says that a day has begun. */
export const lookAtClock = (): void => {
  now.value = Date.now();
};

/** Lets the clock go; returns how to stop it. */
export function startClock(): () => void {
  const tick = setInterval(lookAtClock, TICK_MS);
  document.addEventListener('visibilitychange', lookAtClock);
  return () => {
    clearInterval(tick);
    document.removeEventListener('visibilitychange', lookAtClock);
  };
}
