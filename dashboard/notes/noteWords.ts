import type { RouteLocationRaw } from 'vue-router';
import type { Reader } from '#schemas/notes.ts';
import type { Plan } from '#schemas/plan.ts';
import type { NoteRow } from '#schemas/results/notes.ts';
import { nameOrId } from '../composables/awaited.ts';
import type { useFilters } from '../composables/useFilters.ts';
import { accountName } from '../locales/accountName.ts';
import type { Words } from '../locales/words.ts';

type Where = Pick<NoteRow, 'unit' | 'about'>;

/** `unit` are the people of the unit that a remark is on; of the zone, those of every unit. */
export const readerWord = (words: Words, reader: Reader, unit: string | null | undefined): string =>
  words.say(reader === 'unit' && !unit ? 'notes.everyUnit' : `notes.reader.${reader}`);

export const readersOf = (words: Words, { seenBy, unit }: NoteRow): string =>
  words.say('notes.seenBy', {
    readers: words.list([
      words.say('role.organisation'),
      ...seenBy.map((reader) => readerWord(words, reader, unit)),
    ]),
  });

export function byOf(words: Words, { by, own }: NoteRow): string {
  if (own) return words.say('notes.own');
  return by === null ? words.say('notes.nobody') : accountName(words, by);
}

/** The number that a remark is on, named by the plan once it is there; empty where it is on the unit or the zone as a whole. */
export function aboutWord(
  words: Words,
  { data, error }: { data: { plan: Pick<Plan, 'criteria' | 'requirements'> } | undefined; error: unknown },
  { about }: Pick<Where, 'about'>,
): string {
  if (!about) return '';
  if (about.of === 'trend') return words.say('trend.title');
  if (about.of === 'gaps') return words.say('gaps.title');
  const named = (about.of === 'requirement' ? data?.plan.requirements : data?.plan.criteria)?.find(
    ({ id }) => id === about.id,
  );
  return nameOrId(named && words.name(named.name), { data, error }, about.id);
}

/** Where a remark stands. */
export function placeOf(
  link: ReturnType<typeof useFilters>['link'],
  { unit, about }: Where,
): RouteLocationRaw {
  const at = (to: RouteLocationRaw, hash: string): RouteLocationRaw => ({ ...(to as object), hash });
  if (unit !== null) {
    if (about?.of === 'requirement')
      return at(link('activities', { unit, list: 'requirements', item: about.id }), '#notes');
    return at(link('unit', { unit }), about?.of === 'trend' ? '#trend' : '#notes');
  }
  if (about?.of === 'requirement') return at(link('requirement', { requirement: about.id }), '#notes');
  if (about?.of === 'criterion') return at(link('criterion', { criterion: about.id }), '#notes');
  return at(link(about?.of === 'gaps' ? 'gaps' : 'overview'), '#notes');
}
