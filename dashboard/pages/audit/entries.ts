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

/** How units, types and kinds of activities are called, where that is known. */
export type Called = { unit(id: string): string; criterion(id: string): string; kind(id: string): string };

function textOf(words: Words, name: string, value: unknown, called: Called): string {
  if (Array.isArray(value)) return words.list(value.map((one) => textOf(words, name, one, called)));
  if (value !== null && typeof value === 'object') return fieldsOf(words, value, called);
  const text = String(value);
  if (name === 'unit') return called.unit(text);
  if (name === 'criteria') return called.criterion(text);
  if (name === 'kind' || name === 'kinds') return kindOf(words, text, called);
  if (name === 'roles') return entryOf<string>(messagesOf(words.locale).role, text) ?? text;
  return entryOf<string>(messages(words).values, text) ?? words.term(text);
}

/** Of a link, of a table that was imported, or of activities. */
function kindOf(words: Words, kind: string, called: Called): string {
  const { audit, imports } = messagesOf(words.locale);
  return entryOf<string>(audit.values, kind) ?? entryOf<string>(imports.kinds, kind) ?? called.kind(kind);
}

/** What was left empty is not told. */
const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);

const fieldsOf = (words: Words, fields: object, called: Called): string =>
  Object.entries(fields)
    .filter(([, value]) => !isEmpty(value))
    .map(([name, value]) => {
      const label = entryOf<string>(messages(words).fields, name) ?? name;
      return words.labelled(label, textOf(words, name, value, called));
    })
    .join(' · ');

/** `登录名：wang · 身份：领导小组`: what an entry says besides, as it was written down. */
export const detailText = (words: Words, { details }: Pick<AuditEntry, 'details'>, called: Called): string =>
  fieldsOf(words, details, called);

/** Units that an entry names. */
export function unitsOf({ details }: Pick<AuditEntry, 'details'>): string[] {
  const within = (fields: object): string[] =>
    Object.entries(fields).flatMap(([name, value]) => {
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) return within(value);
      return name === 'unit' ? [value].flat().filter((one) => unitId.safeParse(one).success) : [];
    });
  return within(details);
}
