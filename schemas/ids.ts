import { z } from 'zod';
import { hiddenIn, isVisible, NOTHING_TO_SEE } from './text.ts';

const CONTROL = /\p{Cc}/u;

const short = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text.trim() === text && !CONTROL.test(text), {
      error: 'must not begin or end with a space, nor hold control characters',
    })
    .refine(isVisible, { error: NOTHING_TO_SEE });

/** An id that holds what nobody sees looks like another one. */
const shown = (id: z.ZodString): z.ZodString =>
  id.refine((text) => hiddenIn(text) === undefined, {
    error: ({ input }) => `must not hold ${hiddenIn(String(input))}, which shows nothing`,
  });

/** What a step of a path means by itself: an id of this form would have no address. */
const STEPS = new Set(['.', '..']);

/** An id of what a plan lists (requirement, deduction, veto, condition). It stands in addresses. */
export const itemId = shown(short(64)).refine((id) => !STEPS.has(id) && !/\p{Cs}/u.test(id), {
  error: 'must not be "." or ".." nor hold half a character',
});

/**
 * An id of an open list (criterion, kind, form, group, indicator): plan and units define them. Addresses write
 * several of them in one text, `learning:20,unity:30`.
 */
export const openId = itemId.refine((id) => !/[\s,:]/u.test(id), {
  error: 'must not hold a comma, a colon or a space',
});

/**
 * A unit's id stands in paths and event sources, so it holds no slash, space or sign that a URL would have to escape;
 * without a letter or digit it could be a step of the path.
 */
export const unitId = shown(
  z
    .string()
    .regex(/^(?=.*[\p{L}\p{N}])[\p{L}\p{N}._~-]{1,64}$/u, {
      error: 'must be 1 to 64 letters, digits or any of . _ ~ - with a letter or digit among them',
    })
    .refine(isVisible, { error: NOTHING_TO_SEE }),
).refine((id) => id !== 'zone', { error: 'must not be "zone", which names the whole zone' });

export const activityId = short(128);

/** A team member is an opaque id (`m-07`), never a name. */
export const memberId = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, {
  error: 'must be an opaque id such as m-07, never a name',
});

/** A name or title for people to read, in one line. Spaces around it are left out, as around every text. */
export const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !CONTROL.test(text), { error: 'must not hold control characters' })
  .refine(isVisible, { error: NOTHING_TO_SEE });

/** Nothing at all is fine; what is written must be seen. */
export const prose = z
  .string()
  .trim()
  .max(4_000)
  .refine((text) => text === '' || isVisible(text), { error: NOTHING_TO_SEE });
/** A text that must say something; it may have line breaks. */
export const words = (max: number) =>
  z.string().trim().min(1).max(max).refine(isVisible, { error: NOTHING_TO_SEE });
export const reason = words(2_000);
/** Where a proof is found: an address, a file number. */
export const proof = z.string().trim().min(1).max(2_000).refine(isVisible, { error: NOTHING_TO_SEE });
