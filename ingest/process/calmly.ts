/** How long others wait for their turn, ms: a fifth of what somebody would notice of a stall. */
const SLICE_MS = 10;

/** Goes through many things, however long each takes, without holding up everybody else in the process. */
export async function calmly<T>(items: readonly T[], visit: (item: T) => void): Promise<void> {
  let begun = performance.now();
  for (const [index, item] of items.entries()) {
    visit(item);
    if (index === items.length - 1 || performance.now() - begun < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    begun = performance.now();
  }
}
