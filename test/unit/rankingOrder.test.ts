import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rankingRow } from '#test/fixtures/dashboard.ts';
import { sortRows } from '../../dashboard/pages/ranking/rows.ts';

const collator = new Intl.Collator('zh-CN', { numeric: true });

it('given names that were sorted before or never, then they stand as they are compared, and level ones as ranked', () => {
  const name = fc.constantFrom('第2管理区', '第10管理区', '第02管理区', '中心社区', '一', 'a', 'A', 'b');
  fc.assert(
    fc.property(
      fc.array(fc.oneof(name, fc.string()), { maxLength: 12 }),
      fc.boolean(),
      (names, descending) => {
        const rows = names.map((one, at) => rankingRow({ unit: `u-${at}`, name: one, rank: at + 1 }));
        const sign = descending ? -1 : 1;
        const expected = [...rows].sort((a, b) => sign * collator.compare(a.name, b.name));
        expect(sortRows(rows, { key: 'name', descending })).toEqual(expected);
      },
    ),
  );
});
