import { afterEach, describe, expect, test } from 'vitest';
import { Busy } from '#ingest/intake/door.ts';
import { project } from '#ingest/project/project.ts';
import { doors, envelopeAt, ORGANISATION, problem, setting, UNIT } from '#test/support/doorSetting.ts';
import {
  adopted,
  amended,
  fromOrganisation,
  fromUnit,
  NOON,
  recorded,
  registered,
} from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { comparable } from '#test/support/projected.ts';

afterEach(() => Promise.all(doors.splice(0).map((door) => door.close())));

describe('what the door refuses', () => {
  test.each<[string, unknown, RegExp]>([
    ['no object', 'text', /rejected: must be a JSON object/],
    ['another’s source', recorded('u-2', 'a'), /rejected: source: must be \/units\/u-1/],
    ['the organisation’s source', { ...recorded('u-1', 'a'), source: '/organisation' }, /rejected: source/],
    ['a wrong subject', { ...recorded('u-1', 'a'), subject: 'u-2' }, /rejected: subject: must be "u-1"/],
    ['an unknown field', recorded('u-1', 'a', { colour: 1 }), /rejected: data: .*colour/],
    [
      'an activity of tomorrow',
      recorded('u-1', 'a', { occurredOn: '2026-06-16' }),
      /rejected: data.occurredOn: lies after the day/,
    ],
    ['amending nothing', amended('u-1', 'nothing'), /rejected: data.activity: .*no activity nothing/],
    [
      'a unit’s verification',
      fromUnit('u-1', 'activity.verified', { activity: 'a', reason: 'x' }),
      /rejected: source/,
    ],
    [
      'more than a stream carries',
      recorded('u-1', 'a', {
        evidence: Array.from({ length: 100 }, () => '据'.repeat(2_000)),
        members: Array.from({ length: 10_000 }, (_, i) => `${'m'.repeat(58)}${i}`),
      }),
      /rejected: .*larger than/,
    ],
  ])('%s', async (_, event, expected) => {
    const { door } = await setting();
    expect(await problem(door, event)).toMatch(expected);
  });

  test('frozen results and commendations from outside; the server itself writes them', async () => {
    const { door, stream } = await setting();
    const award = fromOrganisation('u-1', 'commendation.awarded', {
      year: 2026,
      honour: '五型领导班子',
      reason: '优秀',
    });
    expect(await problem(door, award, ORGANISATION)).toMatch(/rejected: type: .*server alone/);
    expect(await door.record(award)).toMatchObject({ status: 'appended' });
    expect(stream.records).toHaveLength(1);
  });

  test('a second registration, a plan version that does not grow: conflicts', async () => {
    const { door } = await setting();
    await door.submit([registered('u-1'), adopted(2026, 2)], ORGANISATION);
    expect(await problem(door, registered('u-1', { name: '别名' }), ORGANISATION)).toMatch(
      /conflict: .*registered already/,
    );
    expect(await problem(door, adopted(2026, 1), ORGANISATION)).toMatch(/conflict: .*version 2/);
  });

  test('what does not fit the plan adopted for its year, be it pending or projected; without a plan only the shape counts', async () => {
    const { door, projectNow } = await setting();
    expect(await problem(door, recorded('u-1', 'a', { kind: 'stranger' }))).toMatch(/appended/);
    await door.submit([adopted(2026)], ORGANISATION);
    for (const round of [1, 2]) {
      expect(await problem(door, recorded('u-1', `b${round}`, { kind: 'stranger' }))).toMatch(
        /rejected: data.unit: there is no unit u-1; data.kind: .*research/,
      );
      await projectNow();
    }
    await door.submit([registered('u-1')], ORGANISATION);
    expect(await problem(door, recorded('u-1', 'c'))).toMatch(/appended/);
    expect(await problem(door, amended('u-1', 'c', { kind: 'stranger' }))).toMatch(/rejected: data.kind/);
  });
});

describe('what the door writes', () => {
  test('the subject where it was left out; its own recorded time in place of the sender’s; no position', async () => {
    const { door, stream } = await setting();
    const { subject: _, ...event } = recorded(
      'u-1',
      'a',
      {},
      { recordedtime: '2020-01-01T00:00:00Z', position: '0-7', trace: 'kept' },
    );
    await door.submit([event], UNIT);
    expect(envelopeAt(stream, 0)).toMatchObject({
      subject: 'u-1',
      recordedtime: '2026-06-15T04:00:00.000Z',
      trace: 'kept',
    });
    expect(envelopeAt(stream, 0)).not.toHaveProperty('position');
    const { subject: __, ...plan } = adopted(2026);
    await door.submit([plan], ORGANISATION);
    expect(envelopeAt(stream, 1)).toMatchObject({ subject: 'zone' });
  });

  test('a recorded time that never goes back within a subject, be the earlier one pending or projected', async () => {
    let now = NOON;
    const { door, stream, projectNow } = await setting({ clock: () => now });
    const times: number[] = [];
    for (const tick of [NOON, NOON - 5_000, NOON - 9_000]) {
      now = tick;
      await door.submit([recorded('u-1', `a-${tick}`)], UNIT);
      times.push(Date.parse((envelopeAt(stream, -1) as { recordedtime: string }).recordedtime));
      if (times.length === 2) await projectNow();
    }
    expect(times).toEqual([NOON, NOON, NOON]);
  });

  test('rows that the projection makes of it are those of an event that it has not seen before', async () => {
    const { door, stream } = await setting();
    await door.submit(
      [
        registered('u-1'),
        adopted(2026),
        recorded('u-1', 'a', { occurredOn: '2026-06-15' }, { source: '/organisation' }),
      ],
      ORGANISATION,
    );
    const stamped = project(memoryState().view, stream.records);
    const unknown = stream.records.map(({ stamp: _, ...record }) => record);
    expect(comparable(stamped)).toEqual(comparable(project(memoryState().view, unknown)));
    expect(stamped.quarantined).toBe(0);
  });
});

describe('a batch that is wrong in one way', () => {
  const bad = (count: number) =>
    Array.from({ length: count }, (_, index) => recorded('u-1', `a-${index}`, { colour: index }));
  const statuses = (receipts: readonly { status: string }[]) => {
    const counts: Record<string, number> = {};
    for (const { status } of receipts) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };

  test('is not checked on after a hundred refusals of one kind: the rest says so, in order, each under its id', async () => {
    const { door, stream } = await setting();
    const batch = [recorded('u-1', 'first'), ...bad(5_000), recorded('u-1', 'last')];
    const receipts = await door.submit(batch, UNIT, { patience: 100 });
    expect(receipts).toHaveLength(batch.length);
    expect(receipts.map(({ id }) => id)).toEqual(batch.map(({ id }) => id));
    expect(statuses(receipts)).toEqual({ appended: 1, rejected: 5_001 });
    expect(receipts[100]?.problem).toMatch(/colour/);
    for (const index of [101, 4_000, 5_001])
      expect(receipts[index]?.problem).toMatch(
        /^was not checked, since 100 events before it were refused \(.*colour\), and 4900 more were not$/,
      );
    expect(stream.records).toHaveLength(1);
    // Mended and sent again as a whole, what was taken before is there already.
    const again = await door.submit([batch[0], batch.at(-1)], UNIT, { patience: 100 });
    expect(again.map(({ status }) => status)).toEqual(['already', 'appended']);
  });

  test('is judged to its end up to a hundred refusals, and wherever nobody asks for an end', async () => {
    const { door } = await setting();
    const patient = await door.submit([...bad(99), recorded('u-1', 'good')], UNIT, { patience: 100 });
    expect(patient.at(-1)?.status).toBe('appended');
    const endless = await door.submit([...bad(2_000), recorded('u-1', 'better')], UNIT);
    expect(endless.at(-1)?.status).toBe('appended');
  });

  test('refusals by what stands already count as those by shape do; other kinds are counted apart, and all together', async () => {
    const { door } = await setting();
    const nothing = Array.from({ length: 300 }, (_, index) => amended('u-1', `none-${index}`));
    const byState = await door.submit(nothing, UNIT, { patience: 100 });
    expect(byState[100]?.problem).toMatch(/^was not checked, since 100 .*no activity none-99/);
    const mixed = Array.from({ length: 2_000 }, (_, index) =>
      recorded('u-1', `m-${index}`, index % 2 ? { colour: 1 } : { title: '' }),
    );
    expect((await door.submit(mixed, UNIT, { patience: 100 }))[199]?.problem).toMatch(/^was not checked/);
    const all = Array.from({ length: 2_000 }, (_, index) => ({ ...recorded('u-1', 'x'), [`X${index}`]: 1 }));
    const kinds = await door.submit(all, UNIT, { patience: 100 });
    expect([kinds[999]?.problem, kinds[1_000]?.problem]).toEqual([
      expect.stringMatching(/is no name/),
      expect.stringMatching(/^was not checked, since 1000 /),
    ]);
  });

  test('leaves no more in memory than letters allow: large events wait for the projection, whatever their number', async () => {
    const { door, projectNow } = await setting({ mostLetters: 100_000 });
    const large = (id: string) =>
      recorded('u-1', id, {
        members: Array.from({ length: 1_000 }, (_, index) => `${'m'.repeat(50)}${index}`),
      });
    await door.submit([large('a'), large('b')], UNIT);
    await expect(door.submit([recorded('u-1', 'c')], UNIT)).rejects.toThrow(Busy);
    await projectNow();
    expect((await door.submit([recorded('u-1', 'c')], UNIT))[0]?.status).toBe('appended');
  });
});
