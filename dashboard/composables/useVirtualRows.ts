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
export function useVirtualRows({ container, count, rowHeight, overscan = 12 }: Options) {
  const range = ref({ first: 0, last: Math.min(toValue(count), 60) });
  let frame = 0;

  const measure = (): void => {
    frame = 0;
    const rows = toValue(count);
    const box = container.value?.getBoundingClientRect();
    if (!box) return;
    const next = printing.value
      ? { first: 0, last: rows }
      : visibleRange(box.top, window.innerHeight, toValue(rowHeight), rows, overscan);
    if (next.first !== range.value.first || next.last !== range.value.last) range.value = next;
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
  watch([() => toValue(count), () => toValue(rowHeight), printing], measure, { flush: 'post' });

  return { range };
}
