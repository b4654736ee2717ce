import { z } from 'zod';
import type { Role } from '#api/access/principal.ts';
import type { InspectionDrafts } from '#api/drafts/inspectionDrafts.ts';
import { unitPath, yearPath } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import { type DraftRequest, draftAnswer, draftRequest } from '#schemas/results/inspectionDraft.ts';

type Of = { unit: string; year: number };

const UNIT: readonly Role[] = ['unit'];
const shared = {
  path: '/units/:unit/self-inspections/:year/draft',
  tag: 'events',
  roles: UNIT,
  ownUnit: true,
  params: z.strictObject({ ...unitPath.shape, ...yearPath.shape }),
} as const;

/** A draft is the unit's own affair: nobody above it reads what is not submitted. */
function refuseOthers(own: string | undefined, { unit }: Of): void {
  if (own !== unit) throw new Problem('forbidden', `You are bound to the unit ${own}.`);
}

export const inspectionDraftRoutes = ({ drafts }: { drafts: InspectionDrafts }): Route[] => [
  route<Of>({
    ...shared,
    method: 'get',
    summary: 'The self-inspection that a unit is writing',
    answers: { 200: { description: 'null where none is kept', schema: draftAnswer } },
    async handler({ params, principal }) {
      refuseOthers(principal.unit, params);
      return { body: { draft: await drafts.read(params.unit, params.year) } };
    },
  }),
  route<Of, unknown, DraftRequest>({
    ...shared,
    method: 'put',
    summary: 'Keep a self-inspection that is not ready yet',
    description:
      'For the unit alone, and for its head to submit as an event. `after` is when the draft was saved that this one goes on from; where somebody else has saved another meanwhile, 409.',
    body: { as: 'json', schema: draftRequest },
    answers: { 200: { description: 'Kept', schema: draftAnswer } },
    async handler({ params, body, principal }) {
      refuseOthers(principal.unit, params);
      return { body: { draft: await drafts.write(params.unit, params.year, body, principal.label) } };
    },
  }),
  route<Of>({
    ...shared,
    method: 'delete',
    summary: 'Forget a draft',
    answers: { 200: { description: 'Forgotten', schema: draftAnswer } },
    async handler({ params, principal }) {
      refuseOthers(principal.unit, params);
      await drafts.drop(params.unit, params.year);
      return { body: { draft: null } };
    },
  }),
];
