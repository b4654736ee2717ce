import { expect, test } from 'vitest';
import { STATE_RULES } from '#ingest/state/format.ts';
import { fingerprintOf } from '#test/support/fingerprint.ts';

/** What becomes of events, and how the state keeps it. */
const RULES = [
  'ingest/project/activity.ts',
  'ingest/project/become.ts',
  'ingest/project/decide.ts',
  'ingest/project/project.ts',
  'ingest/project/unreadable.ts',
  'ingest/run/shards.ts',
  'ingest/state/identityCodec.ts',
  'ingest/state/rowCodec.ts',
  'ingest/state/state.ts',
  'ingest/state/packed/clockTable.ts',
  'ingest/state/packed/lmdbState.ts',
  'ingest/state/packed/packedRows.ts',
  'ingest/state/packed/packedTable.ts',
];

/** The last that each version of the rules has looked like. */
const KNOWN: Record<number, string> = { 5: 'ddad9b7c2738aec7' };

test('the version of the state’s rules follows the files that make them', () => {
  expect(
    fingerprintOf(RULES),
    'If the same events may now make another state, or it is kept otherwise, raise STATE_RULES (ingest/state/format.ts): what is left on disks is rebuilt then. If they may not (a type of event that is only added, a name, an order of lines), leave it. Then write the fingerprint into KNOWN',
  ).toBe(KNOWN[STATE_RULES]);
});
