import { ORGANISATION, unitSource } from '#schemas/events.ts';
import { holds, maySubmit, type Principal } from './principal.ts';

const text = (value: unknown, key: string): string | undefined => {
  const found =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? found : undefined;
};

/** The sources that a principal may send as: its unit, and for the department the organisation. */
const sourcesOf = (who: Principal): string[] => [
  ...(holds(who, ['organisation']) ? [ORGANISATION] : []),
  ...(holds(who, ['unit']) ? [unitSource(who.unit ?? '')] : []),
];

/**
 * Why a principal may not bring an event: a source that is not its own, another unit's subject or data, or what only
 * the head of a unit submits. Undefined where it may. What is no text is left to the door, which refuses it.
 */
export function mayNotBring(who: Principal, event: unknown): string | undefined {
  const own = sourcesOf(who);
  const source = text(event, 'source');
  if (source !== undefined && !own.includes(source))
    return `source must be ${own.join(' or ')} with this token, not ${source}`;
  if (!asUnit(who, event)) return undefined;
  for (const unit of [text(event, 'subject'), text((event as { data?: unknown })?.data, 'unit')])
    if (unit !== undefined && unit !== who.unit)
      return `this token sends for the unit ${who.unit} only, not for ${unit}`;
  if (text(event, 'type') === 'selfinspection.submitted' && !maySubmit(who))
    return 'a reporter drafts the self-inspection; the head of the unit submits it';
  return undefined;
}

/** True where an event is the unit's: its source says so, or its sender can be nothing else. */
export const asUnit = (who: Principal, event: unknown): boolean =>
  holds(who, ['unit']) &&
  (!holds(who, ['organisation']) || text(event, 'source') === unitSource(who.unit ?? ''));
