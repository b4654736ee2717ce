import { computed, shallowRef } from 'vue';
import { folded, matches } from '#schemas/presentation/text.ts';

/**
 * Names found by how they are said: `dsglq` and `disiguan` find 第四管理区. The readings are large and are loaded when
 * somebody first types Latin letters; until then, and for names in other scripts, a search looks at the letters alone.
 */
type Spell = (name: string) => readonly string[];

const spell = shallowRef<Spell | null>(null);
let loading: Promise<void> | null = null;

/** A name's syllables, read once each; signs that are no Han stand for themselves. */
function remembered(read: Spell): Spell {
  const known = new Map<string, readonly string[]>();
  return (name) => {
    const found = known.get(name) ?? read(name).map((syllable) => folded(syllable));
    known.set(name, found);
    return found;
  };
}

/** Makes names be found by their sound from now on. */
export function loadSpelling(): Promise<void> {
  loading ??= import('pinyin-pro').then(
    ({ pinyin }) => {
      spell.value = remembered((name) => pinyin(name, { toneType: 'none', type: 'array', v: true }));
    },
    () => {
      // Without a network names are found by their letters; the next search tries again.
      loading = null;
    },
  );
  return loading;
}

/** Whether letters are the beginnings of syllables in a row, each at least its first letter, from `at` on. */
function continues(syllables: readonly string[], at: number, letters: string): boolean {
  if (letters === '') return true;
  const syllable = syllables[at];
  if (syllable === undefined) return false;
  for (let length = Math.min(syllable.length, letters.length); length > 0; length--)
    if (letters.startsWith(syllable.slice(0, length)) && continues(syllables, at + 1, letters.slice(length)))
      return true;
  return false;
}

/** Whether letters are how part of a name is said, in full, by initials, or mixed. */
export const saidAs = (syllables: readonly string[], letters: string): boolean =>
  syllables.some((_, start) => continues(syllables, start, letters));

/** Latin letters, and digits beside them: a name may have a number. */
const SPELLED = /^[\d' ]*[a-z][a-z\d' ]*$/;
const HAN = /\p{Script=Han}/u;

/** How a name is looked for: by a part of its letters, or by how it is said. */
export const nameSearch = computed(() => {
  const read = spell.value;
  return (texts: readonly string[], search: string): boolean => {
    if (matches(texts, search)) return true;
    const letters = folded(search);
    if (!SPELLED.test(letters)) return false;
    if (!read) {
      void loadSpelling();
      return false;
    }
    const said = letters.replaceAll(/[' ]/g, '');
    return texts.some((text) => HAN.test(text) && saidAs(read(text), said));
  };
});
