import { ORGANISATION, unitSource } from '#schemas/events.ts';
import type { Principal } from './principal.ts';

const text = (value: unknown, key: string): string | undefined => {
  const found =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? found : undefined;
};

/**
 * Why a principal may not bring an event: a source that is not its own, or another unit's subject or data. Undefined
 * where it may. What is no text is left to the door, which refuses it.
 */
export function mayNotBring(who: Principal, event: unknown): string | undefined {
  const own = who.role === 'unit' ? unitSource(who.unit ?? '') : ORGANISATION;
  const source = text(event, 'source');
  if (source !== undefined && source !== own) return `source must be ${own} with this token, not ${source}`;
  if (who.role !== 'unit') return undefined;
  for (const unit of [text(event, 'subject'), text((event as { data?: unknown })?.data, 'unit')])
    if (unit !== undefined && unit !== who.unit)
      return `this token sends for the unit ${who.unit} only, not for ${unit}`;
  return undefined;
}
