import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** One reading of what a page shows, held against a value at once: it fails where the page is a moment later. */
const READ_ONCE =
  /expect\(await (?:[^\n;]*\.(?:count|textContent|innerText|inputValue|getAttribute|isDisabled|isEnabled|isChecked|allTextContents)\([^()\n]*\)|[^\n;]*document\.activeElement[^\n;]*)\)\.(?:not\.)?to/;

/** The same over two lines, with no step of the test before it that waits: the address was opened on the line above. */
const READ_AFTER_OPENING =
  /await (?:go\(|\S*\.goto\()[^\n]*\n(?: *const \w+ = (?!await)[^\n]*\n)* *const \w+ = await [^\n;]*\.(?:count|textContent|innerText|inputValue|getAttribute|allTextContents|allInnerTexts|evaluateAll)\(/;

describe('given a test in the browser', () => {
  const files = globSync('test/e2e/**/*.ts');

  it('when it reads what a page shows, then it waits until the page shows it', () => {
    expect(files.length).toBeGreaterThan(20);
    const once = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => READ_ONCE.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(once).toEqual([]);
    const opened = files.filter((file) => READ_AFTER_OPENING.test(readFileSync(file, 'utf8')));
    expect(opened).toEqual([]);
  });

  it('when it waits, then for an element or by polling: a predicate is evaluated in the page, which its policy forbids', () => {
    expect(files.filter((file) => readFileSync(file, 'utf8').includes('.waitForFunction('))).toEqual([]);
  });

  it('and a reading without waiting is found', () => {
    expect('expect(await page.locator("tr").count()).toBe(2);').toMatch(READ_ONCE);
    expect('await expect.poll(() => page.locator("tr").count()).toBe(2);').not.toMatch(READ_ONCE);
    const lines = (...more: string[]): string => ["await go(guest, '/overview');", ...more].join('\n  ');
    expect(lines("const links = page.locator('a');", 'const all = await links.count();')).toMatch(
      READ_AFTER_OPENING,
    );
    expect(
      lines('await expect.poll(() => links.count()).toBe(9);', 'const all = await links.count();'),
    ).not.toMatch(READ_AFTER_OPENING);
  });
});
