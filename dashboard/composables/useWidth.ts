import { onScopeDispose, type Ref, ref, watch } from 'vue';
import { printing } from './printing.ts';

/** The width between the margins of A4, in pixels. */
const PAPER = 688;

/**
 * How wide an element is, before it is there a guess by the window. While the page is put on paper the sheet's width,
 * unless what is drawn for paper is something else.
 */
export function useWidth(
  target: Ref<{ $el: Element } | null>,
  { onPaper = true } = {},
): Readonly<Ref<number>> {
  const width = ref(document.documentElement.clientWidth);
  const look = (): void => {
    if (printing.value && !onPaper) return;
    const seen = printing.value ? PAPER : target.value?.$el.clientWidth;
    if (seen) width.value = seen;
  };
  const observer = new ResizeObserver(look);
  watch(
    target,
    (found) => {
      observer.disconnect();
      if (found) observer.observe(found.$el);
      look();
    },
    { flush: 'post' },
  );
  watch(printing, look, { flush: 'sync' });
  onScopeDispose(() => observer.disconnect());
  return width;
}
