import { z } from 'zod';
import { day } from '#schemas/dates.ts';
import { bilingual } from '#schemas/plan.ts';
import { asked, named } from './answer.ts';

/** A unit that has not done what is due, and how far it is. */
export const debtor = z.strictObject({ ...named, actual: z.number(), required: z.number() });
export type Debtor = z.infer<typeof debtor>;

/** Something that the plan asks for by a day. */
export const obligation = z.strictObject({
  due: day,
  of: z.enum(['requirement', 'condition']),
  id: z.string(),
  criterion: z.string().nullable(),
  name: bilingual.nullable(),
  clause: z.string(),
  kind: z.string(),
  /** `2026-Q3`; conditions and measures without windows have the year. */
  window: z.string(),
  /** The first day on which it can be done. */
  from: day,
  /** True once the day is over: what is owed then has been missed. */
  over: z.boolean(),
  /** Units of which it is asked, and those that still owe it. */
  asked: z.int(),
  owing: z.int(),
  /** Those that owe it, by rank; at most as many as were asked for. */
  units: z.array(debtor),
});
export type Obligation = z.infer<typeof obligation>;

export const agenda = z.strictObject({
  /** By due day, then in plan order. */
  obligations: z.array(obligation),
  from: day,
  to: day,
  ...asked,
});
export type Agenda = z.infer<typeof agenda>;
