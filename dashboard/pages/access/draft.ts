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

const kindsIn = (kinds: string): string[] => kinds.split(/[,，、\s]+/u).filter((kind) => kind !== '');

/** What is still to be chosen, in words of the form; null where nothing is. */
export function lackOf({ roles, criteria, kinds }: RightsDraft): 'noRole' | 'noReview' | null {
  if (roles.length === 0) return 'noRole';
  return roles.includes('reviewer') && criteria.length + kindsIn(kinds).length === 0 ? 'noReview' : null;
}

/** What the draft says, to be judged by the schema; what belongs to no role stays out. */
export const rightsIn = ({ roles, unit, position, criteria, kinds }: RightsDraft): Rights => ({
  roles,
  ...(roles.includes('unit') ? { unit, position } : {}),
  ...(roles.includes('reviewer')
    ? {
        reviews: { criteria, kinds: kindsIn(kinds) },
      }
    : {}),
});
