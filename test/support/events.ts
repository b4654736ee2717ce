import { randomUUID } from 'node:crypto';
import type { StreamRecord } from '#ingest/stream/eventStream.ts';
import { ORGANISATION, unitSource } from '#schemas/events.ts';
import { type Position, positionOf } from '#schemas/position.ts';

/** Events for tests, as a sender would write them. Whatever is left out takes a plausible value. */
export type Sent = {
  specversion: string;
  id: string;
  source: string;
  subject: string;
  type: string;
  data: Record<string, unknown>;
  recordedtime?: string;
};

const sent = (source: string, subject: string, type: string, data: object, more: object): Sent => ({
  specversion: '1.0',
  id: randomUUID(),
  source,
  subject,
  type,
  data: { ...data },
  ...more,
});

export const fromUnit = (unit: string, type: string, data: object, more: object = {}): Sent =>
  sent(unitSource(unit), unit, type, { unit, ...data }, more);

export const fromOrganisation = (unit: string, type: string, data: object, more: object = {}): Sent =>
  sent(ORGANISATION, unit, type, unit === 'zone' ? data : { unit, ...data }, more);

export const registered = (unit: string, data: object = {}, more: object = {}): Sent =>
  fromOrganisation(
    unit,
    'unit.registered',
    { name: `单位 ${unit}`, group: 'farm', teamSize: 7, head: 'm-01', ...data },
    more,
  );

export const recorded = (unit: string, activity: string, data: object = {}, more: object = {}): Sent =>
  fromUnit(unit, 'activity.recorded', { activity, year: 2026, ...body, ...data }, more);

export const amended = (unit: string, activity: string, data: object = {}, more: object = {}): Sent =>
  fromUnit(unit, 'activity.amended', { activity, ...body, ...data }, more);

const body = { kind: 'research', occurredOn: '2026-02-03', title: '专题调研' };

/** A small plan that knows the kind `research` and, as an incident, `violation`. */
export const planFor = (year: number, version = 1, more: object = {}): Record<string, unknown> => ({
  year,
  version,
  timezone: 'Asia/Shanghai',
  title: { zh: `${year} 年考核方案`, en: `Plan for ${year}` },
  counts: 'reported',
  criteria: [{ id: 'learning', name: { zh: '学习型', en: 'Learning' }, weight: 20 }],
  requirements: [
    {
      id: 'learning.research',
      criterion: 'learning',
      name: { zh: '专题调研', en: 'Research' },
      clause: '三(一)3',
      basis: 'text',
      points: 15,
      kind: 'research',
      measure: { type: 'count', per: 'quarter', atLeast: 1 },
    },
  ],
  deductions: [],
  vetoes: [{ id: 'integrity.violation', clause: '三(四)', basis: 'default', kind: 'violation', cap: 59 }],
  conditions: [],
  ...more,
});

export const adopted = (year: number, version = 1, more: object = {}): Sent =>
  fromOrganisation('zone', 'plan.adopted', planFor(year, version, more));

/** When test records are taken in: a summer's noon in Shanghai. */
export const NOON = Date.parse('2026-06-15T04:00:00Z');

/** Records of one partition as a stream would give them. */
export const recordsOf = (envelopes: readonly unknown[], from = 0, storedAt = NOON): StreamRecord[] =>
  envelopes.map((envelope, index) => ({
    position: positionOf(0, from + index),
    storedAt,
    text: JSON.stringify(envelope),
  }));

export const at = (offset: number): Position => positionOf(0, offset);
