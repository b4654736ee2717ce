import { hash } from 'node:crypto';
import { type Fault, parseEvent } from '#schemas/admission.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import { instantOf } from '#schemas/dates.ts';
import type { WuxingEvent } from '#schemas/events.ts';
import { keys } from '../state/state.ts';
import { OPEN_END } from '../store/rows.ts';

/** Who an event claims to be, and the digest of its content: type and data in canonical form. */
export type Claim = { key: string; content: string };

/** A checked event with its identity. */
export type Admitted = Claim & { event: WuxingEvent };

/** `length` of the content in UTF-16 units. */
export type Admission = { admitted: Admitted; length: number } | { faults: Fault[] };

const digest = (canonical: string): string => hash('sha256', canonical, 'base64');

export const keyOf = ({ subject, source, id }: WuxingEvent): string => keys.identity(subject, source, id);

/** What the store can not keep: half of a surrogate pair, and times outside of what it has columns for. */
function storeFaults(event: WuxingEvent, canonical: string): Fault[] {
  const faults: Fault[] = [];
  // JSON.stringify escapes lone surrogates, and nothing else, as \ud…; a text may hold those signs, too.
  if (HALF.test(event.id) || (canonical.includes('\\ud') && !isWellFormed(event.data)))
    faults.push({ field: '', message: 'holds text that is no well-formed Unicode' });
  if (event.recordedtime !== undefined) {
    const recorded = instantOf(event.recordedtime);
    if (!(recorded >= 0 && recorded < OPEN_END))
      faults.push({ field: 'recordedtime', message: 'must lie between 1970 and 2286' });
  }
  return faults;
}

/** Half of a surrogate pair. */
const HALF = /\p{Cs}/u;

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return !HALF.test(value);
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, inner]) => !HALF.test(key) && isWellFormed(inner));
}

/** Checks what can be checked on the event alone, and digests it. */
export function admit(input: unknown): Admission {
  const parsed = parseEvent(input);
  if (!parsed.ok) return { faults: parsed.faults };
  const { event } = parsed;
  const canonical = canonicalJson({ data: event.data, type: event.type });
  const faults = storeFaults(event, canonical);
  return faults.length > 0
    ? { faults }
    : { admitted: { event, key: keyOf(event), content: digest(canonical) }, length: canonical.length };
}

const SOURCE = /^(\/organisation|\/units\/[^/\s]{1,64})$/u;

/** The identity of a record that is no event of ours but names itself as one does: it is the first all the same. */
export function claimOf(input: object): Claim | undefined {
  const { subject, source, id, type, data } = input as Record<string, unknown>;
  if (typeof subject !== 'string' || typeof source !== 'string' || typeof id !== 'string') return undefined;
  if (!/^[^/]{1,64}$/u.test(subject) || !SOURCE.test(source) || id.length < 1 || id.length > 200)
    return undefined;
  return { key: keys.identity(subject, source, id), content: digest(canonicalJson({ data, type })) };
}
