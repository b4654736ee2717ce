import type { z } from 'zod';
import { nameFault, withoutUnset } from './cloudEvents.ts';
import {
  type EventType,
  envelope,
  ORGANISATION,
  ORGANISATION_MAY_NOT_SEND,
  subjectOf,
  UNIT_MAY_SEND,
  unitSource,
  type WuxingEvent,
} from './events.ts';
import { FAULTS_TOLD } from './limits.ts';
import { speaksFor } from './senders.ts';
import { shapeSentence } from './shapeWords.ts';
import { shortened } from './text.ts';

/**
 * Names the rules by which an event is admitted. To be raised whenever the same event may be judged otherwise, or
 * comes out otherwise: by a change here, in `events.ts`, `plan.ts` or what those import, or of the canonical form.
 */
export const ADMISSION_VERSION = 7;

/** One thing wrong with an event: the field at fault (`data.due`; empty for the whole) and a sentence. */
export type Fault = { field: string; message: string };

export type Parsed = { ok: true; event: WuxingEvent } | { ok: false; faults: Fault[] };

const NAMES_TOLD = 10;

/** What a sender wrote may be of any size; a sentence about it is not. */
const fieldOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => shortened(String(step))).join('.');

function namesIn(names: readonly string[]): string {
  const told = names.slice(0, NAMES_TOLD).map((name) => shortened(name));
  return names.length > NAMES_TOLD
    ? `${told.join(', ')} and ${names.length - NAMES_TOLD} more`
    : told.join(', ');
}

const faultOf = (issue: z.core.$ZodIssue): Fault => {
  const field = fieldOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    return { field, message: `has fields that this type of event does not have: ${namesIn(issue.keys)}` };
  return { field, message: issue.message };
};

/** The faults that a failed Zod check found, each at its field; of very many the first, and how many more there are. */
export function faultsOf({ issues }: z.ZodError): Fault[] {
  const faults = issues.slice(0, FAULTS_TOLD).map(faultOf);
  const more = issues.length - faults.length;
  return more > 0 ? [...faults, { field: '', message: `and ${more} more` }] : faults;
}

export const describeFaults = (faults: readonly Fault[]): string =>
  faults.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; ');

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks what can be checked on the event alone: shape, subject, sender, and that an activity lies in its year.
 * The same function serves the doors and the projection, so that both refuse the same events.
 */
export function parseEvent(input: unknown): Parsed {
  if (!isObject(input)) return { ok: false, faults: [{ field: '', message: 'must be a JSON object' }] };
  const set = withoutUnset(input);
  const odd = nameFault(set);
  if (odd) return { ok: false, faults: [odd] };
  const shape = envelope.safeParse(set, { error: shapeSentence });
  if (!shape.success) return { ok: false, faults: faultsOf(shape.error) };
  const event = shape.data as WuxingEvent;
  const faults = [...subjectFaults(event), ...senderFaults(event), ...yearFaults(event)];
  return faults.length ? { ok: false, faults } : { ok: true, event };
}

function subjectFaults(event: WuxingEvent): Fault[] {
  const subject = subjectOf(event);
  return event.subject === subject ? [] : [{ field: 'subject', message: `must be "${subject}"` }];
}

/** Whether a sender may send a type at all; whose activity it may change is settled against the state. */
export function maySend(source: string, type: EventType): boolean {
  return source === ORGANISATION ? !ORGANISATION_MAY_NOT_SEND.has(type) : UNIT_MAY_SEND.has(type);
}

function senderFaults(event: WuxingEvent): Fault[] {
  if (!maySend(event.source, event.type))
    return [{ field: 'source', message: `${event.source} may not send ${event.type}` }];
  if (!speaksFor(event.source, subjectOf(event)))
    return [{ field: 'source', message: `must be ${unitSource(subjectOf(event))}` }];
  return [];
}

function yearFaults(event: WuxingEvent): Fault[] {
  if (event.type !== 'activity.recorded') return [];
  return event.data.occurredOn.startsWith(`${event.data.year}-`)
    ? []
    : [{ field: 'data.occurredOn', message: `must lie inside ${event.data.year}` }];
}
