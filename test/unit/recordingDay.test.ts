import { describe, expect, test } from 'vitest';
import { createDoor } from '#ingest/intake/door.ts';
import { project } from '#ingest/project/project.ts';
import { dayIn, latestDay } from '#schemas/dates.ts';
import { misfits } from '#schemas/fit.ts';
import { seeded } from '#test/reference/random.ts';
import { adopted, amended, recorded, recordsOf, registered, type Sent } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { memoryStream } from '#test/support/memoryStream.ts';

const ZONES = ['Asia/Tokyo', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Shanghai', 'Etc/GMT+12'];
const HOUR = 3_600_000;
const START = Date.parse('2026-06-15T00:30:00Z');
const DAYS = ['2026-06-14', '2026-06-15', '2026-06-16', '2026-06-17', '2026-06-18'];

/** One event through a door whose clock stands at an instant, and what the projection makes of what came in. */
async function through(events: readonly Sent[], instant: number) {
  const stream = memoryStream();
  const state = memoryState();
  const door = createDoor({ stream, state, misfits, clock: () => instant });
  door.advance({ offsets: [0] });
  await door.opened();
  const receipts = [];
  for (const event of events) {
    const sender = event.source.startsWith('/units/')
      ? ({ role: 'unit', unit: event.subject } as const)
      : ({ role: 'organisation' } as const);
    receipts.push(...(await door.submit([event], sender)));
  }
  await door.close();
  return { receipts, quarantined: project(state.view, stream.records).quarantined };
}

describe('the day of recording', () => {
  test.each(ZONES)('at the door is today in the plan’s zone, hour by hour (%s)', async (timezone) => {
    const setting = [adopted(2026, 1, { timezone }), registered('u-1')];
    for (let hour = 0; hour < 26; hour++) {
      const instant = START + hour * HOUR;
      const today = dayIn(timezone, instant);
      const bodies = DAYS.map((occurredOn) => recorded('u-1', `a-${occurredOn}`, { occurredOn }));
      const { receipts, quarantined } = await through([...setting, ...bodies], instant);
      expect(receipts.slice(2).map(({ status }) => status)).toEqual(
        DAYS.map((day) => (day > today ? 'rejected' : 'appended')),
      );
      expect(quarantined).toBe(0);
    }
  });

  test('at the door is today in the zone of the activity’s own plan when it is amended, too', async () => {
    const late = Date.parse('2026-06-15T20:00:00Z');
    for (const [timezone, status] of [
      ['Asia/Tokyo', 'appended'],
      ['America/New_York', 'rejected'],
    ] as const) {
      const { receipts } = await through(
        [
          adopted(2026, 1, { timezone }),
          registered('u-1'),
          recorded('u-1', 'a', { occurredOn: '2026-06-15' }),
          amended('u-1', 'a', { occurredOn: '2026-06-16' }),
        ],
        late,
      );
      expect(receipts.at(-1)?.status).toBe(status);
    }
  });

  test('in the stream is the one that the time of recording has where a day begins first', () => {
    for (let hour = 0; hour < 30; hour++) {
      const instant = START + hour * HOUR;
      const last = latestDay(instant);
      expect(last).toBe(dayIn('Pacific/Kiritimati', instant));
      for (const day of DAYS) {
        const [record] = recordsOf([recorded('u-1', 'a', { occurredOn: day })], 0, instant);
        expect(project(memoryState().view, [record as never]).quarantined).toBe(day > last ? 1 : 0);
      }
    }
  });
});

/** All the streams together, at random, each in its own order. */
function interleaved(streams: readonly (readonly Sent[])[], seed: number): Sent[] {
  const random = seeded(seed);
  const rest = streams.map((stream) => [...stream]);
  const all: Sent[] = [];
  while (rest.some((stream) => stream.length > 0)) {
    const next = rest[random.whole(0, rest.length - 1)]?.shift();
    if (next) all.push(next);
  }
  return all;
}

describe('no order of subjects changes what stands', () => {
  const dated = (event: Sent, at: number): Sent => ({ ...event, recordedtime: new Date(at).toISOString() });

  /** Activities around the turn of a day in every zone, and plans of the same year in this one. */
  function streamsOf(timezone: string, seed: number): Sent[][] {
    const random = seeded(seed);
    const units = ['u-1', 'u-2', 'u-3'].map((unit) => {
      let at = START;
      const events = [dated(registered(unit), at)];
      for (let index = 0; index < 8; index++) {
        at += random.whole(0, 8) * HOUR;
        const occurredOn = random.pick(DAYS);
        const earlier = `a-${random.whole(0, index)}`;
        const event =
          random.chance(0.3) && index > 0
            ? amended(unit, earlier, { occurredOn })
            : recorded(unit, `a-${index}`, { occurredOn });
        events.push(dated(event, at));
      }
      return events;
    });
    const zone = [dated(adopted(2026, 1, { timezone }), START), dated(adopted(2026, 2), START + 5 * HOUR)];
    return [zone, ...units];
  }

  const outcome = (events: readonly Sent[]) => {
    const { rows } = project(memoryState().view, recordsOf(events));
    const plain = rows.activity_versions
      .filter(({ closedBy }) => closedBy === 0)
      .map(({ unit, activity, occurredOn, state, recordedFrom }) =>
        [unit, activity, occurredOn, state, recordedFrom].join(' '),
      );
    return { stands: plain.sort(), quarantined: rows.quarantine.map(({ id }) => id).sort() };
  };

  test.each(['Asia/Tokyo', 'America/New_York', 'Pacific/Kiritimati'])(
    'with a plan in %s, first, last or anywhere, in 60 random zones',
    (timezone) => {
      let refused = 0;
      for (let seed = 0; seed < 60; seed++) {
        const streams = streamsOf(timezone, seed);
        const [zone = [], ...units] = streams;
        const expected = outcome([...zone, ...units.flat()]);
        refused += expected.quarantined.length;
        expect(outcome([...units.toReversed().flat(), ...zone]), `seed ${seed}`).toEqual(expected);
        for (let round = 0; round < 3; round++)
          expect(outcome(interleaved(streams, seed * 10 + round)), `seed ${seed}`).toEqual(expected);
      }
      expect(refused).toBeGreaterThan(60);
    },
  );
});
