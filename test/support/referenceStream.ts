import type { Data, Measure, Plan, StoredEvent } from '../reference/types.ts';

const text = (word: string) => ({ zh: word, en: word });
export const count = (per: 'half' | 'quarter', atLeast = 1): Measure => ({ type: 'count', per, atLeast });
export const requirement = (id: string, kind: string, points: number, measure: Measure) => ({
  ...{ id, criterion: id.split('.')[0] ?? '', name: text(id), clause: '三', basis: 'text' as const },
  ...{ points, kind, measure },
});

export const plan: Plan = {
  ...{ year: 2026, version: 1, timezone: 'Asia/Shanghai', title: text('plan'), counts: 'reported' },
  criteria: [
    { id: 'learning', name: text('learning'), weight: 20 },
    { id: 'unity', name: text('unity'), weight: 30 },
  ],
  requirements: [
    requirement('learning.research', 'research', 15, count('quarter')),
    requirement('learning.hours', 'training', 5, { type: 'sum', per: 'year', atLeast: 40, perMember: true }),
    requirement('unity.meeting', 'meeting', 25, count('half')),
  ],
  deductions: [
    {
      ...{ id: 'unity.discord', criterion: 'unity', clause: '三', basis: 'default', kind: 'admonition' },
      ...{ points: 5, max: 12 },
    },
  ],
  vetoes: [{ id: 'violation', clause: '三', basis: 'default', kind: 'violation', cap: 30 }],
  conditions: [{ id: 'self', clause: '四', basis: 'text', kind: 'self-inspection', by: '12-31' }],
};

/** Events in order of writing; recorded at noon UTC of the day given. */
export function stream() {
  const events: StoredEvent[] = [];
  const send = (day: string, source: string, type: string, data: Data, more: Data = {}) => {
    const position = events.length + 1;
    const recordedtime = day.includes('T') ? day : `${day}T12:00:00.000Z`;
    const subject = type === 'plan.adopted' ? 'zone' : String(data.unit);
    const event = {
      specversion: '1.0',
      id: `e-${position}`,
      source,
      type,
      subject,
      recordedtime,
      data,
      ...more,
    };
    events.push({ position, event });
    return position;
  };
  return {
    events,
    send,
    adopt: (document: Plan, day = '2026-01-02') =>
      send(day, '/organisation', 'plan.adopted', document as unknown as Data),
    register: (unit: string, more: Data = {}) => {
      const data = { unit, name: unit, group: 'farm', teamSize: 3, head: 'm-01', ...more };
      return send('2026-01-02', '/organisation', 'unit.registered', data);
    },
    record: (unit: string, activity: string, kind: string, occurredOn: string, more: Data = {}) => {
      const data = { activity, unit, year: 2026, kind, occurredOn, title: kind, ...more };
      return send(occurredOn, `/units/${unit}`, 'activity.recorded', data);
    },
    decide: (type: string, unit: string, activity: string, more: Data = {}, source = '/organisation') =>
      send('2026-12-01', source, type, { activity, unit, reason: '-', ...more }),
  };
}

export const yearEnd = { year: 2026, basis: 'year' as const, on: '2026-12-31' };
export const toDate = (on: string) => ({ year: 2026, basis: 'to-date' as const, on });
