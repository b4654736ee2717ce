/**
 * Work that can be paused: it gives way between two of its steps, and whoever has it done decides whether others get a
 * turn there. A step should take well under a millisecond.
 */
export type Steps<T> = Generator<void, T, void>;

/** Does it on end, where nobody else waits. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
