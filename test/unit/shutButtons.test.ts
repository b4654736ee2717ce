import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The tags of buttons that a component writes, with all that is said in them. */
const buttonsOf = (source: string): string[] => source.match(/<button\b(?:"[^"]*"|[^">])*>/g) ?? [];

describe('given a button that can do nothing for the moment', () => {
  it('then it is shut by aria-disabled, which leaves it the focus, and nowhere by disabled', () => {
    const files = globSync('dashboard/**/*.vue');
    const buttons = files.flatMap((file) =>
      buttonsOf(readFileSync(file, 'utf8')).map((tag) => ({ file, tag })),
    );
    expect(buttons.length).toBeGreaterThan(100);
    expect(buttons.filter(({ tag }) => /[\s:]disabled\b/.test(tag.replaceAll('aria-disabled', '')))).toEqual(
      [],
    );
    expect(buttons.filter(({ tag }) => tag.includes(':aria-disabled=')).length).toBeGreaterThan(50);
  });
});
