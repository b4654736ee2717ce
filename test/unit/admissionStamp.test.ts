import { describe, expect, test } from 'vitest';
import { admit } from '#ingest/admission/admit.ts';
import { admittedBefore, stampFor, stampOf } from '#ingest/admission/stamp.ts';
import { envelopeIn, project } from '#ingest/project/project.ts';
import type { StreamRecord } from '#ingest/stream/eventStream.ts';
import { ADMISSION_VERSION } from '#schemas/admission.ts';
import { adopted, fromOrganisation, recorded, recordsOf, registered } from '#test/support/events.ts';
import { fingerprintOf } from '#test/support/fingerprint.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { comparable } from '#test/support/projected.ts';

const RULES = [
  'schemas/admission.ts',
  'schemas/canonical.ts',
  'schemas/cloudEvents.ts',
  'schemas/dates.ts',
  'schemas/dictionary.ts',
  'schemas/entries.ts',
  'schemas/events.ts',
  'schemas/foreignJson.ts',
  'schemas/ids.ts',
  'schemas/keyTwice.ts',
  'schemas/limits.ts',
  'schemas/numbers.ts',
  'schemas/plan.ts',
  'schemas/seal.ts',
  'schemas/senders.ts',
  'schemas/text.ts',
  'ingest/admission/admit.ts',
];

/** The last that each version of the rules has looked like. */
const KNOWN: Record<number, string> = {
  1: 'f15e416e001bf808',
  2: '4f762cf93bdd6309',
  3: '916be9d5129c243a',
  4: '83619ca364302cb8',
  5: '9e4529e8a5e5b3cb',
  6: 'e27f4193a9f4bb27',
  7: '7449849a1b7bebee',
};

test('the version of the rules of admission follows the files that make them', () => {
  expect(
    fingerprintOf(RULES),
    'If an event may now be judged otherwise, or come out otherwise, raise ADMISSION_VERSION (schemas/admission.ts); then write the fingerprint beside the version in KNOWN',
  ).toBe(KNOWN[ADMISSION_VERSION]);
});

describe('a record with a stamp', () => {
  const events = [registered('u-1'), recorded('u-1', 'a-1'), recorded('u-1', 'a-2', { note: '留  白' })];
  const plain = recordsOf(events);
  const stamped = plain.map((record): StreamRecord => {
    const admission = admit(envelopeIn(record));
    return 'admitted' in admission ? { ...record, stamp: stampOf(admission.admitted) } : record;
  });
  const projected = (records: StreamRecord[]) => project(memoryState().view, records);

  test('makes the same rows and state as one that is checked', () => {
    expect(comparable(projected(stamped))).toEqual(comparable(projected(plain)));
    expect(stamped.every((record) => admittedBefore(record, envelopeIn(record)))).toBe(true);
  });

  test('is checked again where the stamp is of other rules, or none', () => {
    for (const stamp of [undefined, '', `${ADMISSION_VERSION + 1}${stamped[1]?.stamp?.slice(1)}`, '1 short'])
      expect(admittedBefore({ ...(stamped[1] as StreamRecord), stamp }, events[1])).toBeUndefined();
  });

  test('is trusted by this log’s own reader alone: what is stamped is not checked', () => {
    const [, first] = stamped;
    const wrong = {
      ...(first as StreamRecord),
      text: JSON.stringify({ ...events[1], specversion: '0' }),
    };
    expect(projected([wrong]).quarantined).toBe(0);
    expect(projected([{ ...wrong, stamp: undefined }]).quarantined).toBe(1);
  });
});

test('what the rules change is stamped only as changed: a restored event that still is to be changed has no stamp', () => {
  const award = fromOrganisation('u-1', 'activity.verified', { activity: 'a-1', reason: '成绩突出' });
  const untrimmed = { ...award, data: { ...award.data, reason: ' 成绩突出 ' } };
  expect(stampFor(award)).not.toBe('');
  expect(stampFor(untrimmed)).toBe('');
});

test('plans carry no stamp: they are always checked', () => {
  const admission = admit(adopted(2026));
  if ('faults' in admission) throw new Error('the plan of the test is refused');
  expect(stampOf(admission.admitted)).toBe('');
});
