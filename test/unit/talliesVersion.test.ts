import { expect, test } from 'vitest';
import { DAYS_VERSION } from '#api/ranking-cache/dayFiles.ts';
import { TALLIES_VERSION } from '#api/ranking-cache/tallyFiles.ts';
import { fingerprintOf } from '#test/support/fingerprint.ts';

/** How events of a year become a unit's tallies. */
const RULES = [
  'api/queries/accumulators.ts',
  'api/queries/firstInspections.ts',
  'api/queries/rankedUnits.ts',
  'api/queries/snapshot.ts',
  'api/queries/tallies.ts',
  'api/queries/tallySql.ts',
  'api/queries/targetTallies.ts',
  'api/queries/unitTallies.ts',
  'api/ranking-cache/tallyFiles.ts',
  'schemas/tallies.ts',
];

/** The last that each version has looked like. */
const KNOWN: Record<number, string> = { 1: '2c5050c35796a3da' };

/** What whoever changed the files has to decide. */
const asked = (version: string, place: string): string =>
  `If the same events may now be tallied or scored otherwise, or are kept in another form, raise ${version} (${place}): files that are left on disks are ignored then. If they may not (a type of measure that is only added, a name, an order of lines), leave it. Then write the fingerprint beside the version`;

test('the version of the tallies follows the files that make them', () => {
  const what = asked('TALLIES_VERSION', 'api/ranking-cache/tallyFiles.ts');
  expect(fingerprintOf(RULES), what).toBe(KNOWN[TALLIES_VERSION]);
});

/** How tallies become what is kept of a day. */
const SCORES = [
  'api/queries/monthlyTallies.ts',
  'api/ranking-cache/dayFiles.ts',
  'schemas/course.ts',
  'schemas/exact.ts',
  'schemas/measures.ts',
  'schemas/monthlyTallies.ts',
  'schemas/scoring.ts',
];
const KNOWN_DAYS: Record<number, string> = { 1: '62693ffcabef39c4', 2: 'c7c1b077e62f131b' };

test('the version of days that are kept follows the files that make them', () => {
  const what = asked('DAYS_VERSION', 'api/ranking-cache/dayFiles.ts');
  expect(fingerprintOf(SCORES), what).toBe(KNOWN_DAYS[DAYS_VERSION]);
});
