import { useQuery } from '@tanstack/vue-query';
import { type ViewArrangement, type ViewList, type ViewRequest, viewList } from '#schemas/results/views.ts';
import { ask } from './client.ts';
import { queryClient } from './queryClient.ts';

/** The views that whoever is signed in keeps under names. Every change is answered with all of them. */

const KEY = ['views'];

export const useViews = () =>
  useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ask(viewList, '/views', { signal }),
    // Where somebody begins must not wait long for what they may have chosen.
    retry: false,
  });

async function changed(answer: Promise<ViewList>): Promise<ViewList> {
  const list = await answer;
  await queryClient.cancelQueries({ queryKey: KEY });
  queryClient.setQueryData(KEY, list);
  return list;
}

export const keepView = (body: ViewRequest): Promise<ViewList> =>
  changed(ask(viewList, '/views', { method: 'POST', body }));

export const changeView = (id: string, body: ViewRequest): Promise<ViewList> =>
  changed(ask(viewList, `/views/${id}`, { method: 'PUT', body }));

export const arrangeViews = (body: ViewArrangement): Promise<ViewList> =>
  changed(ask(viewList, '/views', { method: 'PUT', body }));

export const dropView = (id: string): Promise<ViewList> =>
  changed(ask(viewList, `/views/${id}`, { method: 'DELETE' }));
