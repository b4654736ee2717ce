import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { basis, planRef } from '#schemas/results/results.ts';

/** What every read says of itself: the stream position that it reflects (opaque). */
export const reflects = { watermark: z.string() };

/** What every answer about a plan's year says of itself, as rankings do. */
export const asked = {
  plan: planRef,
  basis,
  on: day,
  asOf: timestamp.nullable(),
  complete: z.boolean(),
  ...reflects,
};

/** How a unit is named beside its figures. */
export const named = { unit: z.string(), name: z.string(), group: z.string() };

/** Points of the total, up or down. */
export const change = z.number().min(-100).max(100);
export const score = z.number().min(0).max(100);
export const share = z.number().min(0).max(1);
