/** A page holds no more bytes of rows, however many were asked for; one row it always holds. */
export const PAGE_BYTES = 16 * 1024 * 1024;

/** How many of the rows, from the first on, fit a page, where at most `limit` are wanted. */
export function fitting(sizes: readonly { bytes: number }[], limit: number): number {
  let [rows, sum] = [0, 0];
  for (const { bytes } of sizes) {
    sum += bytes;
    if (rows === limit || (rows > 0 && sum > PAGE_BYTES)) break;
    rows++;
  }
  return rows;
}
