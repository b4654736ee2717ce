import { entryOf } from '#schemas/entries.ts';
import type { AuditEntry } from '#schemas/results/access.ts';
import { en } from '../../locales/en.ts';
import type { Words } from '../../locales/words.ts';
import { zhCN } from '../../locales/zh-CN.ts';

const messages = ({ locale }: Words) => (locale === 'zh-CN' ? zhCN : en).audit;

/** What was done, in words; an action that has none yet by its own name. */
export const actionWord = (words: Words, action: string): string =>
  entryOf<string>(messages(words).actions, action.replace('.', '-')) ?? action;

/** The kinds that can be picked: what actions begin with. */
export const groupsOf = (words: Words): [id: string, label: string][] =>
  Object.entries(messages(words).groups);

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(' ');
  return JSON.stringify(value);
};

/** `login: wang · roles: leader`: what an entry says besides, as it was written down. */
export const detailText = ({ details }: AuditEntry): string =>
  Object.entries(details)
    .map(([name, value]) => `${name}: ${textOf(value)}`)
    .join(' · ');
