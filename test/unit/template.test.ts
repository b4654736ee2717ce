import { expect, test } from 'vitest';
import { filled, templateAt, templateOf } from '../../dashboard/locales/template.ts';
import { i18n, messagesOf } from '../../dashboard/locales/words.ts';

/** What is said by a template is what the library says; what is not, asks the library. */

/** The paths of all messages that are texts. */
const pathsOf = (messages: object, before = ''): string[] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? pathsOf(value, `${before}${key}.`) : [`${before}${key}`],
  );

/** What a message may be given: signs that mean something in messages, too. */
const GIVEN = ['甲', '', '{n}', 'a|b', "it's @:x", '12'];

test.each(['zh-CN', 'en'] as const)('every message of %s is said as the library says it', (locale) => {
  const messages = messagesOf(locale);
  const paths = pathsOf(messages);
  let quick = 0;
  for (const path of paths) {
    const template = templateAt(messages, path);
    if (!template) continue;
    quick += 1;
    for (const [turn] of GIVEN.entries()) {
      const named = Object.fromEntries(
        template.parts.map(([name], at) => [name, GIVEN[(at + turn) % GIVEN.length] ?? '']),
      );
      expect(filled(template, named), path).toBe(i18n.global.t(path, named, { locale }));
      const counted = { ...named, n: '3' };
      expect(filled(template, counted), path).toBe(i18n.global.t(path, counted, { locale, plural: 3 }));
    }
  }
  expect(quick / paths.length).toBeGreaterThan(0.6);
});

test.each([
  ['one form or the other', '{n} unit | {n} units'],
  ['another message', '@:app.name'],
  ['a literal', "{'@'} {name}"],
  ['a place in a list', '{0} of {1}'],
  ['a brace that is left open', 'a { b'],
  ['an escape', 'a \\| b'],
])('%s is left to the library', (_, message) => {
  expect(templateOf(message)).toBeNull();
});

test.each([[undefined], [{}], [() => '']])('what is no text has no template: %s', (message) => {
  expect(templateOf(message)).toBeNull();
});

test('a path that is not there is left to the library, also one that every object has', () => {
  const messages = messagesOf('en');
  for (const path of ['app.never', 'never.name', 'app.constructor', 'app.name.length', ''])
    expect(templateAt(messages, path)).toBeNull();
});

test('what a message is not given is nothing, as the library has it', () => {
  const template = templateOf('a {name} b');
  expect(template && filled(template, {})).toBe('a  b');
});
