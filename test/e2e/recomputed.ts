import type { Page } from 'playwright-core';
import { replay } from '#test/reference/history.ts';
import * as exact from '#test/reference/rational.ts';
import { type RankingRow as Recomputed, ranking } from '#test/reference/score.ts';
import type { Envelope, StoredEvent } from '#test/reference/types.ts';
import type { Product } from '#test/support/server.ts';

/** All events, as the independent recomputation takes them. */
export async function wholeStream(product: Product): Promise<StoredEvent[]> {
  type Listed = Envelope & { position: string };
  const { events } = await product.json<{ events: Listed[] }>('/events?limit=10000');
  return events.map(({ position: _, ...event }, index) => ({ position: index, event }));
}
/** Ranks and totals of all units to date, recomputed from events by code that shares nothing with the product. */
export function recomputed(stream: StoredEvent[], on: string, asOf?: string): Map<string, Recomputed> {
  const found = ranking(replay(stream, asOf ? { asOf } : {}), { year: 2026, basis: 'to-date', on });
  return new Map(found?.rows.map((row) => [row.name, row]));
}
/** A total as it is shown. */
export const shownTotal = (row: Recomputed | undefined): number | null =>
  row?.total == null ? null : exact.toNumber(exact.roundHalfUp(exact.parse(row.total), 2), 2);
const numberIn = (text: string): number | null =>
  /\d/.test(text) ? Number(text.replace('−', '-').replace('+', '')) : null;
/** What the page says that a draft would do: for each unit its numbers, in the order of the columns. */
export async function effectShown(page: Page): Promise<Map<string, (number | null)[]>> {
  await page.locator('.review tbody tr').first().waitFor();
  const shown = new Map<string, (number | null)[]>();
  for (const row of await page.locator('.review tbody tr').all()) {
    const [rank = '', name = '', , ...rest] = await row.locator('th, td').allTextContents();
    shown.set(name.trim(), [rank, ...rest].map(numberIn));
  }
  return shown;
}
