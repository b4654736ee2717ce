import { entryOf } from '#schemas/entries.ts';
import { unitId } from '#schemas/ids.ts';
import type { AuditEntry } from '#schemas/results/access.ts';
import { messagesOf, type Words } from '../../locales/words.ts';

const messages = ({ locale }: Words) => messagesOf(locale).audit;

/** What was done, in words; an action that has none yet by its own name. */
export const actionWord = (words: Words, action: string): string =>
  entryOf<string>(messages(words).actions, action.replace('.', '-')) ?? action;

/** The kinds that can be picked: what actions begin with. */
export const groupsOf = (words: Words): [id: string, label: string][] =>
  Object.entries(messages(words).groups);

/** How a unit is called, where that is known. */
type UnitName = (id: string) => string;

function textOf(words: Words, name: string, value: unknown, unitName: UnitName): string {
  if (Array.isArray(value)) return words.list(value.map((one) => textOf(words, name, one, unitName)));
  if (value !== null && typeof value === 'object') return fieldsOf(words, value, unitName);
  const text = String(value);
  if (name === 'unit') return unitName(text);
  if (name === 'roles') return entryOf<string>(messagesOf(words.locale).role, text) ?? text;
  return entryOf<string>(messages(words).values, text) ?? words.term(text);
}

const fieldsOf = (words: Words, fields: object, unitName: UnitName): string =>
  Object.entries(fields)
    .map(([name, value]) => {
      const label = entryOf<string>(messages(words).fields, name) ?? name;
      return words.labelled(label, textOf(words, name, value, unitName));
    })
    .join(' · ');

/** `登录名：wang · 身份：领导小组`: what an entry says besides, as it was written down. */
export const detailText = (words: Words, { details }: AuditEntry, unitName: UnitName): string =>
  fieldsOf(words, details, unitName);

/** Units that an entry names. */
export function unitsOf({ details }: Pick<AuditEntry, 'details'>): string[] {
  const within = (fields: object): string[] =>
    Object.entries(fields).flatMap(([name, value]) => {
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) return within(value);
      return name === 'unit' ? [value].flat().filter((one) => unitId.safeParse(one).success) : [];
    });
  return within(details);
}
