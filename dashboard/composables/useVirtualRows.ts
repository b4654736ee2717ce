import { type MaybeRefOrGetter, onBeforeUnmount, onMounted, type Ref, ref, toValue, watch } from 'vue';
import { printing } from './printing.ts';
import { visibleRange } from './visibleRange.ts';

type Options = {
  /** The element that holds all rows, as tall as they are together. */
  container: Ref<HTMLElement | null>;
  count: MaybeRefOrGetter<number>;
  rowHeight: MaybeRefOrGetter<number>;
  /** Rows rendered beyond each edge of the window. */
  overscan?: number;
};

/** Which rows of a long list, in the page's own scroll or one within it, are worth rendering. On paper it is all of them. */
export function useVirtualRows({ container, count, rowHeight, overscan = 8 }: Options) {
  /** Until the first row's place is known, as if it stood at the top of the window: few are made only to go again. */
  const range = ref(visibleRange(0, window.innerHeight, toValue(rowHeight), toValue(count), 0));
  let frame = 0;
  /** Where the first row stood when it was last looked at. */
  let top: number | null = null;

  const place = (): void => {
    const rows = toValue(count);
    if (top === null) return;
    const next = printing.value
      ? { first: 0, last: rows }
      : visibleRange(top, window.innerHeight, toValue(rowHeight), rows, overscan);
    if (next.first !== range.value.first || next.last !== range.value.last) range.value = next;
  };
  const measure = (): void => {
    frame = 0;
    top = container.value?.getBoundingClientRect().top ?? null;
    place();
  };
  const schedule = (): void => {
    frame ||= requestAnimationFrame(measure);
  };

  onMounted(() => {
    // Also what scrolls within the page.
    addEventListener('scroll', schedule, { passive: true, capture: true });
    addEventListener('resize', schedule, { passive: true });
    measure();
  });
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame);
    removeEventListener('scroll', schedule, { capture: true });
    removeEventListener('resize', schedule);
  });
  // Other rows are drawn at once, where they stood; to look before they are there would lay out the page twice.
  watch([() => toValue(count), () => toValue(rowHeight), printing], () => {
    place();
    schedule();
  });

  return { range };
}
