import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '#schemas/events.ts';
import { plan, stream, toDate, yearEnd } from '#test/support/referenceStream.ts';
import { randomHistory } from '../reference/generate.ts';
import { replay } from '../reference/history.ts';
import { ranking } from '../reference/score.ts';
import { shapeObjection } from '../reference/shape.ts';
import type { StoredEvent } from '../reference/types.ts';

describe('history', () => {
  const reasonsOf = (events: StoredEvent[]) => replay(events).quarantined.map(({ position }) => position);

  it('settles identity: the same again has no effect, other content is set aside', () => {
    const { events, register, send } = stream();
    const position = register('a');
    const first = events[0]?.event;
    send('2026-01-03', '/organisation', 'unit.registered', first?.data ?? {}, { id: first?.id });
    const other = { ...first?.data, name: 'other' };
    const conflict = send('2026-01-03', '/organisation', 'unit.registered', other, { id: first?.id });
    const again = register('a');
    register('b'); // the same id under another subject would be another event
    expect(position).toBe(1);
    expect(reasonsOf(events)).toEqual([conflict, again]);
    expect(replay(events).units.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('lets activities wait for their unit, and sets aside what follows nothing', () => {
    const { events, adopt, register, record, decide, send } = stream();
    adopt(plan);
    record('a', 'a-1', 'research', '2026-01-01');
    const unknown = decide('activity.verified', 'a', 'a-9');
    const noUnit = send('2026-01-01', '/organisation', 'unit.changed', { unit: 'a', teamSize: 4 });
    const early = adopt({ ...plan });
    register('a');
    const wrongSender = decide('activity.verified', 'a', 'a-1', {}, '/units/a');
    const noAppeal = decide('appeal.decided', 'a', 'a-1', { outcome: 'granted' });
    const otherYear = record('a', 'a-2', 'research', '2025-12-31');
    decide('activity.retracted', 'a', 'a-1', {}, '/units/a');
    const gone = decide('activity.verified', 'a', 'a-1');
    const twice = record('a', 'a-1', 'research', '2026-12-02');
    expect(reasonsOf(events)).toEqual([
      unknown,
      noUnit,
      early,
      wrongSender,
      noAppeal,
      otherYear,
      gone,
      twice,
    ]);
  });

  it('waives an incident for good, and gives a rejected activity back', () => {
    const { events, adopt, register, record, decide, send } = stream();
    adopt(plan);
    register('a');
    send('2026-07-01', '/organisation', 'activity.recorded', {
      ...{ activity: 'v', unit: 'a', year: 2026, kind: 'violation', occurredOn: '2026-07-01', title: '-' },
    });
    record('a', 'a-1', 'meeting', '2026-07-01');
    const notYours = decide('activity.retracted', 'a', 'v', {}, '/units/a');
    for (const id of ['v', 'a-1']) decide('appeal.lodged', 'a', id, {}, '/units/a');
    decide('activity.rejected', 'a', 'a-1');
    const before = ranking(replay(events), yearEnd)?.rows[0];
    expect(before).toMatchObject({ vetoes: ['violation'], criteria: { unity: 0 } });
    for (const id of ['v', 'a-1']) decide('appeal.decided', 'a', id, { outcome: 'granted' });
    decide('activity.verified', 'a', 'v');
    const after = ranking(replay(events), yearEnd)?.rows[0];
    expect(after).toMatchObject({ vetoes: [], criteria: { unity: 50 } });
    expect(reasonsOf(events)).toEqual([notYours]);
  });

  it('judges the day of recording in the first zone to begin a day, whatever the plan’s, and hides what came after asOf', () => {
    const { events, adopt, register, send } = stream();
    adopt({ ...plan, timezone: 'America/New_York' });
    register('a');
    const record = (activity: string, recorded: string) =>
      send(recorded, '/units/a', 'activity.recorded', {
        ...{ activity, unit: 'a', year: 2026, kind: 'meeting', occurredOn: '2026-04-01', title: '-' },
      });
    const tooEarly = record('a-1', '2026-03-31T09:59:59.999Z');
    record('a-2', '2026-03-31T10:00:00.000Z');
    const clockBack = record('a-3', '2026-03-01T00:00:00.000Z'); // stands as recorded with a-2
    expect(reasonsOf(events)).toEqual([tooEarly]);
    expect(clockBack).toBe(5);
    const known = (asOf: string) => replay(events, { asOf }).activities.map(({ activity }) => activity);
    expect(known('2026-03-31T09:59:59.999Z')).toEqual([]);
    expect(known('2026-03-31T10:00:00.000Z')).toEqual(['a-2', 'a-3']);
  });

  it('meets the self-inspection condition by any submission in time, in the plan zone', () => {
    const { events, adopt, register, send } = stream();
    adopt(plan);
    for (const unit of ['a', 'b']) register(unit);
    const submit = (unit: string, recorded: string) =>
      send(recorded, `/units/${unit}`, 'selfinspection.submitted', { unit, year: 2026, criteria: {} });
    submit('a', '2026-12-31T15:59:59.999Z');
    submit('a', '2027-01-09T00:00:00.000Z');
    submit('b', '2026-12-31T16:00:00.000Z'); // already 1 January in Shanghai
    const rows = ranking(replay(events), yearEnd)?.rows ?? [];
    expect(rows.map(({ eligible }) => eligible)).toEqual([true, false]);
    const before = ranking(replay(events), toDate('2026-12-30'))?.rows ?? [];
    expect(before.map(({ eligible }) => eligible)).toEqual([true, true]);
  });
});

describe('random histories', () => {
  it('are the same for the same seed, mostly in order within a subject, and can be ranked', () => {
    for (const seed of [1, 2, 3]) {
      const history = randomHistory(seed);
      expect(randomHistory(seed)).toEqual(history);
      const last = new Map<string, string>();
      let back = 0;
      for (const { event } of history.stream) {
        const subject = event.subject ?? (event.type === 'plan.adopted' ? 'zone' : String(event.data.unit));
        if (event.recordedtime < (last.get(subject) ?? '')) back += 1;
        last.set(subject, event.recordedtime);
      }
      // Now and then a clock is set back.
      expect(back / history.stream.length).toBeGreaterThan(0.01);
      expect(back / history.stream.length).toBeLessThan(0.1);
      const state = replay(history.stream);
      const on = history.ons.at(-1);
      expect(ranking(state, { year: history.year, basis: 'to-date', on })?.rows.length).toBeGreaterThan(0);
    }
  });
});

it.each(EVENT_TYPES)('knows events of the type %s', (type) => {
  const event = {
    specversion: '1.0',
    id: '1',
    source: '/organisation',
    recordedtime: '2026-01-01T00:00:00Z',
  };
  const objection = shapeObjection({ ...event, type, data: {} });
  expect(objection, 'its shape belongs in test/reference/shape.ts').not.toBe(`unknown type ${type}`);
});
