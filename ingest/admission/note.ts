import { ADMISSION_VERSION } from '#schemas/admission.ts';
import { hasUnset } from '#schemas/cloudEvents.ts';
import type { WuxingEvent } from '#schemas/events.ts';
import type { StreamRecord } from '../stream/eventStream.ts';
import { type Admitted, admit, claimOf, keyOf } from './admit.ts';

/**
 * What the door notes beside an event that it has checked: by which rules, the digest of the content, and the subject.
 * A projection with the same rules then neither checks nor digests it again, which is most of what a rebuild would
 * cost. Plans are few and their rules many: they are always checked.
 */
const MARK = `${ADMISSION_VERSION} `;
const NO_NOTE = '';
const DIGEST_LENGTH = 44;
const SUBJECT_AT = MARK.length + DIGEST_LENGTH + 1;

export const noteOf = ({ event, content }: Admitted): string =>
  event.type === 'plan.adopted' ? NO_NOTE : `${MARK}${content} ${event.subject}`;

/** The note beside an envelope that nobody has checked yet; none where the rules refuse it. */
export function noteOn(envelope: unknown): string {
  const admission = admit(envelope);
  if (!('admitted' in admission)) return NO_NOTE;
  const { admitted } = admission;
  // What the rules change, such as spaces around a reason, is to be changed again when it is read.
  if (hasUnset(envelope as object)) return NO_NOTE;
  return claimOf(envelope as object)?.content === admitted.content ? noteOf(admitted) : NO_NOTE;
}

/** The event of a record whose note says that these same rules have admitted its envelope. */
export function admittedBefore({ note, text = '' }: StreamRecord, envelope: unknown): Admitted | undefined {
  if (!isOurs(note)) return undefined;
  const event = envelope as WuxingEvent;
  const content = note.slice(MARK.length, SUBJECT_AT - 1);
  return { event, key: keyOf(event), content, letters: text.length };
}

/** The subject, where the note tells: quicker than reading the envelope. */
export const subjectNoted = ({ note }: StreamRecord): string | undefined =>
  isOurs(note) ? note.slice(SUBJECT_AT) : undefined;

const isOurs = (note: string | undefined): note is string =>
  note !== undefined && note.length > SUBJECT_AT && note.startsWith(MARK);
