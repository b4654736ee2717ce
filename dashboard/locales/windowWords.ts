import type { WindowRow, WindowStatus } from '#schemas/results.ts';
import type { WordKey, Words } from './words.ts';

/** `2026-Q3` → `Q3`, `2026-H1` → 上半年 / H1, `2026-07` → 7 月 / Jul, `2026` → nothing to tell apart. */
export function windowName(words: Words, label: string): string {
  const part = label.slice(5);
  if (part === 'H1' || part === 'H2') return words.say(`windows.${part}`);
  if (part.startsWith('Q') || part === '') return part;
  return words.say('windows.month', { month: words.locale === 'zh-CN' ? Number(part) : monthName(label) });
}

const monthName = (label: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(
    Date.parse(`${label}-01T00:00:00Z`),
  );

export const STATUS_WORDS: Record<WindowStatus, WordKey> = {
  met: 'unit.windowMet',
  open: 'unit.windowOpen',
  missed: 'unit.windowMissed',
  future: 'unit.windowFuture',
};

export function windowSentence(words: Words, row: WindowRow): string {
  return words
    .say('unit.windowSays', {
      label: windowName(words, row.label),
      status: words.say(STATUS_WORDS[row.status]),
      progress: progressWord(words, row),
    })
    .trim();
}

/** How far it has got: `12 / 20`; a fraction of a whole reads as a share. */
export function progressWord(
  words: Words,
  { actual, required }: Pick<WindowRow, 'actual' | 'required'>,
): string {
  if (required === 1 && !Number.isInteger(actual)) return words.share(actual);
  return words.say('unit.progress', { actual: words.plain(actual), required: words.plain(required) });
}
