import { ADMISSION_VERSION } from '#schemas/admission.ts';
import type { WuxingEvent } from '#schemas/events.ts';
import type { StreamRecord } from '../stream/eventStream.ts';
import { type Admitted, keyOf } from './admit.ts';

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

/** The event of a record whose note says that these same rules have admitted it. */
export function admittedBefore({ note, envelope }: StreamRecord): Admitted | undefined {
  if (note === undefined || note.length !== MARK.length + DIGEST_LENGTH || !note.startsWith(MARK))
    return undefined;
  const event = envelope as WuxingEvent;
  return { event, key: keyOf(event), content: note.slice(MARK.length) };
}
