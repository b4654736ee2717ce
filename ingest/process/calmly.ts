/** Units looked at before others get their turn: some ten or twenty milliseconds. */
const SLICE = 100;

/** Goes through many units without holding up everybody else in the process. */
export async function calmly<T>(items: readonly T[], visit: (item: T) => void): Promise<void> {
  for (let from = 0; from < items.length; from += SLICE) {
    for (const item of items.slice(from, from + SLICE)) visit(item);
    if (from + SLICE < items.length) await new Promise((resolve) => setImmediate(resolve));
  }
}
