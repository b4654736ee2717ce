import type { RankingRow } from '#schemas/results/results.ts';
import type { WeightOf } from '../bar.ts';

/** The ranking under other weights, in place of the one that was read. */
export type Preview = { rows: RankingRow[]; weightOf: WeightOf };
