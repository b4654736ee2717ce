import type { PlacedSlide, SlideId } from '#schemas/deck.ts';

/** Slides in another order, or with one more or less of them shown. */

/** The slide at another place, counted from 0; beyond the ends it stands at them. */
export function movedTo(slides: readonly PlacedSlide[], id: SlideId, to: number): PlacedSlide[] {
  const moved = slides.find((slide) => slide.id === id);
  const others = slides.filter((slide) => slide.id !== id);
  if (!moved) return [...slides];
  const at = Math.min(Math.max(to, 0), others.length);
  return [...others.slice(0, at), moved, ...others.slice(at)];
}

/** The slide left out, or back in its place; null where none would be left. */
export function turned(slides: readonly PlacedSlide[], id: SlideId): PlacedSlide[] | null {
  const next = slides.map((slide) => (slide.id === id ? { ...slide, shown: !slide.shown } : slide));
  return next.some(({ shown }) => shown) ? next : null;
}

export const shownOf = (slides: readonly PlacedSlide[]): number => slides.filter(({ shown }) => shown).length;
