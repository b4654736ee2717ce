/** A page holds no more bytes of rows, however many were asked for; one row it always holds. */
export const PAGE_BYTES = 16 * 1024 * 1024;

/** How many of the rows, from the first on, fit a page of `most` bytes, where at most `limit` are wanted. */
export function fitting(sizes: readonly { bytes: number }[], limit: number, most = PAGE_BYTES): number {
  let [rows, sum] = [0, 0];
  for (const { bytes } of sizes) {
    sum += bytes;
    if (rows === limit || (rows > 0 && sum > most)) break;
    rows++;
  }
  return rows;
}

/**
 * Cuts a list into pages of at most `limit` rows and `most` bytes; a row that alone is larger has a page of its own.
 */
export function pagesOf<T extends { bytes: number }>(
  sizes: readonly T[],
  limit = 10_000,
  most = PAGE_BYTES,
): T[][] {
  const pages: T[][] = [];
  for (let from = 0; from < sizes.length; from += pages.at(-1)?.length ?? 0)
    pages.push(sizes.slice(from, from + fitting(sizes.slice(from, from + limit), limit, most)));
  return pages;
}
