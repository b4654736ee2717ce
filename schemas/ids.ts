import { z } from 'zod';

const CONTROL = /\p{Cc}/u;

const short = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text.trim() === text && !CONTROL.test(text), {
      error: 'must not begin or end with a space, nor hold control characters',
    });

/** An id of an open list (kind, form, group, criterion, indicator …): plan and units define them. */
export const openId = short(64);

/** A unit's id stands in paths and event sources, so it holds no slash, space or sign that a URL would have to escape. */
export const unitId = z
  .string()
  .regex(/^[\p{L}\p{N}._~-]{1,64}$/u, {
    error: 'must be 1 to 64 letters, digits or any of . _ ~ -',
  })
  .refine((id) => id !== 'zone', { error: 'must not be "zone", which names the whole zone' });

export const activityId = short(128);

/** A team member is an opaque id (`m-07`), never a name. */
export const memberId = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, {
  error: 'must be an opaque id such as m-07, never a name',
});

/** A name or title for people to read. */
export const name = short(200);

export const prose = z.string().max(4_000);
export const reason = z.string().trim().min(1).max(2_000);
