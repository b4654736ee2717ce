import { z } from 'zod';
import { shapeSentence } from '#schemas/shapeWords.ts';

/**
 * Settings come from the environment, are parsed once, and refused with what is allowed before anything is opened.
 * An empty variable counts as unset.
 */

/** Settings that are refused; the message names every one at fault. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(...faults: string[]) {
    super(`Settings refused:\n  ${faults.join('\n  ')}`);
  }
}

export const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, { error: `must be a whole number from ${min} to ${max}` })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error: `must lie within ${min} and ${max}` });

export const url = (protocols: readonly string[], example: string) => {
  const error = `must be such as ${example}`;
  return z
    .string({ error })
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), { error });
};

export const oneOf = <const T extends readonly [string, ...string[]]>(options: T) =>
  z.enum(options, { error: `must be one of ${options.join(', ')}` });

/**
 * Where the stream is. Brokers are a list (`host:port,host:port`), which no URL parser takes: the stream's adapter reads
 * the rest. `otherwise`: what else the setting may be.
 */
export function streamUrl(otherwise = '') {
  const error = `must be kafka://[user:password@]host:port[,host:port]/topic[?tls&sasl=…]${otherwise}`;
  return z.string({ error }).regex(/^kafka:\/\/[^/\s]+\/[A-Za-z0-9._-]{1,249}(\?\S*)?$/, { error });
}

export const storeUrl = (otherwise = '') =>
  url(['http:', 'https:'], `http(s)://user:password@host:8123/database${otherwise}`);

/** What every process of ours is told. */
export const SHARED = {
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  STORE_CLUSTER: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/, { error: 'must be the name of a ClickHouse cluster' })
    .optional(),
  LOG_LEVEL: oneOf(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings out of an environment. Throws a `SettingsError`. */
export function readSettings<S extends z.ZodRawShape>(
  settings: z.ZodObject<S>,
  env: Environment,
): z.infer<z.ZodObject<S>> {
  const given = Object.fromEntries(Object.keys(settings.shape).map((name) => [name, env[name] || undefined]));
  const parsed = settings.safeParse(given, { error: shapeSentence });
  if (parsed.success) return parsed.data;
  throw new SettingsError(...parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`));
}
