import type { Fault } from '#schemas/admission.ts';
import { type EventType, ORGANISATION, SERVER_ONLY, unitSource, ZONE } from '#schemas/events.ts';
import { type Admission, type Admitted, admit } from '../project/admit.ts';

/** Whose token brought an event; `server` is the house itself, on the department's order. */
export type Sender = { role: 'unit'; unit: string } | { role: 'organisation' } | { role: 'server' };

// Kafka takes a little less than a mebibyte a message; whatever enters must be able to move there.
const LARGEST = 700_000;
const ATTRIBUTES = 40;
const LONGEST_NAME = 64;

function sizeFaults({ event }: Admitted, length: number): Fault[] {
  const names = Object.keys(event);
  if (names.length > ATTRIBUTES || names.some((name) => name.length > LONGEST_NAME))
    return [
      {
        field: '',
        message: `must have at most ${ATTRIBUTES} attributes with names of at most ${LONGEST_NAME} letters`,
      },
    ];
  // A UTF-16 unit takes three bytes at most.
  if (length * 3 <= LARGEST || Buffer.byteLength(JSON.stringify(event.data)) <= LARGEST) return [];
  return [{ field: 'data', message: `is larger than the ${LARGEST} bytes that an event may have` }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The subject, where a sender left it out. */
const subjectFor = (data: unknown): string =>
  isObject(data) && typeof data.unit === 'string' ? data.unit : ZONE;

/** A sender speaks for itself alone, and never for the server. */
function senderFaults({ source, type }: Record<string, unknown>, sender: Sender): Fault[] {
  const own = sender.role === 'unit' ? unitSource(sender.unit) : ORGANISATION;
  const faults: Fault[] = [];
  if (typeof source === 'string' && source !== own)
    faults.push({ field: 'source', message: `must be ${own}, whose token this is` });
  if (sender.role !== 'server' && SERVER_ONLY.has(type as EventType))
    faults.push({ field: 'type', message: `${type} is written by the server alone` });
  return faults;
}

/** What is an event of this sender, dated and placed by nobody yet. */
export function admitFrom(sender: Sender, input: unknown): Admission {
  if (!isObject(input)) return { faults: [{ field: '', message: 'must be a JSON object' }] };
  const { recordedtime: _time, position: _position, ...sent } = input;
  const faults = senderFaults(sent, sender);
  if (faults.length > 0) return { faults };
  const admission = admit(sent.subject === undefined ? { ...sent, subject: subjectFor(sent.data) } : sent);
  if ('faults' in admission) return admission;
  const oversize = sizeFaults(admission.admitted, admission.length);
  return oversize.length > 0 ? { faults: oversize } : admission;
}
