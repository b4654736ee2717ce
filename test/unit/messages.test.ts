import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { en } from '../../dashboard/locales/en.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';

type Messages = { [key: string]: string | Messages };

const pathsOf = (messages: Messages, above = ''): string[] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [above + key] : pathsOf(value, `${above}${key}.`),
  );

const spoken = readdirSync('dashboard', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|vue)$/.test(name) && !/locales.*(en|zh-CN)\.ts$/.test(name))
  .map((name) => readFileSync(join('dashboard', name), 'utf8'))
  .join('\n');
/** Lists that a page reads as a whole. */
const LISTS = ['audit.actions.', 'audit.fields.', 'audit.groups.', 'audit.values.'];
/** Beginnings of paths that are put together: `moved.${kind}`. */
const begun = [...LISTS, ...[...spoken.matchAll(/`((?:\w+\.)+\w*)\$\{/g)].map(([, path = '']) => path)];

it('every message is said somewhere, and said in both languages', () => {
  const unsaid = pathsOf(zhCN).filter(
    (path) =>
      !spoken.includes(`'${path}'`) &&
      !spoken.includes(`\`${path}\``) &&
      !begun.some((beginning) => path.startsWith(beginning)),
  );
  expect(unsaid).toEqual([]);
  expect(pathsOf(en).sort()).toEqual(pathsOf(zhCN).sort());
});
