import type { Router } from 'vue-router';
import type { SavedView, ViewList } from '#schemas/results/views.ts';
import { mayOpen } from './mayOpen.ts';
import type { Session } from './session.ts';

/** Parts of an address that hold its page at a day or a year: without them it moves on with the calendar. */
const FIXED = ['year', 'on', 'asOf', 'compareTo'] as const;
const HERE = 'http://here.invalid';

/** The address of a page as browsers write it, so that the same page has one. */
export function pageAddress(fullPath: string): string {
  const { pathname, search, hash } = new URL(fullPath, HERE);
  return `${pathname}${search}${hash}`;
}

/** The days and years that an address names; none: it shows the day on which it is opened. */
export function fixedDays(address: string): string[] {
  const { searchParams } = new URL(address, HERE);
  return FIXED.flatMap((name) => {
    const value = searchParams.get(name);
    return value === null || value === 'none' ? [] : [value.slice(0, 10)];
  });
}

/** The view that opens first, where it still leads to a page that is open to whoever is signed in. */
export function firstView(
  { views, opens }: ViewList,
  who: Session,
  router: Pick<Router, 'resolve'>,
): SavedView | undefined {
  const view = views.find(({ id }) => id === opens);
  if (!view) return undefined;
  const to = router.resolve(view.address);
  const isPage = to.name !== 'home' && to.name !== 'not-found' && !to.meta.open;
  return isPage && mayOpen(who, to) ? view : undefined;
}
