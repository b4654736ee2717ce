/** Around what is brought into sight. */
const ROOM = 24;

/** What the bars at the window's top cover. */
export const barsHeight = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;

/** How far to scroll so that what stands at `top` and `bottom` in the window is within what is seen of it. */
export function wayTo(top: number, bottom: number, seen: { from: number; to: number }): number {
  if (top < seen.from) return top - seen.from;
  return bottom > seen.to ? Math.min(bottom - seen.to, top - seen.from) : 0;
}

/** Scrolls the window no further than so that what stands so far below the top of `board` is in sight; `above`: kept free there. */
export function scrollTo(board: Element | null | undefined, y: number | undefined, above = 0): void {
  if (!board || y === undefined) return;
  const at = board.getBoundingClientRect().top + y;
  const seen = { from: barsHeight() + above, to: innerHeight };
  scrollBy({ top: wayTo(at - ROOM, at + ROOM, seen), behavior: 'instant' });
}
