import { resolve } from 'node:path';
import { z } from 'zod';
import {
  type Environment,
  oneOf,
  readSettings,
  SettingsError,
  SHARED,
  storeUrl,
  streamUrl,
  url,
  whole,
} from '#ingest/process/settings.ts';
import { type ClaimRules, parseClaimRules } from './access/claims.ts';
import type { SingleSignOnSettings } from './access/singleSignOn.ts';
import { parseS3Url } from './attachments/s3Blobs.ts';
import { parseSigningKey } from './freeze/signing.ts';
import { type MailSettings, parseSender } from './news/mail.ts';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

const isIssuer = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
};

const settings = z.object({
  ...SHARED,
  PORT: whole(0, 65_535).default(8080),
  STREAM_URL: streamUrl(', or unset for the embedded log').optional(),
  STORE_URL: storeUrl(', or unset for the embedded chDB').optional(),
  INGEST: oneOf(['embedded', 'separate']).default('embedded'),
  ADMIN_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{32,512}$/, {
      error:
        'must be 32 to 512 letters, digits or signs without spaces, such as `openssl rand -hex 32` gives',
    })
    .optional(),
  PUBLIC_URL: url(['http:', 'https:'], 'https://wuxing.example.cn').optional(),
  TRUST_PROXY: whole(0, 10).default(0),
  UPLOAD_LIMIT_MB: whole(1, 1_024).default(32),
  ATTACHMENTS_URL: z
    .string()
    .refine((text) => parseS3Url(text) !== undefined, {
      error: 'must be s3://key:secret@host/bucket[/folder][?region=…&tls=false], or unset for DATA_DIR',
    })
    .optional(),
  ATTACHMENTS_UNIT_MB: whole(1, 1_048_576).default(2_048),
  VETO_SECOND_PERSON: oneOf(['0', '1']).default('0'),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.cn:587').optional(),
  MAIL_FROM: z
    .string()
    .max(300)
    .refine((text) => parseSender(text) !== undefined, {
      error: 'must be an address, or such as 五型 <wuxing@example.cn>',
    })
    .optional(),
  WEBHOOK_ALLOW_PRIVATE: oneOf(['0', '1']).default('0'),
  SESSION_HOURS: whole(1, 8_760).default(12),
  SESSION_IDLE_MINUTES: whole(1, 525_600).default(240),
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, { error: 'must be the https address of a provider (http on this machine alone)' })
    .optional(),
  OIDC_CLIENT_ID: z.string().max(500).optional(),
  OIDC_CLIENT_SECRET: z.string().max(2_000).optional(),
  OIDC_SCOPE: z
    .string()
    .regex(/(^| )openid( |$)/, { error: 'must have openid among its words' })
    .default('openid profile email'),
  OIDC_CLAIM: z.string().max(100).default('groups'),
  OIDC_ROLES: z
    .string()
    .transform((text, context): ClaimRules => {
      const rules = parseClaimRules(text);
      if (rules) return rules;
      context.addIssue({
        code: 'custom',
        message:
          'must be such as zuzhibu=organisation;lingdao=leader;jijian=reviewer:integrity+learning;farm-03=unit:farm-03:head',
      });
      return z.NEVER;
    })
    .optional(),
  OIDC_NAME: z.string().max(40).default('单点登录'),
  SIGNING_KEY: z
    .string()
    .refine((pem) => parseSigningKey(pem) !== undefined, { error: 'must be an Ed25519 private key in PEM' })
    .optional(),
});

/** What each setting means, for `--help` and the README's table. */
export const SETTINGS: readonly {
  name: keyof z.infer<typeof settings>;
  fallback: string;
  meaning: string;
}[] = [
  { name: 'PORT', fallback: '8080', meaning: 'port that the server listens on; 0 takes a free one' },
  { name: 'HOST', fallback: '127.0.0.1', meaning: 'address that the server listens on' },
  { name: 'DATA_DIR', fallback: './data', meaning: 'embedded stream and store, tokens, audit log' },
  {
    name: 'STREAM_URL',
    fallback: 'unset: embedded log',
    meaning: 'kafka://[user:password@]host:port[,host:port]/topic[?tls&sasl=…]',
  },
  {
    name: 'STORE_URL',
    fallback: 'unset: embedded chDB',
    meaning: 'http(s)://user:password@host:8123/database',
  },
  {
    name: 'STORE_CLUSTER',
    fallback: 'unset',
    meaning: 'ClickHouse cluster: replicated, distributed tables',
  },
  {
    name: 'INGEST',
    fallback: 'embedded',
    meaning: 'separate: the projection runs in another process (needs STREAM_URL and STORE_URL)',
  },
  {
    name: 'ADMIN_TOKEN',
    fallback: 'unset: made once and printed',
    meaning: 'a bearer token with the organisation role, at least 32 characters',
  },
  {
    name: 'PUBLIC_URL',
    fallback: 'unset: HOST and PORT',
    meaning: 'where people reach it: sign-in links begin with it, and https makes the cookie Secure',
  },
  {
    name: 'TRUST_PROXY',
    fallback: '0',
    meaning: 'number of reverse proxies in front, whose forwarded headers are believed',
  },
  { name: 'UPLOAD_LIMIT_MB', fallback: '32', meaning: 'largest request body, inflated' },
  {
    name: 'ATTACHMENTS_URL',
    fallback: 'unset: DATA_DIR',
    meaning:
      's3://key:secret@host/bucket[/folder][?region=…&tls=false]: where files that prove reports are kept',
  },
  {
    name: 'ATTACHMENTS_UNIT_MB',
    fallback: '2048',
    meaning: 'how much the files that prove what one unit reports may take, all together',
  },
  {
    name: 'VETO_SECOND_PERSON',
    fallback: '0',
    meaning: '1: a veto that somebody records counts only once another account has confirmed it',
  },
  {
    name: 'SMTP_URL',
    fallback: 'unset: no letters',
    meaning:
      'smtp[s]://[user:password@]host[:port]: the mail server for reminders; with a password only over TLS',
  },
  {
    name: 'MAIL_FROM',
    fallback: 'unset; goes with SMTP_URL',
    meaning: 'who letters come from: an address, or `五型 <wuxing@example.cn>`',
  },
  {
    name: 'WEBHOOK_ALLOW_PRIVATE',
    fallback: '0',
    meaning: '1: reminders may be posted to addresses inside the network, and over http',
  },
  { name: 'SESSION_HOURS', fallback: '12', meaning: 'how long a sign-in lasts' },
  {
    name: 'SESSION_IDLE_MINUTES',
    fallback: '240',
    meaning: 'how long a sign-in lasts without a request',
  },
  {
    name: 'OIDC_ISSUER',
    fallback: 'unset: no single sign-on',
    meaning: 'address of an OpenID Connect provider; it needs the next three',
  },
  { name: 'OIDC_CLIENT_ID', fallback: 'unset', meaning: 'what the provider knows us by' },
  { name: 'OIDC_CLIENT_SECRET', fallback: 'unset', meaning: 'our secret with the provider' },
  {
    name: 'OIDC_ROLES',
    fallback: 'unset',
    meaning:
      'which group gives which role: `zuzhibu=organisation;lingdao=leader;jijian=reviewer:integrity+learning;farm-03=unit:farm-03:head`',
  },
  { name: 'OIDC_CLAIM', fallback: 'groups', meaning: 'the claim that holds the groups' },
  { name: 'OIDC_SCOPE', fallback: 'openid profile email', meaning: 'what the provider is asked for' },
  { name: 'OIDC_NAME', fallback: '单点登录', meaning: 'what the button on the sign-in page says' },
  {
    name: 'SIGNING_KEY',
    fallback: 'made once in DATA_DIR',
    meaning: 'Ed25519 private key (PEM; line breaks may be written as \\n) that seals years',
  },
  { name: 'LOG_LEVEL', fallback: 'info', meaning: 'silent, error, warn, info or debug' },
];

export type Config = Readonly<{
  port: number;
  host: string;
  dataDir: string;
  streamUrl?: string;
  storeUrl?: string;
  storeCluster?: string;
  ingest: 'embedded' | 'separate';
  adminToken?: string;
  publicUrl?: string;
  trustProxy: number;
  uploadLimitMb: number;
  attachmentsUrl?: string;
  attachmentsUnitMb: number;
  /** Whether a veto waits until another account has confirmed it. */
  vetoSecondPerson: boolean;
  /** Undefined where no mail server is set. */
  mail?: MailSettings;
  webhookAllowPrivate: boolean;
  sessionHours: number;
  sessionIdleMinutes: number;
  /** Undefined where no provider is configured. */
  oidc?: SingleSignOnSettings;
  signingKey?: string;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}>;

/** Reads the settings out of an environment. Throws a `SettingsError` that names every setting at fault. */
export function readConfig(env: Environment): Config {
  const values = readSettings(settings, env);
  const config: Config = Object.freeze({
    port: values.PORT,
    host: values.HOST,
    dataDir: resolve(values.DATA_DIR),
    streamUrl: values.STREAM_URL,
    storeUrl: values.STORE_URL,
    storeCluster: values.STORE_CLUSTER,
    ingest: values.INGEST,
    adminToken: values.ADMIN_TOKEN,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ''),
    trustProxy: values.TRUST_PROXY,
    uploadLimitMb: values.UPLOAD_LIMIT_MB,
    attachmentsUrl: values.ATTACHMENTS_URL,
    attachmentsUnitMb: values.ATTACHMENTS_UNIT_MB,
    vetoSecondPerson: values.VETO_SECOND_PERSON === '1',
    mail: mailOf(values),
    webhookAllowPrivate: values.WEBHOOK_ALLOW_PRIVATE === '1',
    sessionHours: values.SESSION_HOURS,
    sessionIdleMinutes: values.SESSION_IDLE_MINUTES,
    oidc: singleSignOnOf(values),
    signingKey: values.SIGNING_KEY,
    logLevel: values.LOG_LEVEL,
  });
  refuseImpossible(config);
  return config;
}

/** All of it or nothing: a provider without rules would let in nobody, or everybody. */
function singleSignOnOf(values: z.infer<typeof settings>): SingleSignOnSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = values;
  const rules = values.OIDC_ROLES;
  if (!issuer && !clientId && !clientSecret && !rules) return undefined;
  if (!issuer || !clientId || !clientSecret || !rules)
    throw new SettingsError(
      'OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_ROLES go together; set all of them, or none',
    );
  const { OIDC_SCOPE: scope, OIDC_CLAIM: claim, OIDC_NAME: label } = values;
  return { issuer, clientId, clientSecret, scope, claim, rules, label };
}

/** Both or neither: a letter without a sender is taken by no server. */
function mailOf({ SMTP_URL, MAIL_FROM }: z.infer<typeof settings>): MailSettings | undefined {
  if (SMTP_URL !== undefined && MAIL_FROM !== undefined) return { url: SMTP_URL, from: MAIL_FROM };
  if (SMTP_URL === undefined && MAIL_FROM === undefined) return undefined;
  throw new SettingsError('SMTP_URL and MAIL_FROM go together; set both of them, or none');
}

function refuseImpossible(config: Config): void {
  if (config.ingest === 'separate' && !(config.streamUrl && config.storeUrl))
    throw new SettingsError('INGEST separate needs STREAM_URL and STORE_URL, which both processes share');
  if (config.storeCluster && !config.storeUrl) throw new SettingsError('STORE_CLUSTER needs STORE_URL');
}
