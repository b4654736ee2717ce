// What an event must look like by itself, before asking what it follows.
import { isDay, isTimezone } from './calendar.ts';
import type { Data, Envelope } from './types.ts';

type Check = (value: unknown) => boolean;

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text: Check = (value) => typeof value === 'string' && value !== '';
const texts: Check = (value) => Array.isArray(value) && value.every(text);
const bool: Check = (value) => typeof value === 'boolean';
const oneOf =
  (...allowed: string[]): Check =>
  (value) =>
    allowed.includes(value as string);
/** At most 6 decimals, below 10¹². */
const number: Check = (value) =>
  typeof value === 'number' && Math.abs(value) < 1e12 && Number(value.toFixed(6)) === value;
const positive: Check = (value) => number(value) && (value as number) > 0;
const size: Check = (value) => positive(value) && Number.isInteger(value);
const year: Check = (value) =>
  Number.isInteger(value) && (value as number) >= 1000 && (value as number) <= 9999;
const selfScores: Check = (value) =>
  isObject(value) &&
  Object.values(value).every(
    (entry) =>
      isObject(entry) &&
      closed(entry, { selfScore: percent, shortcomings: isText, remedies: isText }, {}) === null,
  );
const isText: Check = (value) => typeof value === 'string';
const percent: Check = (value) => number(value) && (value as number) >= 0 && (value as number) <= 100;

function closed(data: Data, required: Record<string, Check>, optional: Record<string, Check>): string | null {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  const missing = Object.keys(required).find((name) => !(name in data));
  if (missing) return `missing field ${missing}`;
  for (const [name, value] of Object.entries(data)) {
    const check = checks.get(name);
    if (!check) return `unknown field ${name}`;
    if (!check(value)) return `impossible ${name}`;
  }
  return null;
}

const isAttachment: Check = (value) =>
  isObject(value) && closed(value, { sha256: text, name: text, type: text, size: number }, {}) === null;
const attachments: Check = (value) => Array.isArray(value) && value.every(isAttachment);

const aboutUnit = { unit: text, name: text, group: text, teamSize: size, head: text };
const decision = { activity: text, unit: text, reason: text };
const body = { activity: text, unit: text, kind: text, occurredOn: isDay, title: text };
const extras = {
  quantity: number,
  due: number,
  done: number,
  members: texts,
  form: text,
  score: number,
  indicator: text,
  value: number,
  ledByHead: bool,
  evidence: texts,
  note: isText,
  attachments,
};

const positiveFields = (items: unknown, ...names: string[]) =>
  Array.isArray(items) &&
  items.every((item) => isObject(item) && names.every((name) => positive(item[name])));

function planShape(plan: Data): string | null {
  if (!year(plan.year) || !size(plan.version)) return 'impossible year or version';
  if (!isTimezone(plan.timezone)) return 'impossible timezone';
  if (!oneOf('reported', 'verified')(plan.counts)) return 'impossible counts';
  if (!positiveFields(plan.criteria, 'weight')) return 'impossible criteria';
  if (!positiveFields(plan.requirements, 'points')) return 'impossible requirements';
  if (!positiveFields(plan.deductions, 'points', 'max')) return 'impossible deductions';
  if (!Array.isArray(plan.vetoes) || !Array.isArray(plan.conditions))
    return 'impossible vetoes or conditions';
  return null;
}

function dataShape(type: string, data: Data): string | null {
  const direction = oneOf('atLeast', 'atMost');
  switch (type) {
    case 'unit.registered':
      return closed(data, aboutUnit, { since: isDay });
    case 'unit.changed':
      return closed(data, { unit: text }, { ...aboutUnit, since: isDay });
    case 'unit.closed':
      return closed(data, { unit: text, on: isDay, reason: text }, {});
    case 'plan.adopted':
      return planShape(data);
    case 'target.assigned':
      return closed(data, { unit: text, year, indicator: text, target: positive, direction }, {});
    case 'activity.recorded':
      return closed(data, { ...body, year }, extras);
    case 'activity.amended':
      return closed(data, body, extras);
    case 'activity.retracted':
    case 'activity.verified':
    case 'activity.rejected':
    case 'appeal.lodged':
      return closed(data, decision, {});
    case 'appeal.decided':
      return closed(data, { ...decision, outcome: oneOf('granted', 'dismissed') }, {});
    case 'selfinspection.submitted':
      return closed(data, { unit: text, year, criteria: selfScores }, {});
    case 'result.published':
      return closed(data, { year, until: isDay }, {});
    case 'note.written':
      return closed(data, { year, text, seenBy: Array.isArray }, { unit: text, about: isObject });
    case 'result.frozen':
    case 'commendation.awarded':
      return year(data.year) ? null : 'impossible year';
    default:
      return `unknown type ${type}`;
  }
}

/** What is wrong with the event's shape, or null. */
export function shapeObjection(event: Envelope): string | null {
  if (event.specversion !== '1.0') return 'impossible specversion';
  if (!text(event.id) || !text(event.source) || !text(event.type)) return 'impossible envelope';
  if (event.subject !== undefined && !text(event.subject)) return 'impossible subject';
  if (!isObject(event.data)) return 'impossible data';
  if (Number.isNaN(Date.parse(event.recordedtime))) return 'impossible recordedtime';
  return dataShape(event.type, event.data);
}

const senders: Record<string, 'organisation' | 'unit' | 'either'> = {
  'activity.recorded': 'either',
  'activity.amended': 'either',
  'activity.retracted': 'either',
  'appeal.lodged': 'unit',
  'selfinspection.submitted': 'unit',
};

export function maySend(event: Envelope): boolean {
  const who = senders[event.type] ?? 'organisation';
  const isUnit = event.source === `/units/${event.data.unit}`;
  const isOrganisation = event.source === '/organisation';
  return (isUnit && who !== 'organisation') || (isOrganisation && who !== 'unit');
}

/** The subject that the event must carry. */
export function rightSubject(event: Envelope): string {
  const unit = isObject(event.data) ? event.data.unit : undefined;
  return event.type !== 'plan.adopted' && typeof unit === 'string' ? unit : 'zone';
}
