import { afterAll, beforeAll, expect, it } from 'vitest';
import { adopted, recorded, registered, type Sent } from '#test/support/events.ts';
import { type OpenStore, openStoreForTests, withSystem } from '#test/support/oneSystem.ts';

let store: OpenStore;
beforeAll(async () => {
  store = await openStoreForTests();
});
afterAll(() => store.close());

const name = (text: string) => ({ zh: text, en: text });
const requirement = (id: string, criterion: string, kind: string, measure: object) => ({
  id,
  criterion,
  name: name(id),
  clause: '1',
  basis: 'text',
  points: 10,
  kind,
  measure,
});

/** One activity of the next day, recorded late in the evening of UTC: where it is still today depends on the zone. */
function historyIn(timezone: string): { plan: Sent; unit: Sent[] } {
  const plan = adopted(2025, 1, {
    timezone,
    criteria: [
      { id: 'a', name: name('a'), weight: 20 },
      { id: '__proto__', name: name('b'), weight: 20 },
    ],
    requirements: [
      requirement('r1', 'a', 'k', { type: 'appraisal', whenNone: 'exclude' }),
      requirement('r2', '__proto__', 'k2', { type: 'coverage' }),
    ],
    vetoes: [],
  });
  const deed = { year: 2025, kind: 'k', occurredOn: '2025-06-02', title: 't', score: 80 };
  return {
    plan: { ...plan, recordedtime: '2025-01-01T00:00:00.000Z' },
    unit: [
      { ...registered('u1', { teamSize: 2 }), recordedtime: '2025-06-01T00:00:00.000Z' },
      { ...recorded('u1', 'a1', deed), recordedtime: '2025-06-01T15:30:00.000Z' },
    ],
  };
}

it.each(['Asia/Tokyo', 'America/New_York', 'Pacific/Kiritimati'])(
  'given a plan in %s, when it comes first or last in the stream, then the ranking is the same bytes',
  async (timezone) => {
    const { plan, unit } = historyIn(timezone);
    const rankingOf = (events: Sent[]): Promise<string> =>
      withSystem(store, events, async ({ reads }) => {
        const kept = await reads.ranking({ year: 2025, basis: 'year' }, {});
        return 'value' in kept ? JSON.stringify(kept.value) : Buffer.from(kept.bytes).toString();
      });
    const first = await rankingOf([plan, ...unit]);
    const last = await rankingOf([...unit, plan]);
    expect(last).toBe(first);
    expect(JSON.parse(first)).toMatchObject({ complete: true, rows: [{ unit: 'u1', total: 40 }] });
  },
);
