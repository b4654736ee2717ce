import { ORGANISATION } from '#schemas/events.ts';
import type { Words } from './words.ts';

type Told = { type: string; source: string };

/** A unit reports; what the department enters is put on record. */
export const isEntered = ({ type, source }: Told): boolean =>
  type === 'activity.recorded' && source === ORGANISATION;

/** What an event did, in a word. */
export const eventWord = (words: Words, event: Told): string =>
  isEntered(event) ? words.say('activities.byOrganisation') : words.event(event.type);
