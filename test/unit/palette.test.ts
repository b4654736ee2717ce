import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { COLORS, TYPE_TOKENS, typeColors, typeTokens } from '#schemas/presentation/palette.ts';

it('the stylesheet of the dashboard has the colours of documents', () => {
  const css = readFileSync('dashboard/styles/tokens.css', 'utf8');
  const light = css.slice(0, css.indexOf('@media'));
  for (const [name, color] of Object.entries(COLORS))
    expect(light).toContain(`--${name}: ${color.toLowerCase()};`);
});

it('a criterion has one colour on screen and on paper, also those that a plan adds', () => {
  const criteria = ['unity', 'safety', 'constructor', 'learning', 'four', 'five'];
  expect([...typeTokens(criteria).values()]).toEqual([
    'unity',
    'type-6',
    'type-7',
    'learning',
    'type-8',
    'type-6',
  ]);
  const colors = typeColors(criteria);
  for (const [id, token] of typeTokens(criteria)) expect(colors.get(id)).toBe(COLORS[token]);
  expect(new Set(TYPE_TOKENS.map((token) => COLORS[token])).size).toBe(TYPE_TOKENS.length);
});
