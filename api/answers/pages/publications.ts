import type { PageReads } from '#api/ports.ts';
import { dayIn } from '#schemas/dates.ts';
import { DEFAULT_TIMEZONE } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import { publicationOn } from '#schemas/publications.ts';
import type { PageParts } from './parts.ts';

/** Whether the provisional result of a year lies open, by the plan's own days. */
export const createPublications = ({
  publications,
  cache,
  offsets,
  now,
}: Pick<PageParts, 'publications' | 'cache' | 'offsets' | 'now'>): Pick<PageReads, 'publication'> => ({
  async publication(year) {
    const read = offsets();
    const view = await cache.viewpoint({ year, basis: 'year' });
    const zone = view?.plan.timezone ?? DEFAULT_TIMEZONE;
    const events = await publications({ snapshot: { offsets: read, asOf: null }, year });
    const told = events.map(({ recordedAt, until }) => ({ on: dayIn(zone, recordedAt), until }));
    const publication = publicationOn(told, dayIn(zone, now())) ?? null;
    return { year, publication, watermark: formatWatermark(read) };
  },
});
