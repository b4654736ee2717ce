import { z } from 'zod';
import { timestamp } from './dates.ts';
import { year } from './plan.ts';

/**
 * The seal of a year: a short statement about its manifest (`manifest.ts`), and what is signed. A unit, which may
 * not see the others' rows, can thus check that its events and its row are in the result without the manifest.
 */

export const SEAL_FORMAT = 'wuxing-seal/1';

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, { error: 'must be a SHA-256 in hexadecimal' });

/** The seal of the same year before this one: its leaves are the first of ours. */
export const previousSeal = z.strictObject({ asOf: timestamp, events: z.int().min(0), root: sha256Hex });

/** More than so many records of a quarantine are no slip but a fault of a sender, to be mended first. */
export const MOST_SET_ASIDE = 500;

/**
 * A record that broke the rules and that the department has dealt with: sent again behind all others, or left aside for
 * a reason. It counts for nothing, and the seal names it so that nobody has to find it.
 */
export const setAside = z.strictObject({
  /** SHA-256 of its leaf, were it an event. */
  event: sha256Hex,
  how: z.enum(['replayed', 'dismissed']),
  reason: z.string().max(2_000),
});
export type SetAside = z.infer<typeof setAside>;

/** What the manifest says as well. */
export const sealCommon = {
  format: z.literal(SEAL_FORMAT),
  year,
  /** Version of the arithmetic. */
  scoring: z.string().min(1).max(64),
  /** What was recorded up to then is sealed. */
  asOf: timestamp,
  /** How many events, and the RFC 6962 root over them. */
  events: z.int().min(0),
  root: sha256Hex,
  previous: previousSeal.nullable(),
  /** Left out where nothing was in quarantine. */
  setAside: z.array(setAside).min(1).max(MOST_SET_ASIDE).optional(),
};

/** What is signed, in canonical form. */
export const seal = z.strictObject({
  ...sealCommon,
  plan: z.strictObject({ year, version: z.int().min(1) }),
  /** How many ranking rows, and the RFC 6962 root over them. */
  rows: z.strictObject({ count: z.int().min(0), root: sha256Hex }),
  /** SHA-256 of the canonical manifest. */
  manifest: sha256Hex,
});
export type Seal = z.infer<typeof seal>;

/** Ed25519 over the canonical seal (base64), and the public key (PEM). */
export const signed = { signature: z.string().min(1).max(200), publicKey: z.string().min(1).max(1_000) };
