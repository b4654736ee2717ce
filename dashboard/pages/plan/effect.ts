import { type Description, points, quantity, text } from '#schemas/presentation/table.ts';
import type { PlanPreview, PlanPreviewRow } from '#schemas/results/planPreview.ts';
import { someUnits } from '../../locales/someOf.ts';
import type { Words } from '../../locales/words.ts';

/** What adopting a draft would do to the ranking. */

/** Places gained by the method: from the adopted plan to the draft, on the same day. */
export const methodMoves = ({ draft, adopted }: PlanPreviewRow): number | null =>
  draft?.rank != null && adopted?.rank != null ? adopted.rank - draft.rank : null;

/** Places gained by performance: from the earlier day to now, under the adopted plan. */
export const performanceMoves = ({ adopted, before }: PlanPreviewRow): number | null =>
  adopted?.rank != null && before?.rank != null ? before.rank - adopted.rank : null;

const largest = (rows: readonly PlanPreviewRow[], sign: 1 | -1) => {
  const moved = rows.flatMap((row) => {
    const places = (methodMoves(row) ?? 0) * sign;
    return places > 0 ? [{ row, places }] : [];
  });
  const most = Math.max(0, ...moved.map(({ places }) => places));
  return { most, rows: moved.filter(({ places }) => places === most).map(({ row }) => row) };
};

/** The sentences above the table, from its rows. */
export function effectAnswer(
  words: Words,
  { rows, adopted }: Pick<PlanPreview, 'rows' | 'adopted'>,
): string[] {
  if (!adopted) return [words.say('plan.effectFirst')];
  const moved = rows.filter((row) => (methodMoves(row) ?? 0) !== 0).length;
  if (moved === 0) return [words.say('plan.effectNone')];
  const [up, down] = [largest(rows, 1), largest(rows, -1)];
  return [
    words.say('plan.effect', { moved, units: rows.length }),
    ...(up.most ? [words.say('plan.effectUp', { units: someUnits(words, up.rows) }, up.most)] : []),
    ...(down.most ? [words.say('plan.effectDown', { units: someUnits(words, down.rows) }, down.most)] : []),
  ];
}

export const effectTable = (
  words: Words,
  { since }: Pick<PlanPreview, 'since'>,
): Description<PlanPreviewRow> => ({
  id: 'plan-effect',
  title: words.say('plan.effectTitle'),
  columns: [
    quantity('rank', words.say('plan.newRank'), ({ draft }) => draft?.rank ?? null),
    text('name', words.say('ranking.unit'), ({ name }) => name),
    text('group', words.say('ranking.group'), ({ group }) => words.term(group), { not: ['phone'] }),
    quantity('adopted', words.say('plan.nowRank'), ({ adopted }) => adopted?.rank ?? null),
    { ...quantity('method', words.say('plan.byMethod'), methodMoves), signed: true, decimals: 0 },
    ...(since
      ? [
          {
            ...quantity<PlanPreviewRow>('performance', words.say('plan.byPerformance'), performanceMoves),
            signed: true,
            decimals: 0,
          },
        ]
      : []),
    points('total', words.say('plan.newTotal'), ({ draft }) => draft?.total ?? null),
    points('adoptedTotal', words.say('plan.nowTotal'), ({ adopted }) => adopted?.total ?? null, {
      not: ['phone'],
    }),
  ],
});
