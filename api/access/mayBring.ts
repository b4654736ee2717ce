import { ORGANISATION, unitSource } from '#schemas/events.ts';
import { foreignIn, speaksAs } from '#schemas/senders.ts';
import { holds, maySubmit, type Principal } from './principal.ts';

/** The sources that a principal may send as: for the department the organisation, then its unit. */
const sourcesOf = (who: Principal): string[] => [
  ...(holds(who, ['organisation']) ? [ORGANISATION] : []),
  ...(holds(who, ['unit']) ? [unitSource(who.unit ?? '')] : []),
];

/** Why a principal may not bring an event: it is another's, or only the head of a unit submits it. */
export function mayNotBring(who: Principal, event: unknown): string | undefined {
  const own = sourcesOf(who);
  const foreign = foreignIn(own, event);
  if (foreign?.field === 'source')
    return `source must be ${own.join(' or ')} with this token, not ${foreign.found}`;
  if (foreign) return `this token sends for the unit ${who.unit} only, not for ${foreign.found}`;
  const { type } = (event ?? {}) as { type?: unknown };
  if (asUnit(who, event) && type === 'selfinspection.submitted' && !maySubmit(who))
    return 'a reporter drafts the self-inspection; the head of the unit submits it';
  return undefined;
}

/** True where an event is the unit's: its source says so, or its sender can be nothing else. */
export const asUnit = (who: Principal, event: unknown): boolean =>
  holds(who, ['unit']) &&
  (!holds(who, ['organisation']) || speaksAs(sourcesOf(who), event) === unitSource(who.unit ?? ''));
