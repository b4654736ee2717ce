import { z } from 'zod';
import { planRef } from '#schemas/results/results.ts';
import { reflects } from './answer.ts';

/** What the form of a report can be filled in with: what the unit was assigned, and what it has reported already. */
export const reportHints = z.strictObject({
  unit: z.string(),
  name: z.string(),
  teamSize: z.int(),
  head: z.string(),
  /** Of each kind that targets are measured by; `value`: the latest reported. */
  targets: z.array(
    z.strictObject({
      kind: z.string(),
      indicator: z.string(),
      direction: z.enum(['atLeast', 'atMost']),
      target: z.number(),
      value: z.number().nullable(),
    }),
  ),
  /** The forms of each kind of which something counts already. */
  forms: z.array(z.strictObject({ kind: z.string(), forms: z.array(z.string()) })),
  /** The members named in reports of the year, by kind. */
  members: z.array(z.strictObject({ kind: z.string(), members: z.array(z.string()) })),
  plan: planRef,
  ...reflects,
});
export type ReportHints = z.infer<typeof reportHints>;
