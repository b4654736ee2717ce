import { ANY } from '#api/access/principal.ts';
import { type Route, route } from '#api/http/route.ts';
import type { Views } from '#api/views/views.ts';
import {
  MOST_VIEWS,
  type ViewArrangement,
  type ViewRequest,
  viewArrangement,
  viewList,
  viewPath,
  viewRequest,
} from '#schemas/results/views.ts';

type Of = { id: string };

/** Nothing that others see follows from a view, so the audit log has none of it. */
const shared = { tag: 'access', roles: ANY } as const;
const LIST = { description: 'All of one’s own, in their order', schema: viewList };

export const viewRoutes = ({ views }: { views: Views }): Route[] => [
  route({
    ...shared,
    method: 'get',
    path: '/views',
    summary: 'The views that whoever asks keeps under names: their own alone',
    answers: { 200: LIST },
    handler: async ({ principal }) => ({ body: await views.list(principal.id) }),
  }),
  route<unknown, unknown, ViewRequest>({
    ...shared,
    method: 'post',
    path: '/views',
    summary: 'Keep the address of a page, with its filters, under a name',
    description: `At most ${MOST_VIEWS}, then 409. They belong to the account, or to the token of somebody without one. An address that names no day shows the day on which it is opened.`,
    body: { as: 'json', schema: viewRequest },
    answers: { 201: { ...LIST, description: 'Kept, at the end of the list' } },
    handler: async ({ body, principal }) => ({
      status: 201,
      body: (await views.add(principal.id, body)).list,
    }),
  }),
  route<unknown, unknown, ViewArrangement>({
    ...shared,
    method: 'put',
    path: '/views',
    summary: 'Put one’s views in another order, and say which opens after signing in',
    description: 'Views that the order leaves out stay behind the others. An id that is not one’s own: 404.',
    body: { as: 'json', schema: viewArrangement },
    answers: { 200: LIST },
    handler: async ({ body, principal }) => ({ body: await views.arrange(principal.id, body) }),
  }),
  route<Of, unknown, ViewRequest>({
    ...shared,
    method: 'put',
    path: '/views/:id',
    summary: 'Give a view another name or address',
    description: 'An id that is not one’s own: 404.',
    params: viewPath,
    body: { as: 'json', schema: viewRequest },
    answers: { 200: LIST },
    handler: async ({ params, body, principal }) => ({
      body: await views.change(principal.id, params.id, body),
    }),
  }),
  route<Of>({
    ...shared,
    method: 'delete',
    path: '/views/:id',
    summary: 'Keep a view no longer',
    description: 'An id that is not one’s own: 404.',
    params: viewPath,
    answers: { 200: LIST },
    handler: async ({ params, principal }) => ({ body: await views.drop(principal.id, params.id) }),
  }),
];
