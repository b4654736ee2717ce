import { expect, test } from 'vitest';
import { allBut, select } from '#ingest/tables/select.ts';
import { TABLES } from '#ingest/tables/tables.ts';

test('a selection names the columns of a table, and reads rows by their descriptions', () => {
  const { columns, columnsWith, row } = select(TABLES.unit_versions, ['unit', 'group'], { day: 'closedOn' });
  expect(columns).toBe('`unit`, `group`, `closedOn` AS `day`');
  expect(columnsWith({ group: "''" })).toBe("`unit`, '' AS `group`, `closedOn` AS `day`");
  expect(row.parse({ unit: 'u-1', group: 'farm', day: null })).toEqual({
    unit: 'u-1',
    group: 'farm',
    day: null,
  });
  expect(row.safeParse({ unit: 'u-1', group: 7, day: null }).success).toBe(false);
});

test('a column that the table has not does not compile', () => {
  // @ts-expect-error: there is no such column
  expect(() => select(TABLES.unit_versions, ['title'])).toThrow();
  // @ts-expect-error: nor under another name
  expect(() => select(TABLES.unit_versions, ['unit'], { day: 'title' })).toThrow();
  // @ts-expect-error: what is not selected cannot be replaced
  select(TABLES.unit_versions, ['unit']).columnsWith({ head: "''" });
});

test('all columns but some follow the description, so that a new one is read without another word', () => {
  const units = { ...TABLES.unit_versions, place: TABLES.unit_versions.head };
  expect(allBut(units, 'fromPos', 'closedBy', 'recordedFrom', 'recordedTo')).toContain('place');
  expect(allBut(TABLES.quarantine)).toEqual(Object.keys(TABLES.quarantine));
});
