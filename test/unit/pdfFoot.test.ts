import { expect, test } from 'vitest';
import { footOf } from '#api/exports/pdf/document.ts';

const WIDTH = 400;

test('a page says at its foot by which filters it was made, with none cut off where two lines hold them', () => {
  const title = 'Circular on the Evaluation of the Five-type Leadership Teams, 2026';
  const subtitle = '2026 · to date · up to 20 Oct · all groups · compared with 30 Sep';
  expect(footOf({ title, subtitle }, WIDTH)).toEqual([title, subtitle]);
  expect(footOf({ title: 'Gaps', subtitle }, WIDTH)).toEqual([`Gaps · ${subtitle}`]);
});

test('a name that no line holds is cut in its own', () => {
  const [title = '', subtitle] = footOf({ title: 'Circular '.repeat(30), subtitle: '2026' }, WIDTH);
  expect(title.endsWith('…')).toBe(true);
  expect(subtitle).toBe('2026');
});
