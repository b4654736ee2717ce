import { begunAfter, seenDay } from '#api/answers/begun.ts';
import { earlier } from '#api/answers/rankings.ts';
import { rankUnder } from '#api/answers/rankUnder.ts';
import type { PageReads, PlanTrial } from '#api/ports.ts';
import type { RankingAnswer } from '#api/ranking-cache/rankingCache.ts';
import { dayIn } from '#schemas/dates.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatWatermark } from '#schemas/position.ts';
import type { PlanPreviewRow } from '#schemas/results/planPreview.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import type { PageParts } from './parts.ts';

type Place = PlanPreviewRow['draft'];

const placeOf = (row: RankingRow | undefined): Place => (row ? { rank: row.rank, total: row.total } : null);

const placeIn = (answer: RankingAnswer | undefined, unit: string): Place =>
  placeOf(answer?.ranked.rows[answer.placeOf.get(unit) ?? -1]);

/** What a plan would do to the ranking before it is adopted. */
export function createPlanPreviews({
  ask,
  cache,
  offsets,
  now,
}: Pick<PageParts, 'ask' | 'cache' | 'offsets' | 'now'>): Pick<PageReads, 'planPreview'> {
  return {
    async planPreview(draft: Plan, { basis, on, since }: PlanTrial) {
      const { year, version } = draft;
      const adopted = await cache.answer({ year, basis, ...(on !== undefined && { on }) });
      const day = on ?? adopted?.on ?? dayIn(draft.timezone, now());
      const before =
        adopted &&
        since !== undefined &&
        (await cache.answer(earlier({ year, basis, on: day, compareTo: since }, adopted)));
      const unbegun = adopted && before ? await begunAfter(ask, adopted, seenDay(before)) : null;
      const read = adopted?.offsets ?? offsets();
      const lasts = day === dayIn(draft.timezone, now());
      const ranked = await rankUnder(ask, draft, {
        ...{ basis, on: day, lasts, asOf: null, offsets: read },
        beside: adopted,
      });
      return {
        draft: { year, version },
        adopted: adopted ? { year, version: adopted.plan.version } : null,
        basis,
        on: day,
        since: before ? (since ?? null) : null,
        rows: ranked.rows.map((row) => ({
          unit: row.unit,
          name: row.name,
          group: row.group,
          draft: placeOf(row),
          adopted: placeIn(adopted, row.unit),
          before: unbegun?.has(row.unit) ? null : placeIn(before || undefined, row.unit),
        })),
        watermark: formatWatermark(read),
      };
    },
  };
}
