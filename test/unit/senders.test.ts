import { describe, expect, test } from 'vitest';
import { mayNotBring } from '#api/access/mayBring.ts';
import { type Principal, principalOf } from '#api/access/principal.ts';
import { admitFrom, type Sender } from '#ingest/intake/sender.ts';
import { parseEvent } from '#schemas/admission.ts';
import { ORGANISATION, unitSource } from '#schemas/events.ts';
import { foreignIn, speaksFor } from '#schemas/senders.ts';
import { recorded } from '#test/support/events.ts';

/** A sender speaks only for itself: asked at the route, at the door and at admission, all say the same. */
const UNITS = ['farm-1', 'farm-2'] as const;
const SOURCES = [ORGANISATION, ...UNITS.map(unitSource), '/units/zone'];

const sent = (source: string, subject: string, unit: string): object => {
  const event = recorded(unit, 'a-1') as { data: object };
  return { ...event, source, subject, data: { ...event.data, unit } };
};

const everyEvent = SOURCES.flatMap((source) =>
  UNITS.flatMap((subject) => UNITS.map((unit) => ({ source, subject, unit }))),
);

const farm: Principal = principalOf('t', 'farm', { roles: ['unit'], unit: 'farm-1' });
const asFarm: Sender = { role: 'unit', unit: 'farm-1' };

describe('a sender speaks only for itself', () => {
  test.each(everyEvent)('%o: route, door and admission agree', ({ source, subject, unit }) => {
    const event = sent(source, subject, unit);
    const isOwn = source === unitSource('farm-1') && subject === 'farm-1' && unit === 'farm-1';
    expect(mayNotBring(farm, event) === undefined, 'route').toBe(isOwn);
    expect('admitted' in admitFrom(asFarm, event), 'door').toBe(isOwn);
    const isSound = subject === unit && (source === ORGANISATION || source === unitSource(unit));
    expect(parseEvent(event).ok, 'admission').toBe(isSound);
  });

  test.each([
    ['nothing', null],
    ['a list', []],
    ['numbers for names', { source: 1, subject: 2, data: { unit: 3 } }],
    ['no data', { source: unitSource('farm-1') }],
  ])('%s names nobody, and is left to the shape', (_, event) => {
    expect(foreignIn([unitSource('farm-1')], event)).toBeUndefined();
  });

  test('the organisation speaks of everybody, a unit neither of another nor of the zone', () => {
    for (const subject of [...UNITS, 'zone']) expect(speaksFor(ORGANISATION, subject)).toBe(true);
    expect(['farm-1', 'farm-2', 'zone'].filter((one) => speaksFor(unitSource('farm-1'), one))).toEqual([
      'farm-1',
    ]);
  });
});
