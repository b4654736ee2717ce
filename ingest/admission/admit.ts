import { hash } from 'node:crypto';
import { type Fault, parseEvent } from '#schemas/admission.ts';
import { canonicalJson } from '#schemas/canonical.ts';
import { instantOf } from '#schemas/dates.ts';
import type { WuxingEvent } from '#schemas/events.ts';
import { ENVELOPE_BYTES } from '#schemas/limits.ts';
import { isWellFormed, isWellFormedValue } from '#schemas/text.ts';
import { OPEN_END } from '../tables/tables.ts';

/** Who an event claims to be, and the digest of its content: type and data in canonical form. */
export type Claim = { key: string; content: string };

/** A checked event with its identity, and roughly what it takes: the letters of its content. */
export type Admitted = Claim & { event: WuxingEvent; letters: number };

export type Admission = { admitted: Admitted } | { faults: Fault[] };

const digest = (canonical: string): string => hash('sha256', canonical, 'base64');

// Unit ids hold no slash, and a source is `/organisation` or the unit's own: no two keys can be confused.
export const identityKey = (subject: string, source: string, id: string): string =>
  `${subject}${source}\n${id}`;

export const keyOf = ({ subject, source, id }: WuxingEvent): string => identityKey(subject, source, id);

/** What the store can not keep: half of a surrogate pair, and times outside of what it has columns for. */
function storeFaults(event: WuxingEvent, canonical: string): Fault[] {
  const faults: Fault[] = [];
  // JSON.stringify escapes lone surrogates, and nothing else, as \ud…; a text may hold those signs, too.
  if (canonical.includes('\\ud') && !isWellFormedValue(event.data))
    faults.push({ field: 'data', message: 'holds text that is no well-formed Unicode' });
  if (event.recordedtime !== undefined) {
    const recorded = instantOf(event.recordedtime);
    if (!(recorded >= 0 && recorded < OPEN_END))
      faults.push({ field: 'recordedtime', message: 'must lie between 1970 and 2286' });
  }
  return faults;
}

/** Attributes together are shorter than this. */
const ATTRIBUTE_LETTERS = 30_000;

/** Measured without what the server adds, its time and the account, so that what a door took is never too large in the stream. */
function sizeFaults(event: WuxingEvent, canonical: string): Fault[] {
  // A UTF-16 unit takes three bytes at most.
  if ((canonical.length + ATTRIBUTE_LETTERS) * 3 <= ENVELOPE_BYTES) return [];
  const { recordedtime: _time, actor: _actor, ...sent } = event;
  const bytes = Buffer.byteLength(JSON.stringify(sent));
  if (bytes <= ENVELOPE_BYTES) return [];
  return [
    { field: '', message: `has ${bytes} bytes as JSON, larger than the ${ENVELOPE_BYTES} of an event` },
  ];
}

/** Checks what can be checked on the event alone, and digests it. */
export function admit(input: unknown): Admission {
  const parsed = parseEvent(input);
  if (!parsed.ok) return { faults: parsed.faults };
  const { event } = parsed;
  const canonical = canonicalJson({ data: event.data, type: event.type });
  const faults = [...storeFaults(event, canonical), ...sizeFaults(event, canonical)];
  return faults.length > 0
    ? { faults }
    : { admitted: { event, key: keyOf(event), content: digest(canonical), letters: canonical.length } };
}

const SOURCE = /^(\/organisation|\/units\/[^/\s]{1,64})$/u;

/**
 * The identity of a record that is no event of ours but names itself as one does: it is the first all the same. Texts
 * that are no Unicode name nothing: on the disk, two of them could be the same.
 */
export function claimOf(input: object): Claim | undefined {
  const { subject, source, id, type, data } = input as Record<string, unknown>;
  if (typeof subject !== 'string' || typeof source !== 'string' || typeof id !== 'string') return undefined;
  if (!isWellFormed(subject + source + id)) return undefined;
  if (!/^[^/]{1,64}$/u.test(subject) || !SOURCE.test(source) || id.length < 1 || id.length > 200)
    return undefined;
  return { key: identityKey(subject, source, id), content: digest(canonicalJson({ data, type })) };
}
