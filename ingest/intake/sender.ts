import type { Fault } from '#schemas/admission.ts';
import { withoutUnset } from '#schemas/cloudEvents.ts';
import { type EventType, ORGANISATION, SERVER_ONLY, unitSource, ZONE } from '#schemas/events.ts';
import { foreignIn } from '#schemas/senders.ts';
import { type Admission, admit } from '../admission/admit.ts';

/**
 * Whose token brought an event; `server` is the house itself, on the department's order. `actor`: the account of the
 * person who is signed in, which the event then names.
 */
export type Sender = ({ role: 'unit'; unit: string } | { role: 'organisation' } | { role: 'server' }) & {
  actor?: string;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The subject, where a sender left it out. */
const subjectFor = (data: unknown): string =>
  isObject(data) && typeof data.unit === 'string' ? data.unit : ZONE;

/** The source of a sender's events. */
export const sourceOf = (sender: Sender): string =>
  sender.role === 'unit' ? unitSource(sender.unit) : ORGANISATION;

/** A sender speaks for itself alone, and never for the server. */
function senderFaults(sent: Record<string, unknown>, sender: Sender): Fault[] {
  const own = sourceOf(sender);
  const foreign = foreignIn([own], sent);
  const faults: Fault[] = [];
  if (foreign?.field === 'source')
    faults.push({ field: 'source', message: `must be ${own}, whose token this is` });
  else if (foreign && sender.role === 'unit')
    faults.push({ field: foreign.field, message: `must be "${sender.unit}"` });
  if (sender.role !== 'server' && SERVER_ONLY.has(sent.type as EventType))
    faults.push({ field: 'type', message: `${sent.type} is written by the server alone` });
  return faults;
}

/** What is an event of this sender, dated and placed by nobody yet. */
export function admitFrom(sender: Sender, input: unknown): Admission {
  if (!isObject(input)) return { faults: [{ field: '', message: 'must be a JSON object' }] };
  const { recordedtime: _time, position: _position, ...sent } = withoutUnset(input);
  const faults = senderFaults(sent, sender);
  if (faults.length > 0) return { faults };
  const signed = sender.actor === undefined ? sent : { ...sent, actor: sender.actor };
  return admit(signed.subject === undefined ? { ...signed, subject: subjectFor(sent.data) } : signed);
}
