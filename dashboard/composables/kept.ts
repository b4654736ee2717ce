import { type Ref, shallowRef, watch } from 'vue';
import type { z } from 'zod';

/**
 * What a person made of a page for this device, as long as the browser keeps it: a part of it that is malformed, or of an
 * older make, is as if it had never been made.
 */
export function useKept<S extends z.ZodType>(key: string, shape: S, otherwise: z.infer<S>): Ref<z.infer<S>> {
  const value = shallowRef<z.infer<S>>(otherwise);
  try {
    const read = shape.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    if (read.success) value.value = read.data;
  } catch {
    // Storage may be forbidden; what is made then lasts as long as the page.
  }
  watch(value, (next) => {
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // As above.
    }
  });
  return value as Ref<z.infer<S>>;
}
