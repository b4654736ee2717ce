import { sealList } from '#schemas/freezes.ts';
import { ask } from './client.ts';
import { queryClient } from './queryClient.ts';

/** Which of the years are sealed; of one that cannot be asked nothing is known, and nothing is said. */
export async function sealedYears(years: readonly number[]): Promise<Set<number>> {
  const found = await Promise.all(
    years.map((year) =>
      queryClient
        .fetchQuery({
          queryKey: ['seals', year],
          queryFn: ({ signal }) => ask(sealList, `/freezes/${year}/seals`, { signal }),
        })
        .then(
          ({ freezes }) => (freezes.length > 0 ? [year] : []),
          () => [],
        ),
    ),
  );
  return new Set(found.flat());
}
