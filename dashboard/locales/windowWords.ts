import type { WindowRow } from '#schemas/results/results.ts';
import type { Words } from './words.ts';

export function windowSentence(words: Words, row: WindowRow): string {
  return words
    .say('unit.windowSays', {
      label: words.window(row.label),
      status: words.vocabulary.status[row.status],
      progress: progressWord(words, row),
    })
    .trim();
}

/** How far it has got: `12 / 20`; a fraction of a whole reads as a share; `0 / 0` says nothing. */
export function progressWord(
  words: Words,
  { actual, required }: Pick<WindowRow, 'actual' | 'required'>,
): string {
  if (required === 0) return words.say('unit.noMatters');
  if (required === 1 && !Number.isInteger(actual)) return words.share(actual);
  return words.say('unit.progress', { actual: words.plain(actual), required: words.plain(required) });
}
