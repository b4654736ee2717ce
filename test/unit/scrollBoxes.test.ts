import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * Words for those who hear a page are placed absolutely, at the spot where they stand. A box that scrolls sideways holds
 * them only if it is positioned itself: else a cell beyond the edge of a phone makes the whole page as wide as the table.
 */
const RULE = /([^{}]+)\{([^{}]*)\}/g;
const SCROLLS = /overflow(?:-x)?:\s*(?:auto|scroll)/;
const PLACED = /position:\s*(?:relative|sticky|absolute|fixed)/;

test('a box that scrolls sideways holds what is placed in it', () => {
  const boxes = globSync('dashboard/**/*.{vue,css}').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(RULE)].flatMap(([, selector = '', body = '']) =>
      SCROLLS.test(body) ? { box: `${file} ${selector.trim()}`, held: PLACED.test(body) } : [],
    ),
  );
  expect(boxes.length).toBeGreaterThan(5);
  expect(boxes.filter(({ held }) => !held).map(({ box }) => box)).toEqual([]);
});
