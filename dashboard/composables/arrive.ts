import { nextTick } from 'vue';
import type { RouteLocationNormalized } from 'vue-router';

/**
 * A section that its page shows only once its figures are there is waited for so long, or until the reader acts. As long
 * it stays in sight while what stands above it still grows.
 */
export const PATIENCE_MS = 10_000;
const ACTS = ['pointerdown', 'keydown', 'wheel'] as const;

let stop: () => void = () => undefined;
/** Whether the window shows a page: its first address may only lead to one. */
let opened = false;

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

function waitFor(id: string, enter: (element: HTMLElement) => void): void {
  const look = (): void => {
    const found = document.getElementById(id);
    if (!found) return;
    watcher.disconnect();
    enter(found);
    growth = new ResizeObserver(() => found.scrollIntoView());
    growth.observe(document.body);
  };
  let growth: ResizeObserver | undefined;
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

/** A link in the page to another year of it, which is not there any more where that year has figures. */
const isStepToYear = (to: RouteLocationNormalized, from: RouteLocationNormalized): boolean =>
  to.query.year !== from.query.year && document.activeElement?.matches('#content a') === true;

/**
 * Where keyboard and screen reader go on after a step: at the heading of the new page, or of the other year of the same
 * one, or in the section that a link named.
 * The first page that a window opens begins at its top, like every document.
 */
export async function arrive(
  to: RouteLocationNormalized,
  from: RouteLocationNormalized,
  failure: unknown,
): Promise<void> {
  // A section's link that is pressed again leads nowhere new, but still there.
  if (failure && to.fullPath !== from.fullPath) return;
  stop();
  const elsewhere = to.path !== from.path || isStepToYear(to, from);
  const isFirst = !opened;
  opened ||= to.name !== 'home';
  await nextTick();
  // The door's address carries a token in that place.
  const section = to.meta.open ? '' : to.hash.slice(1);
  if (section && (elsewhere || to.hash !== from.hash || failure)) waitFor(section, enterSection);
  else if (elsewhere && !isFirst) enterPage();
}
