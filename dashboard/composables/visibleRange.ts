/** First and last+1 row that a window sees: `top` is where the first row stands, in pixels from the window's top. */
export function visibleRange(
  top: number,
  height: number,
  rowHeight: number,
  count: number,
  overscan: number,
) {
  const first = Math.min(count, Math.max(0, Math.floor(-top / rowHeight) - overscan));
  const last = Math.min(count, Math.ceil((height - top) / rowHeight) + overscan);
  return { first, last: Math.max(first, last) };
}
