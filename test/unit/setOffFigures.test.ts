import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dayText, fullDayText } from '#schemas/presentation/days.ts';

/**
 * In Chinese a figure is set off from the words around it (第 1 名, 扣 10 分), on screen, in documents, charts, news and mail:
 * words are shared among them, and one document would have both ways. Names of files have no spaces.
 */

const ROOMS = ['schemas', 'api', 'ingest', 'dashboard', 'wuxing'];
/** What comes out as a figure wherever it stands in a template. */
const FIGURE = String.raw`\$\{(?:countText|pointsText|plainText|shareText|bandText|signedText|Number)\([^{}]*\)\}`;
const GLUED = new RegExp(
  String.raw`\p{Script=Han}(?:\d|${FIGURE}|\{n\})|(?:\d|${FIGURE}|\{n\})\p{Script=Han}`,
  'u',
);
/** Texts in quotes and templates of a line; what is only a comment is none. */
const textsIn = (line: string): string[] =>
  /^\s*(?:\*|\/\/|\/\*|<!--)/.test(line) ? [] : (line.match(/'[^']*'|`[^`]*`?|>[^<>]*</g) ?? []);

/** The plans of the years say it as the programme's own text does. */
const QUOTED = /^schemas\/plans\/|^dashboard\/locales\/.*\.en\.ts$/;

test('no text of the product glues a figure to a Chinese word', () => {
  const found: string[] = [];
  for (const room of ROOMS)
    for (const name of readdirSync(room, { recursive: true, encoding: 'utf8' })) {
      const file = join(room, name);
      if (!/\.(ts|vue)$/.test(name) || QUOTED.test(file)) continue;
      let inFiles = false;
      for (const line of readFileSync(file, 'utf8').split('\n')) {
        if (/^ {2}file: \{/.test(line)) inFiles = true;
        else if (/^ {2}\}/.test(line)) inFiles = false;
        if (!inFiles && textsIn(line).some((text) => GLUED.test(text.replaceAll(/\\u[\da-f]{4}/g, '\u3000'))))
          found.push(`${file}: ${line.trim()}`);
      }
    }
  expect(found).toEqual([]);
});

test('days are written with their figures set off, in documents, too', () => {
  expect([fullDayText('zh-CN', '2026-06-25'), dayText('zh-CN', '2026-06-25')]).toEqual([
    '2026 年 6 月 25 日',
    '6 月 25 日',
  ]);
});
