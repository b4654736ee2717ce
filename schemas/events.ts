import { z } from 'zod';
import { actor, contentType, dataSchema, eventId, extension } from './cloudEvents.ts';
import { day, timestamp } from './dates.ts';
import { dictionary } from './dictionary.ts';
import { activityId, itemId, memberId, name, openId, proof, prose, reason, unitId, words } from './ids.ts';
import { decimal } from './numbers.ts';
import { plan, year } from './plan.ts';
import { seal, sha256Hex, signed } from './seal.ts';

/**
 * Every fact enters as an event and is never changed afterwards. The envelope is CloudEvents 1.0; `data` is a
 * closed object: what it does not name is refused.
 */

// --- data ---------------------------------------------------------------------------------------------------

const teamSize = z.int().min(1).max(1_000_000);

export const unitRegistered = z.strictObject({
  unit: unitId,
  name,
  group: openId,
  teamSize,
  head: memberId,
  since: day.optional(),
});

export const unitChanged = z.strictObject({
  unit: unitId,
  name: name.optional(),
  group: openId.optional(),
  teamSize: teamSize.optional(),
  head: memberId.optional(),
  since: day.optional(),
});

export const unitClosed = z.strictObject({ unit: unitId, on: day, reason });

export const targetAssigned = z.strictObject({
  unit: unitId,
  year,
  indicator: openId,
  target: decimal.refine((value) => value > 0, { error: 'must be greater than 0' }),
  direction: z.enum(['atLeast', 'atMost']),
});

const MOST_BYTES = 2 ** 40;

/** A file that proves it; the bytes are kept beside the stream, never in it. */
export const attachment = z.strictObject({
  sha256: sha256Hex,
  name,
  type: z
    .string()
    .max(100)
    .regex(/^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/, {
      error: 'must be a media type such as application/pdf',
    }),
  /** In bytes. */
  size: z.int().min(0).max(MOST_BYTES),
});
export type Attachment = z.infer<typeof attachment>;

/** What was done, as the kind asks for it. Which of the optional fields a kind needs, the plan says (`fit.ts`). */
const body = {
  kind: openId,
  occurredOn: day,
  title: name,
  quantity: decimal.optional(),
  due: decimal.optional(),
  done: decimal.optional(),
  members: z.array(memberId).max(10_000).optional(),
  form: openId.optional(),
  score: decimal.optional(),
  indicator: openId.optional(),
  value: decimal.optional(),
  ledByHead: z.boolean().optional(),
  evidence: z.array(proof).max(100).optional(),
  attachments: z.array(attachment).max(100).optional(),
  note: prose.optional(),
};
export const activityBody = z.strictObject(body);
export type ActivityBody = z.infer<typeof activityBody>;

const activityRecorded = z.strictObject({ activity: activityId, unit: unitId, year, ...body });
const activityAmended = z.strictObject({ activity: activityId, unit: unitId, ...body });
const activityReason = z.strictObject({ activity: activityId, unit: unitId, reason });

const appealDecided = z.strictObject({
  activity: activityId,
  unit: unitId,
  outcome: z.enum(['granted', 'dismissed']),
  reason,
});

const selfScore = decimal.refine((value) => value >= 0 && value <= 100, {
  error: 'must lie within 0 and 100',
});
const selfInspectionSubmitted = z.strictObject({
  unit: unitId,
  year,
  criteria: dictionary(openId, z.strictObject({ selfScore, shortcomings: prose, remedies: prose })),
});

/** The provisional result lies open to all units for objections, which are appeals, until the end of a day. */
const resultPublished = z.strictObject({ year, until: day });

/** Who reads a remark, beside the department: `unit` is the unit that it is about, or every one. */
export const READERS = ['leader', 'reviewer', 'unit'] as const;

/** A number that a remark is about: of the unit, or of the zone where it names none. */
export const noteAbout = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('requirement'), id: itemId }),
  z.strictObject({ of: z.literal('criterion'), id: openId }),
  z.strictObject({ of: z.literal('trend') }),
  z.strictObject({ of: z.literal('gaps') }),
]);

/** A leader's remark on a unit, or on the whole zone, or on a number of theirs (`about`). It moves no score. */
export const noteWritten = z.strictObject({
  unit: unitId.optional(),
  year,
  about: noteAbout.optional(),
  text: words(4_000),
  seenBy: z
    .array(z.enum(READERS))
    .max(READERS.length)
    .refine((readers) => new Set(readers).size === readers.length, { error: 'must not name anybody twice' }),
});

/** The seal of a year. The manifest that it vouches for can be made again from the events. */
const resultFrozen = z.strictObject({
  ...seal.shape,
  ...signed,
  /** How far the stream had been read. It means nothing in another stream, to which events may have moved. */
  watermark: z.string().max(100_000),
});

const commendationAwarded = z.strictObject({
  year,
  unit: unitId,
  honour: name,
  reason,
  /** True where an award given earlier is taken back. */
  withdrawn: z.boolean().optional(),
});

// --- envelope -----------------------------------------------------------------------------------------------

const DATA = {
  'unit.registered': unitRegistered,
  'unit.changed': unitChanged,
  'unit.closed': unitClosed,
  'plan.adopted': plan,
  'target.assigned': targetAssigned,
  'activity.recorded': activityRecorded,
  'activity.amended': activityAmended,
  'activity.retracted': activityReason,
  'activity.verified': activityReason,
  'activity.rejected': activityReason,
  'appeal.lodged': activityReason,
  'appeal.decided': appealDecided,
  'selfinspection.submitted': selfInspectionSubmitted,
  'result.published': resultPublished,
  'note.written': noteWritten,
  'result.frozen': resultFrozen,
  'commendation.awarded': commendationAwarded,
} as const;

export type EventType = keyof typeof DATA;
export const EVENT_TYPES = Object.keys(DATA) as EventType[];

/** The subject of plans and sealed results: they concern no single unit. */
export const ZONE = 'zone';
export const ORGANISATION = '/organisation';
export const unitSource = (unit: string): string => `/units/${unit}`;

const source = z.string().regex(/^(\/organisation|\/units\/[^/\s]{1,64})$/u, {
  error: 'must be /organisation or /units/<unit>',
});

const attributes = {
  specversion: z.literal('1.0', { error: 'must be "1.0"' }),
  id: eventId,
  source,
  subject: z.string().min(1).max(64),
  time: timestamp.optional(),
  datacontenttype: contentType.optional(),
  dataschema: dataSchema.optional(),
  recordedtime: timestamp.optional(),
  actor: actor.optional(),
};

const envelopeOf = <T extends EventType>(type: T) =>
  z.object({ ...attributes, type: z.literal(type), data: DATA[type] }).catchall(extension);

const members = EVENT_TYPES.map((type) => envelopeOf(type));

export const envelope = z.discriminatedUnion('type', members as [(typeof members)[number]]);

/** `recordedtime` is the server's own clock at intake, never decreasing within a subject. */
type Attributes = z.infer<z.ZodObject<typeof attributes>>;
type EnvelopeOf<T extends EventType> = T extends EventType
  ? Attributes & { type: T; data: z.infer<(typeof DATA)[T]> }
  : never;

/** A checked event, discriminated by `type`. */
export type WuxingEvent = EnvelopeOf<EventType>;
export type EventOf<T extends EventType> = Extract<WuxingEvent, { type: T }>;

/** An envelope as it goes into the stream: checked by a door of ours, dated, with extension attributes allowed. */
export type Envelope = WuxingEvent & { recordedtime: string };

/** Events which only the server writes: on the department's order, or for whoever is signed in. */
export const SERVER_ONLY: ReadonlySet<EventType> = new Set([
  'result.frozen',
  'commendation.awarded',
  'note.written',
]);

/** Who may send which type (docs/events.md); types not named here are the organisation's alone. */
export const UNIT_MAY_SEND: ReadonlySet<EventType> = new Set([
  'activity.recorded',
  'activity.amended',
  'activity.retracted',
  'appeal.lodged',
  'selfinspection.submitted',
]);
export const ORGANISATION_MAY_NOT_SEND: ReadonlySet<EventType> = new Set([
  'appeal.lodged',
  'selfinspection.submitted',
]);

/** The subject that an event must have: its unit, or `zone` for plans and sealed results. */
export const subjectOf = (event: { type: EventType; data: object }): string =>
  'unit' in event.data && typeof event.data.unit === 'string' ? event.data.unit : ZONE;
