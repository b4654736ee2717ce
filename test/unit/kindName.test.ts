import { expect, test } from 'vitest';
import { plan2026 } from '#schemas/plans/plan2026.ts';
import { kindName } from '../../dashboard/locales/kindName.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';

const { requirements, conditions, deductions, vetoes } = plan2026;
const kinds = [
  ...new Set([...requirements, ...conditions, ...deductions, ...vetoes].map(({ kind }) => kind)),
];

test.each(kinds)('people read a name, not the id, of the kind %s, incidents too', (kind) => {
  for (const locale of ['zh-CN', 'en'] as const)
    expect(kindName(wordsOf(locale), plan2026, kind)).not.toBe(kind);
  expect(kindName(wordsOf('zh-CN'), plan2026, kind)).toMatch(/\p{Script=Han}/u);
});

test('a kind that the plan does not name stands as it is', () => {
  expect(kindName(wordsOf('en'), plan2026, 'unheard-of')).toBe('unheard-of');
});
