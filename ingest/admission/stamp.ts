import { ADMISSION_VERSION } from '#schemas/admission.ts';
import { hasUnset } from '#schemas/cloudEvents.ts';
import type { WuxingEvent } from '#schemas/events.ts';
import type { StreamRecord } from '../stream/eventStream.ts';
import { type Admitted, admit, claimOf, keyOf } from './admit.ts';

/**
 * What the door stamps beside an event that it has checked: by which rules, the digest of the content, and the subject.
 * A projection with the same rules then neither checks nor digests it again, which is most of what a rebuild would
 * cost. Plans are few and their rules many: they are always checked.
 */
const MARK = `${ADMISSION_VERSION} `;
const NO_STAMP = '';
const DIGEST_LENGTH = 44;
const SUBJECT_AT = MARK.length + DIGEST_LENGTH + 1;

export const stampOf = ({ event, content }: Admitted): string =>
  event.type === 'plan.adopted' ? NO_STAMP : `${MARK}${content} ${event.subject}`;

/** The stamp beside an envelope that nobody has checked yet; none where the rules refuse it. */
export function stampFor(envelope: unknown): string {
  const admission = admit(envelope);
  if (!('admitted' in admission)) return NO_STAMP;
  const { admitted } = admission;
  // What the rules change, such as spaces around a reason, is to be changed again when it is read.
  if (hasUnset(envelope as object)) return NO_STAMP;
  return claimOf(envelope as object)?.content === admitted.content ? stampOf(admitted) : NO_STAMP;
}

/** The event of a record whose stamp says that these same rules have admitted its envelope. */
export function admittedBefore({ stamp, text = '' }: StreamRecord, envelope: unknown): Admitted | undefined {
  if (!isOurs(stamp)) return undefined;
  const event = envelope as WuxingEvent;
  const content = stamp.slice(MARK.length, SUBJECT_AT - 1);
  return { event, key: keyOf(event), content, letters: text.length };
}

/** The subject, where the stamp tells: quicker than reading the envelope. */
export const subjectStamped = ({ stamp }: StreamRecord): string | undefined =>
  isOurs(stamp) ? stamp.slice(SUBJECT_AT) : undefined;

const isOurs = (stamp: string | undefined): stamp is string =>
  stamp !== undefined && stamp.length > SUBJECT_AT && stamp.startsWith(MARK);
