import { nextTick } from 'vue';
import type { RouteLocationNormalized } from 'vue-router';
import { barsHeight } from './inSight.ts';

/**
 * A section that its page shows only once its figures are there is waited for so long, or until the reader acts. As long
 * it stays in sight while what stands above it still grows.
 */
export const PATIENCE_MS = 10_000;
const ACTS = ['pointerdown', 'keydown', 'wheel'] as const;

let stop: () => void = () => undefined;
/** Whether the window shows a page: its first address may only lead to one. */
let opened = false;
/** Whether the step that is on its way is one of the browser's Back and Forward. */
let isReturn = false;
/** Told when the browser's Back or Forward was pressed. */
export const noteReturn = (): void => {
  isReturn = true;
};

const linksTo = (href: string): HTMLAnchorElement[] =>
  [...document.querySelectorAll<HTMLAnchorElement>('#content a[href]')].filter((one) => one.href === href);
/** Which link a page was left by, of those that lead the same way; by the address of the page. */
const leftBy = new Map<string, { href: string; nth: number }>();

/** Gives it the focus, whatever it is, and leaves in sight what is in sight. */
export function focusOn(element: HTMLElement): void {
  if (!element.matches('a, button, input, select, textarea, [tabindex]')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** At a section: it begins at the top of what is seen, and the keyboard goes on in it. */
export function enterSection(section: HTMLElement): void {
  section.scrollIntoView();
  focusOn(section);
}

/** At the page's heading, as after a step to it. */
export function enterPage(): void {
  const main = document.getElementById('content');
  const head = main?.querySelector<HTMLElement>('h1') ?? main;
  if (head) focusOn(head);
}

/** Looks again whenever the page changes, until `isFound`, the reader acts or patience ends; what it leads to goes on till then. */
function lookUntil(isFound: () => boolean, growth?: ResizeObserver): void {
  const look = (): void => {
    if (!isFound()) return;
    watcher.disconnect();
    growth?.observe(document.body);
  };
  const watcher = new MutationObserver(look);
  const timer = setTimeout(() => stop(), PATIENCE_MS);
  const giveUp = (): void => stop();
  stop = () => {
    watcher.disconnect();
    growth?.disconnect();
    clearTimeout(timer);
    for (const act of ACTS) removeEventListener(act, giveUp, true);
    stop = () => undefined;
  };
  for (const act of ACTS) addEventListener(act, giveUp, true);
  watcher.observe(document.body, { childList: true, subtree: true });
  look();
}

function waitFor(id: string, enter: (element: HTMLElement) => void): void {
  const section = (): HTMLElement | null => document.getElementById(id);
  const isThere = (): boolean => {
    const found = section();
    if (found) enter(found);
    return found !== null;
  };
  lookUntil(isThere, new ResizeObserver(() => section()?.scrollIntoView()));
}

/** Below the bars that stay in view, and above the window's lower edge. */
function isInSight(element: Element): boolean {
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && top >= (scrollY > 0 ? barsHeight() : 0) && bottom <= innerHeight;
}

/** What begins last above the window's lower edge: a chart that fills the window, or what stands before a long text. */
const nearest = (all: readonly HTMLElement[]): HTMLElement | undefined =>
  all.findLast((one) => {
    const { top, height } = one.getBoundingClientRect();
    return height > 0 && top < innerHeight;
  });

/**
 * Where the browser's Back and Forward lead the page is scrolled as it was left, and nothing is scrolled for the keyboard:
 * it goes on at the link that was pressed, or at another to where one comes from, as soon as that is in sight, or at the
 * line that tells of it, which comes into sight with the focus; till then, and where there is none, at the first heading
 * or control that is in sight, or else at the nearest.
 */
function comeBack({ path, fullPath }: RouteLocationNormalized, here: string): void {
  const left = leftBy.get(here);
  const listed = (what: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(what)];
  const inSight = (what: string, isIt = (_: HTMLElement): boolean => true): HTMLElement | undefined =>
    listed(what).find((one) => isIt(one) && isInSight(one));
  const linkTo = (isIt: (to: HTMLAnchorElement) => boolean): HTMLElement | undefined =>
    inSight('#content a[href]:not(.crumbs a)', (one) => one instanceof HTMLAnchorElement && isIt(one));
  const pressed = (): HTMLAnchorElement | undefined => {
    const link = left && linksTo(left.href)[left.nth];
    return link?.pathname === path && isInSight(link) ? link : undefined;
  };
  const isBack = (): boolean => {
    const link =
      pressed() ??
      linkTo(({ pathname, search, hash }) => pathname + search + hash === fullPath) ??
      linkTo(({ pathname }) => pathname === path);
    const stops = '#content :is(h1, h2, h3, a[href], button)';
    const place =
      link ??
      listed('#content [data-to]').find(({ dataset }) => dataset.to === fullPath) ??
      inSight(stops) ??
      nearest(listed(`${stops}, #content [tabindex="0"]`));
    const held = document.activeElement;
    const isHeld = held !== null && held !== document.body && isInSight(held);
    if (place && (link || !isHeld)) focusOn(place);
    return link !== undefined;
  };
  lookUntil(isBack);
}

/**
 * Before a step from a link that has the focus: it is known on the way back, and where it was scrolled out of sight it
 * comes into sight again, so that the page is left, and found again, where the keyboard is.
 */
export function leaveInSight(to: RouteLocationNormalized, from: RouteLocationNormalized): void {
  const held = document.activeElement;
  if (isReturn || to.path === from.path || !(held instanceof HTMLAnchorElement)) return;
  if (!held.matches('#content a[href]') || held.pathname !== to.path) return;
  leftBy.set(from.fullPath, { href: held.href, nth: linksTo(held.href).indexOf(held) });
  if (!isInSight(held)) held.scrollIntoView({ block: 'center', behavior: 'instant' });
}

/** A link in the page to another year of it, which is not there any more where that year has figures. */
const isStepToYear = (to: RouteLocationNormalized, from: RouteLocationNormalized): boolean =>
  to.query.year !== from.query.year && document.activeElement?.matches('#content a') === true;

/**
 * Where keyboard and screen reader go on after a step: at the heading of the new page, or of the other year of the same
 * one, or in the section that a link named.
 * Back and Forward lead to where one was.
 * The first page that a window opens begins at its top, like every document.
 */
export async function arrive(
  to: RouteLocationNormalized,
  from: RouteLocationNormalized,
  failure: unknown,
): Promise<void> {
  const returns = isReturn;
  isReturn = false;
  // A section's link that is pressed again leads nowhere new, but still there.
  if (failure && to.fullPath !== from.fullPath) return;
  stop();
  const elsewhere = to.path !== from.path || isStepToYear(to, from);
  const isFirst = !opened;
  opened ||= to.name !== 'home';
  await nextTick();
  if (returns && elsewhere && !isFirst) return void requestAnimationFrame(() => comeBack(from, to.fullPath));
  // The door's address carries a token in that place.
  const section = to.meta.open ? '' : to.hash.slice(1);
  if (section && (elsewhere || to.hash !== from.hash || failure)) waitFor(section, enterSection);
  else if (elsewhere && !isFirst) enterPage();
}
