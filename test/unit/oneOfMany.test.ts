import { expect, test } from 'vitest';
import { enNews } from '#schemas/presentation/news/en.ts';
import { enWords } from '#schemas/presentation/vocabulary/en.ts';
import { en as documents } from '../../api/exports/report/words/en.ts';
import { en } from '../../dashboard/locales/en.ts';
import { type WordKey, wordsOf } from '../../dashboard/locales/words.ts';

/** One is written in the singular, wherever a number stands before a noun. */

/** A number and the plural behind it; a verb or a possessive is none, nor is a word that only ends in s. */
const PLURAL_OF_ONE =
  /(?<![\d.,–:/]|level )\b1 (?:[a-z]+ )?(?!(?:is|was|has|less|this|its|plus|towards|perhaps)\b)[a-z]{2,}s\b/;

type Leaf = [path: string, text: string];
const leaves = (tree: object, path = ''): Leaf[] =>
  Object.entries(tree).flatMap(([key, value]): Leaf[] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value as object, `${path}${key}.`),
  );

/** Verbs of a subject that is itself a number. */
const VERB =
  /\b1 (?:[a-z]+ )?(?:stands|waits|leads|lacks|holds|joins|leaves|learns|changes|misses|differs|falls|counts|does|owes|lies|costs|shares|meets|takes|asks|cites|becomes|scores|acts|loses|measures|gets|keeps|adds|ends)\b/;
/** What the number is part of, or has decimals always. */
const NAMED =
  /\{(?:year|rank|from|total|score|lost|self|lead|share|name|unit|first|last|learner|before|current|scope|asked|mean)\}/g;

test('no message of the dashboard has a plural behind a one', () => {
  const words = wordsOf('en');
  const faults = leaves(en).flatMap(([path, message]) => {
    const names = [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    // What is cut off at a number is more than one, and of one alone nobody says all of them (`dashboard/pages/gaps/answer.ts`).
    if (names.length === 0 || message.startsWith('More than') || path === 'gaps.answerAll') return [];
    const wordy = new Set([...message.matchAll(NAMED)].map(([found]) => found.slice(1, -1)));
    // Scores and what they differ by have two decimals: `1.00 points`.
    const scored = (name: string): boolean => message.includes(`{${name}} points`);
    const named = Object.fromEntries(
      names.map((name) => [name, wordy.has(name) ? 'Ost' : scored(name) ? '1.00' : 1]),
    );
    const said = words.say(path as WordKey, named, 1);
    // A verb behind a one, whatever the number is that the forms are of.
    const many = words.say(path as WordKey, named, 2);
    if (/\b1 of them are\b/.test(many)) return [`${path}: ${many}`];
    return PLURAL_OF_ONE.test(said.replace(new RegExp(VERB, 'g'), '')) ? [`${path}: ${said}`] : [];
  });
  expect(faults).toEqual([]);
});

test('no message shows how its two forms are written, whatever stands in the place of the number', () => {
  const words = wordsOf('en');
  for (const [path, message] of leaves(en).filter(([, text]) => text.includes('⟨'))) {
    for (const value of [0, 1, 2, 11_090, '1', '1.00', '–']) {
      const names = [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name ?? '', value]);
      expect(words.say(path as WordKey, Object.fromEntries(names), 1), path).not.toMatch(/[⟨⟩]/);
    }
  }
  expect(words.say('ranking.countOf', { n: 1, of: 1 })).toBe('1 of 1 unit');
  expect(words.say('ranking.countOf', { n: 1, of: 47 })).toBe('1 of 47 units');
});

/** Every phrase that is made by a function, with a one for whatever it takes. */
function phrases(tree: object, path: string): Leaf[] {
  return Object.entries(tree).flatMap(([key, value]): Leaf[] => {
    if (value !== null && typeof value === 'object') return phrases(value, `${path}${key}.`);
    if (typeof value !== 'function') return [];
    try {
      const said: unknown = value(...Array.from({ length: 12 }, () => 1));
      return typeof said === 'string' ? [[path + key, said]] : [];
    } catch {
      // It takes a name, and a name is no number.
      return [];
    }
  });
}

test('no document and no news has a plural of units, requirements or the like behind a one', () => {
  const said = [...phrases(documents, ''), ...phrases(enWords, ''), ...phrases(enNews, 'news.')];
  expect(said.length).toBeGreaterThan(80);
  expect(said.filter(([, text]) => /\b1 (?:of them )?are\b/.test(text))).toEqual([]);
  const noun = /\b1 (?:[a-z]+ )?(?:units|requirements|incidents|places|types|pairs|records|reports|days)\b/;
  // Lists are cut where there are many: what is cut off is never of one.
  const cut = new Set(['say.cut', 'say.firstOf']);
  expect(said.filter(([path, text]) => !cut.has(path) && noun.test(text))).toEqual([]);
});
