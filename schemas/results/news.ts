import { z } from 'zod';
import { day, timestamp } from '#schemas/dates.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import { bilingual } from '#schemas/plan.ts';

/** News: what somebody should hear of without asking. */

const unit = z.strictObject({ unit: z.string(), name: z.string() });
const count = z.int().min(0);

/** Something that is due on the day that the news is about. */
export const owedItem = z.strictObject({
  of: z.enum(['requirement', 'condition']),
  id: z.string(),
  criterion: z.string().nullable(),
  name: bilingual.nullable(),
  clause: z.string(),
  kind: z.string(),
  window: z.string(),
  /** Units that still owe it: 1 where the news is about one unit. */
  owing: count,
});
export type OwedItem = z.infer<typeof owedItem>;

const year = z.int();
/** `about`: the unit that owes it; null where the whole zone is spoken of. */
const deadline = { year, due: day, about: unit.nullable(), owed: z.array(owedItem).min(1) };
const decided = {
  year,
  about: unit,
  activity: z.string(),
  title: z.string(),
  of: z.string(),
  reason: z.string(),
};

export const newsBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('due'), ...deadline, days: z.literal([7, 1, 0]) }),
  z.strictObject({ kind: z.literal('overdue'), ...deadline }),
  z.strictObject({ kind: z.literal('rejected'), ...decided }),
  z.strictObject({ kind: z.literal('appeal'), ...decided, outcome: z.enum(['granted', 'dismissed']) }),
  z.strictObject({
    kind: z.literal('veto'),
    year,
    about: unit,
    veto: z.string(),
    name: bilingual.nullable(),
    of: z.string(),
    cap: z.number(),
    /** It stands no longer: it was withdrawn, or an appeal waived it. */
    lifted: z.boolean().default(false),
  }),
  /** A place among those who can be commended. `rank`: now; `why`: what took it. */
  z.strictObject({
    kind: z.literal('quota'),
    year,
    about: unit,
    rank: z.int().nullable(),
    why: z.enum(['rank', 'not-eligible']),
  }),
  /** `since`: the day on which it had the better rank; `replanned`: another version of the plan came in between. */
  z.strictObject({
    kind: z.literal('rank'),
    year,
    about: unit,
    before: z.int(),
    after: z.int(),
    since: day,
    replanned: z.boolean(),
  }),
  /** What waits in the inbox, once a week; `account`: the reviewer whose it is, null for the department. */
  z.strictObject({
    kind: z.literal('waiting'),
    year,
    account: z.string().nullable(),
    verification: count,
    appeals: count,
    quarantine: count,
  }),
  z.strictObject({
    kind: z.literal('publication'),
    year,
    stage: z.enum(['opened', 'ending']),
    until: day,
    daysLeft: count,
  }),
]);
export type NewsBody = z.infer<typeof newsBody>;
export type NewsOf<K extends NewsBody['kind']> = Extract<NewsBody, { kind: K }>;

export const NEWS_KINDS = [
  'due',
  'overdue',
  'rejected',
  'appeal',
  'veto',
  'quota',
  'rank',
  'waiting',
  'publication',
] as const satisfies readonly NewsBody['kind'][];
export const newsKind = z.enum(NEWS_KINDS);
export type NewsKind = z.infer<typeof newsKind>;

/** As a reader sees it: `seq` is its place, later ones are greater. */
export const newsItem = z.strictObject({
  seq: z.int(),
  at: timestamp,
  unread: z.boolean(),
  body: newsBody,
});
export type NewsItem = z.infer<typeof newsItem>;

export const newsList = z.strictObject({
  items: z.array(newsItem),
  /** Of all that the reader may see; counting ends at `MOST_COUNTED`. */
  unread: count,
  nextCursor: z.string().nullable(),
});
export type NewsList = z.infer<typeof newsList>;
export const MOST_COUNTED = 100;

export const newsCount = z.strictObject({ unread: count });

/** Everything up to a place, or single items. */
export const readRequest = z.strictObject({
  upTo: z.int().min(0).optional(),
  items: z.array(z.int().min(1)).max(500).optional(),
});
export type ReadRequest = z.infer<typeof readRequest>;

// --- by which way it comes ----------------------------------------------------------------------------------

/** At once, or all of a week together. */
export const when = z.enum(['at-once', 'weekly']);
export type When = z.infer<typeof when>;
export const channel = z.enum(['mail', 'webhook']);
export type Channel = z.infer<typeof channel>;
/** Robots of group chats, or any program that checks the signature (standardwebhooks.com). */
export const webhookType = z.enum(['wecom', 'dingtalk', 'signed']);
export type WebhookType = z.infer<typeof webhookType>;

/** One address as a mail server takes it, and nothing else: no name, no list, no comment. */
export const mailAddress = z
  .string()
  .max(254)
  .regex(/^[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9-]{1,63}$/, {
    error: 'must be a mail address such as name@example.cn',
  });

export const webhookUrl = z
  .string()
  .max(2_000)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: 'must be an http or https address',
  })
  .refine((text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''), {
    error: 'must not hold a user name or password',
  });

/** How somebody wants to hear of news. */
export const newsRequest = z.strictObject({
  language: z.enum(LANGUAGES),
  kinds: z.array(newsKind).max(NEWS_KINDS.length),
  mail: when.nullable(),
  webhook: when.nullable(),
});
export type NewsRequest = z.infer<typeof newsRequest>;

/** In which language the link comes; kept where nothing was chosen before. */
const language = z.enum(LANGUAGES).optional();
export const mailRequest = z.strictObject({ address: mailAddress, language });
export type MailRequest = z.infer<typeof mailRequest>;
export const webhookRequest = z.strictObject({
  type: webhookType,
  url: webhookUrl,
  /** What the messages are signed with; a signed one gets one where none is given. */
  secret: z.string().min(1).max(200).optional(),
  language,
});
export type WebhookRequest = z.infer<typeof webhookRequest>;

/** `target`: where it goes, without what would let somebody else post there. */
const way = { target: z.string(), confirmed: z.boolean(), when: when.nullable() };
export const newsPreferences = z.strictObject({
  language: z.enum(LANGUAGES),
  kinds: z.array(newsKind),
  /** null where no address is given. */
  mail: z.strictObject(way).nullable(),
  webhook: z.strictObject({ ...way, type: webhookType }).nullable(),
  /** Which ways the department has opened. */
  open: z.strictObject({ mail: z.boolean(), webhook: z.boolean() }),
});
export type NewsPreferences = z.infer<typeof newsPreferences>;
/** The secret of a signed webhook, shown once. */
export const webhookMade = z.strictObject({ preferences: newsPreferences, secret: z.string().nullable() });

export const token = z.strictObject({ token: z.string().min(1).max(200) });
export const channelDone = z.strictObject({ channel });

// --- what became of it --------------------------------------------------------------------------------------

/** `uncertain`: it may have arrived; it is not sent again by itself. `dropped`: nobody wants it any more. */
export const deliveryState = z.enum(['waiting', 'sending', 'sent', 'uncertain', 'failed', 'dropped']);
export type DeliveryState = z.infer<typeof deliveryState>;

/** Why it has not arrived, in a word; `said`: what the other side answered. */
export const deliveryFault = z.strictObject({
  why: z.enum([
    'unreachable',
    'no-answer',
    'refused',
    'redirected',
    'private-address',
    'not-secure',
    'too-late',
    'interrupted',
  ]),
  said: z.string(),
});
export type DeliveryFault = z.infer<typeof deliveryFault>;

export const deliveryRow = z.strictObject({
  id: z.int(),
  person: z.string(),
  channel,
  of: z.enum(['confirm', 'at-once', 'weekly']),
  target: z.string(),
  news: count,
  state: deliveryState,
  tries: count,
  fault: deliveryFault.nullable(),
  createdAt: timestamp,
  nextAt: timestamp.nullable(),
  sentAt: timestamp.nullable(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;

export const newsSettings = z.strictObject({
  mail: z.boolean(),
  webhook: z.boolean(),
  /** A rank that fell by more places than that is news. */
  fallBy: z.int().min(1).max(1_000),
});
export type NewsSettings = z.infer<typeof newsSettings>;

export const deliveryList = z.strictObject({
  /** The latest first. */
  deliveries: z.array(deliveryRow),
  counts: z.record(deliveryState, count),
  settings: newsSettings,
  /** Whether a mail server and a sender are set (`SMTP_URL`, `MAIL_FROM`). */
  mailReady: z.boolean(),
});
export type DeliveryList = z.infer<typeof deliveryList>;
