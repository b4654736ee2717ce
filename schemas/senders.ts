import { ORGANISATION, unitSource } from './events.ts';

/**
 * A sender speaks only for itself: its events have a source of its own, and a unit's are about that unit alone. The
 * rule stands here and nowhere else. Routes ask before a request is taken, the door at each event of a request, and
 * admission at each event of the stream, whoever wrote it there.
 */

/** Whether a source may speak of a unit, or of the zone. */
export const speaksFor = (source: string, subject: string): boolean =>
  source === ORGANISATION || source === unitSource(subject);

/** What in an event is another's. */
export type Foreign = { field: 'source' | 'subject' | 'data.unit'; found: string };

const text = (value: unknown, key: string): string | undefined => {
  const found =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? found : undefined;
};

/**
 * The source that an event speaks as, of those open to its sender: the one that it names, else the first. Undefined
 * where it names another's.
 */
export function speaksAs(own: readonly string[], event: unknown): string | undefined {
  const source = text(event, 'source');
  return source === undefined ? own[0] : own.find((one) => one === source);
}

/**
 * What in an event is not its sender's, who may send as `own`; undefined where nothing is. The event may be anything:
 * what is no text names nobody, and is refused by its shape.
 */
export function foreignIn(own: readonly string[], event: unknown): Foreign | undefined {
  const source = speaksAs(own, event);
  if (source === undefined) return { field: 'source', found: text(event, 'source') ?? '' };
  const subject = text(event, 'subject');
  if (subject !== undefined && !speaksFor(source, subject)) return { field: 'subject', found: subject };
  const unit = text((event as { data?: unknown } | null)?.data, 'unit');
  return unit === undefined || speaksFor(source, unit) ? undefined : { field: 'data.unit', found: unit };
}
