import { enWords } from './vocabulary/en.ts';
import { zhWords } from './vocabulary/zh.ts';

const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Ids of open lists (group, kind, form) by the words that the product shows for them, in either language. */
const IDS: ReadonlyMap<string, string> = new Map(
  [zhWords, enWords].flatMap(({ terms }) =>
    Object.entries<string>(terms).map(([id, name]) => [folded(name), id] as const),
  ),
);

/** The id of an open list that a word stands for: 农业管理区 is `farm`. Undefined where it is no such word. */
export const termNamed = (word: string): string | undefined => IDS.get(folded(word));
