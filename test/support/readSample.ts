import { afterAll, beforeAll, expect } from 'vitest';
import type { HiddenRow, Ranking, RankingRow, Standing } from '#schemas/results/results.ts';
import { type Product, startProduct } from './server.ts';

export const isOpen = (row: RankingRow | HiddenRow): row is RankingRow => 'unit' in row;

/** The unit whose token is asked with. */
export const OWN = 'farm-03';

/** For the tests of a file that only read: a product on the sample of a day. It fails where the product told of an error. */
export function readSample(today: string) {
  let started: Product | undefined;
  let unitToken = '';
  beforeAll(async () => {
    started = await startProduct({ sample: { today } });
    unitToken = await started.tokens.unit(OWN);
  });
  afterAll(async () => {
    expect(started?.errors).toEqual([]);
    await started?.stop();
  });
  const product = (): Product => {
    if (!started) throw new Error('nothing is started before the tests begin');
    return started;
  };
  return {
    get product() {
      return product();
    },
    /** Of the unit `OWN`. */
    get unitToken() {
      return unitToken;
    },
    async ranking(query: string): Promise<RankingRow[]> {
      return (await product().json<Ranking>(`/rankings/2026?${query}`)).rows.filter(isOpen);
    },
    standing: (unit: string, query: string) =>
      product().json<Standing>(`/units/${unit}/standing?year=2026&${query}`),
    async statusOf(path: string, token: string): Promise<number> {
      return (await product().call(path, { token })).status;
    },
  };
}
