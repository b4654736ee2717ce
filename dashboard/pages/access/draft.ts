import type { Position, Rights, Role } from '#schemas/access.ts';

/** Rights while they are filled in: what is chosen stays when a role is unticked and ticked again. */
export type RightsDraft = {
  roles: Role[];
  unit: string;
  position: Position;
  criteria: string[];
  /** Ids with commas between. */
  kinds: string;
};

export const emptyDraft = (): RightsDraft => ({
  roles: [],
  unit: '',
  position: 'reporter',
  criteria: [],
  kinds: '',
});

export const draftOf = ({ roles, unit = '', position = 'head', reviews }: Rights): RightsDraft => ({
  roles: [...roles],
  unit,
  position,
  criteria: [...(reviews?.criteria ?? [])],
  kinds: (reviews?.kinds ?? []).join(', '),
});

/** What the draft says, to be judged by the schema; what belongs to no role stays out. */
export const rightsIn = ({ roles, unit, position, criteria, kinds }: RightsDraft): Rights => ({
  roles,
  ...(roles.includes('unit') ? { unit, position } : {}),
  ...(roles.includes('reviewer')
    ? {
        reviews: {
          criteria,
          kinds: kinds
            .split(/[,，、\s]+/u)
            .map((kind) => kind.trim())
            .filter((kind) => kind !== ''),
        },
      }
    : {}),
});
