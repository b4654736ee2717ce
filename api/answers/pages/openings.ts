import { presentIn } from '#api/answers/present.ts';
import { freezesOf } from '#api/freeze/records.ts';
import type { PageReads } from '#api/ports.ts';
import { openingYear } from '#schemas/opening.ts';
import { formatWatermark } from '#schemas/position.ts';
import type { PageParts } from './parts.ts';

export function createOpenings({
  ask,
  cache,
  offsets,
  now,
}: Pick<PageParts, 'ask' | 'cache' | 'offsets' | 'now'>): Pick<PageReads, 'opening'> {
  const isSealed = async (year: number): Promise<boolean> =>
    (await freezesOf(ask, year, offsets())).length > 0;

  async function lastYear(year: number) {
    const answer = await cache.answer({ year, basis: 'year' });
    if (!answer || answer.ranked.totals.length === 0) return null;
    return { year, sealed: await isSealed(year) };
  }

  return {
    async opening() {
      const { year, timezone } = await presentIn(cache.plans, now());
      const answer = await cache.answer({ year, basis: 'to-date' });
      const current = { year, ranked: answer?.ranked.totals.length ?? 0, sealed: await isSealed(year) };
      const before = current.ranked > 0 ? null : await lastYear(year - 1);
      return {
        year: openingYear({ current, before }),
        current,
        before,
        timezone,
        watermark: formatWatermark(answer?.offsets ?? offsets()),
      };
    },
  };
}
