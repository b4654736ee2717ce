import { ADMISSION_VERSION } from '#schemas/admission.ts';
import type { WuxingEvent } from '#schemas/events.ts';
import type { StreamRecord } from '../stream/eventStream.ts';
import { type Admitted, admit, keyOf } from './admit.ts';

/**
 * What the door notes beside an event that it has checked: by which rules, and the digest of the content. A
 * projection with the same rules then neither checks nor digests it again, which is most of what a rebuild would
 * cost. Plans are few and their rules many: they are always checked.
 */
const MARK = `${ADMISSION_VERSION} `;
const NO_NOTE = '';
const DIGEST_LENGTH = 44;

export const noteOf = ({ event, content }: Admitted): string =>
  event.type === 'plan.adopted' ? NO_NOTE : MARK + content;

/** The note beside an envelope that nobody has checked yet; none where the rules refuse it. */
export function noteOn(envelope: unknown): string {
  const admission = admit(envelope);
  return 'admitted' in admission ? noteOf(admission.admitted) : NO_NOTE;
}

/** The event of a record whose note says that these same rules have admitted it. */
export function admittedBefore({ note, envelope }: StreamRecord): Admitted | undefined {
  if (note === undefined || note.length !== MARK.length + DIGEST_LENGTH || !note.startsWith(MARK))
    return undefined;
  const event = envelope as WuxingEvent;
  return { event, key: keyOf(event), content: note.slice(MARK.length) };
}
