import { afterEach, describe, expect, test } from 'vitest';
import { Busy, createDoor, NotEmpty } from '#ingest/intake/door.ts';
import { envelopeIn, project } from '#ingest/project/project.ts';
import { misfits } from '#schemas/fit.ts';
import { doors, ORGANISATION, problem, setting, UNIT } from '#test/support/doorSetting.ts';
import {
  adopted,
  amended,
  fromUnit,
  NOON,
  planFor,
  recorded,
  recordsOf,
  registered,
  type Sent,
} from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { memoryStream } from '#test/support/memoryStream.ts';

afterEach(() => Promise.all(doors.splice(0).map((door) => door.close())));

describe('pending events', () => {
  test('drop out once they are projected, and are known from then on by the state', async () => {
    const { door, projectNow } = await setting();
    const event = recorded('u-1', 'a');
    await door.submit([event], UNIT);
    expect(door.pending()).toBe(1);
    await projectNow();
    expect(door.pending()).toBe(0);
    expect(await problem(door, event)).toMatch(/already/);
    expect(await problem(door, amended('u-1', 'a'))).toMatch(/appended/);
  });

  test('a later effect on the same activity stays when the earlier one drops out', async () => {
    const { door, stream } = await setting();
    await door.submit([recorded('u-1', 'a')], UNIT);
    await door.submit([fromUnit('u-1', 'activity.retracted', { activity: 'a', reason: '重复' })], UNIT);
    const state = memoryState();
    await state.commit({
      changes: project(state.view, stream.records.slice(0, 1)).changes,
      offsets: [1],
      written: [1],
      quarantined: 0,
    });
    door.advance({ offsets: [1] });
    expect(door.pending()).toBe(1);
    expect(await problem(door, amended('u-1', 'a'))).toMatch(/rejected: .*is retracted/);
  });

  test('make the door busy when they are too many, and it takes more when they are projected', async () => {
    const { door, projectNow } = await setting({ limit: 10 });
    const batch = (name: string) =>
      Array.from({ length: 8 }, (_, index) => recorded('u-1', `${name}-${index}`));
    await door.submit(batch('a'), UNIT);
    await expect(door.submit(batch('b'), UNIT)).rejects.toThrow(Busy);
    await projectNow();
    expect(await door.submit(batch('b'), UNIT)).toHaveLength(8);
  });

  test('a batch that holds more than the limit is taken when nothing else is under way', async () => {
    const { door } = await setting({ limit: 10 });
    expect(
      await door.submit(
        Array.from({ length: 2_500 }, (_, index) => recorded('u-1', `a-${index}`)),
        UNIT,
      ),
    ).toHaveLength(2_500);
  });

  test('a state that was looked up before an event was projected does not bring it back as new', async () => {
    const stale = memoryState();
    const loads: (() => void)[] = [];
    const stream = memoryStream();
    // A reader as the store would be one: what it gives is as old as the moment at which it was asked.
    const slow = {
      load: () => new Promise<typeof stale.view>((resolve) => loads.push(() => resolve(stale.view))),
    };
    const door = createDoor({ stream, state: slow, misfits, clock: () => NOON });
    doors.push(door);
    door.advance({ offsets: [0] });
    await door.opened();
    const event = recorded('u-1', 'a');
    const first = door.submit([event], UNIT);
    loads.shift()?.();
    await first;
    const second = door.submit([event], UNIT);
    door.advance({ offsets: [1] });
    loads.shift()?.();
    expect(await second).toMatchObject([{ status: 'already', position: '0-0' }]);
    expect(door.pending()).toBe(0);
  });
});

describe('when the stream fails an append', () => {
  test.each(['lost', 'written'] as const)(
    'and the events are %s: the sender is told to repeat, and in the end they are there once',
    async (how) => {
      const { door, stream, projectNow } = await setting();
      const events = [recorded('u-1', 'a'), amended('u-1', 'a', { title: '改' })];
      stream.failNext(how);
      await expect(door.submit(events, UNIT)).rejects.toThrow(Busy);
      await projectNow();
      await door.opened();
      expect(door.pending()).toBe(0);
      const receipts = await door.submit(events, UNIT);
      expect(receipts.map(({ status }) => status)).toEqual(
        how === 'lost' ? ['appended', 'appended'] : ['already', 'already'],
      );
      const { rows } = project(memoryState().view, stream.records);
      expect(rows.ledger.map(({ verdict }) => verdict)).toEqual(['applied', 'applied']);
    },
  );

  test('what was judged on top of it is not acknowledged either, though it was appended', async () => {
    const { door, stream, projectNow } = await setting();
    const release = stream.holdAppends();
    stream.failNext('lost');
    const base = door.submit([recorded('u-1', 'a')], UNIT);
    const onTop = door.submit([amended('u-1', 'a')], UNIT);
    const repeated = door.submit([recorded('u-1', 'b')], UNIT);
    await Promise.resolve();
    release();
    for (const submitted of [base, onTop, repeated]) await expect(submitted).rejects.toThrow(Busy);
    await expect(door.submit([recorded('u-1', 'c')], UNIT)).rejects.toThrow(Busy);
    await projectNow();
    await door.opened();
    expect(await problem(door, amended('u-1', 'a'))).toMatch(/rejected|conflict/);
  });
});

describe('restore', () => {
  const exportedOnce = () => {
    const events = [adopted(2026), registered('u-1'), recorded('u-1', 'a'), amended('u-1', 'nothing')];
    const { rows } = project(memoryState().view, recordsOf(events, 0, NOON - 86_400_000));
    return rows.ledger.map(({ envelope }, index) => ({ ...JSON.parse(envelope), position: `0-${index}` }));
  };

  const exported = exportedOnce();

  test('appends what was exported as it was, faults included, and the door opens when it is projected', async () => {
    const { door, stream, projectNow } = await setting();
    expect(await door.restore(exported)).toEqual({ events: 4, raised: 0 });
    expect(stream.records.map(envelopeIn)).toEqual(exported.map(({ position: _, ...envelope }) => envelope));
    expect(door.isOpen()).toBe(false);
    await projectNow();
    await door.opened();
    expect(await problem(door, recorded('u-1', 'a', { title: '别的' }))).toMatch(/conflict/);
  });

  test('says of how many the time is raised: of each that goes back within its subject', async () => {
    const at = (event: Sent, recordedtime: string) => ({ ...event, recordedtime });
    const restored = [
      at(adopted(2026), '2026-06-09T00:00:00Z'),
      at(registered('u-1'), '2026-06-05T00:00:00Z'),
      at(recorded('u-1', 'a'), '2026-06-03T00:00:00Z'),
      at(registered('u-2'), '2026-06-01T00:00:00Z'),
      at(recorded('u-1', 'b'), '2026-06-05T08:00:00+08:00'),
      at(recorded('u-1', 'c'), '2026-06-05T07:59:59.999+08:00'),
      at(recorded('u-1', 'a'), '2026-06-04T00:00:00Z'),
      at(amended('u-1', 'nothing'), '2026-06-07T00:00:00Z'),
      at(recorded('u-1', 'd'), '2026-06-06T00:00:00Z'),
      at(recorded('u-2', 'a'), '2026-06-02T00:00:00Z'),
    ];
    const { door } = await setting();
    expect(await door.restore(restored)).toEqual({ events: 10, raised: 4 });
    const { rows } = project(memoryState().view, recordsOf(restored));
    const raised = rows.ledger.filter(
      ({ recordedAt }, index) => recordedAt !== Date.parse(restored[index]?.recordedtime ?? ''),
    );
    expect(raised.map(({ id }) => id)).toEqual([2, 5, 6, 8].map((index) => restored[index]?.id));
  });

  test('into a stream that holds anything is refused, and the door opens again', async () => {
    const { door, stream, projectNow } = await setting();
    await door.submit([recorded('u-1', 'a')], UNIT);
    await expect(door.restore(exported)).rejects.toThrow(NotEmpty);
    expect(stream.records).toHaveLength(1);
    await projectNow();
    await door.opened();
    expect(await problem(door, recorded('u-1', 'b'))).toMatch(/appended/);
  });
});

test('the door opens only when the projection has caught up with what the stream held', async () => {
  const stream = memoryStream();
  await stream.append([recorded('u-1', 'a', {}, { recordedtime: '2026-06-15T04:00:00Z' })] as never);
  const door = createDoor({ stream, state: memoryState(), misfits });
  doors.push(door);
  door.advance({ offsets: [0] });
  await expect(door.submit([planFor(2026)], ORGANISATION)).rejects.toThrow(Busy);
  door.advance({ offsets: [1] });
  await door.opened();
  expect(door.isOpen()).toBe(true);
  door.advance({ offsets: [0], reset: true });
  expect(door.isOpen()).toBe(false);
});
