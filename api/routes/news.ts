import { z } from 'zod';
import type { Access } from '#api/access/access.ts';
import { ANY, ORGANISATION_ONLY } from '#api/access/principal.ts';
import { whole } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { publicRoute, type Route, route } from '#api/http/route.ts';
import type { News } from '#api/news/news.ts';
import {
  type Channel,
  channel,
  channelDone,
  deliveryList,
  type MailRequest,
  mailRequest,
  type NewsRequest,
  type NewsSettings,
  newsCount,
  newsList,
  newsPreferences,
  newsRequest,
  newsSettings,
  type ReadRequest,
  readRequest,
  token,
  type WebhookRequest,
  webhookMade,
  webhookRequest,
} from '#schemas/results/news.ts';

export type NewsRouteDeps = { news: News; access: Pick<Access, 'account' | 'audit'> };

const PAGE = 50;
const query = z.strictObject({
  limit: whole(1, 200).default(PAGE),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, { error: 'must be what an earlier page gave as nextCursor' })
    .optional(),
});
type Query = z.infer<typeof query>;

const spent = (): Problem =>
  new Problem('not-signed-in', 'This link is not valid, no longer valid, or was used already.');

/** What is new, for everybody as far as they may see it; and by which way it reaches them. */
export const newsRoutes = (deps: NewsRouteDeps): Route[] => [
  ...readingRoutes(deps),
  ...choiceRoutes(deps),
  ...linkRoutes(deps),
  ...deliveryRoutes(deps),
];

const readingRoutes = ({ news }: NewsRouteDeps): Route[] => [
  route<unknown, Query>({
    method: 'get',
    path: '/news',
    tag: 'news',
    roles: ANY,
    summary: 'What is new, the latest first',
    description:
      'A unit hears of itself, a reviewer of what they decide on, leaders and the department of the zone. Kept for 90 days.',
    query,
    answers: { 200: { description: 'News, each with whether it was read', schema: newsList } },
    handler: async ({ query: { limit, cursor }, principal }) => ({
      body: await news.list(principal, { limit, before: cursor === undefined ? undefined : Number(cursor) }),
    }),
  }),
  route({
    method: 'get',
    path: '/news/unread',
    tag: 'news',
    roles: ANY,
    summary: 'How much of it is unread',
    description: 'Counting ends at 100.',
    answers: { 200: { description: 'The count', schema: newsCount } },
    handler: async ({ principal }) => ({ body: { unread: await news.unread(principal) } }),
  }),
  route<unknown, unknown, ReadRequest>({
    method: 'put',
    path: '/news/read',
    tag: 'news',
    roles: ANY,
    summary: 'Mark as read: everything up to a place, or single pieces',
    body: { as: 'json', schema: readRequest },
    answers: { 200: { description: 'What is left', schema: newsCount } },
    async handler({ body, principal }) {
      await news.markRead(principal, body);
      return { body: { unread: await news.unread(principal) } };
    },
  }),
];

const choiceRoutes = ({ news }: NewsRouteDeps): Route[] => {
  const shared = {
    tag: 'news',
    roles: ANY,
    answers: { 200: { description: 'What is chosen', schema: newsPreferences } },
  } as const;
  return [
    route({
      ...shared,
      method: 'get',
      path: '/news/preferences',
      summary: 'How one’s own account is told of news',
      handler: ({ principal }) => ({ body: news.preferences(principal) }),
    }),
    route<unknown, unknown, NewsRequest>({
      ...shared,
      method: 'put',
      path: '/news/preferences',
      summary: 'Choose the language, the kinds, and at once or weekly (null: not at all) for each way',
      body: { as: 'json', schema: newsRequest },
      async handler({ body, principal, record }) {
        const preferences = await news.choose(principal, body);
        await record('news.chosen', { mail: body.mail, webhook: body.webhook });
        return { body: preferences };
      },
    }),
    route<unknown, unknown, MailRequest>({
      ...shared,
      method: 'put',
      path: '/news/mail',
      summary: 'Give a mail address: a link goes there, and nothing else before it is confirmed',
      body: { as: 'json', schema: mailRequest },
      async handler({ body, principal, record }) {
        const preferences = await news.setMail(principal, body);
        await record('news.address', { channel: 'mail', address: body.address });
        return { body: preferences };
      },
    }),
    route<unknown, unknown, WebhookRequest>({
      ...shared,
      method: 'put',
      path: '/news/webhook',
      summary: 'Give a webhook: a robot of WeCom or DingTalk, or a program that checks signatures',
      description:
        'Addresses that do not lead to the public internet are refused, when it is posted to, unless WEBHOOK_ALLOW_PRIVATE is set. A signed one follows the Standard Webhooks specification; the secret that it gets is shown this once.',
      body: { as: 'json', schema: webhookRequest },
      answers: { 200: { description: 'What is chosen, and the secret', schema: webhookMade } },
      async handler({ body, principal, record }) {
        const made = await news.setWebhook(principal, body);
        await record('news.address', { channel: 'webhook', target: made.preferences.webhook?.target });
        return { body: made };
      },
    }),
    route<{ channel: Channel }>({
      ...shared,
      method: 'delete',
      path: '/news/ways/:channel',
      summary: 'Forget an address',
      params: z.strictObject({ channel }),
      async handler({ params, principal, record }) {
        const preferences = await news.drop(principal, params.channel);
        await record('news.forgotten', { channel: params.channel });
        return { body: preferences };
      },
    }),
  ];
};

const linkRoutes = ({ news, access }: NewsRouteDeps): Route[] => {
  /** Whoever has the link is let in by it alone: the log names the account that it was sent to. */
  const spend = async (
    found: Awaited<ReturnType<News['confirm']>>,
    action: 'news.confirmed' | 'news.stopped',
    address: string | null,
  ) => {
    if (!found) throw spent();
    const { channel, account } = found;
    const person = access.account(account);
    const who = { id: account, label: person?.name ?? account, ...person?.rights };
    await access.audit.record(who, action, { channel }, address);
    return { body: { channel } };
  };
  const shared = { method: 'post', tag: 'news', roles: 'public', guarded: true } as const;
  return [
    publicRoute<unknown, unknown, { token: string }>({
      ...shared,
      path: '/news/confirmations',
      summary: 'Confirm an address with the link that was sent there',
      body: { as: 'json', schema: token },
      answers: { 200: { description: 'News go there from now on', schema: channelDone } },
      handler: async ({ body, from }) =>
        spend(await news.confirm(body.token), 'news.confirmed', from.address),
    }),
    publicRoute<unknown, unknown, { token: string }>({
      ...shared,
      path: '/news/stops',
      summary: 'Send nothing to an address any more, with the link of a message that came there',
      body: { as: 'json', schema: token },
      answers: { 200: { description: 'Nothing goes there', schema: channelDone } },
      handler: async ({ body, from }) => spend(await news.stop(body.token), 'news.stopped', from.address),
    }),
  ];
};

const deliveryRoutes = ({ news }: NewsRouteDeps): Route[] => {
  const shared = {
    tag: 'news',
    roles: ORGANISATION_ONLY,
    answers: { 200: { description: 'Messages, the latest first, and what is set', schema: deliveryList } },
  } as const;
  return [
    route({
      ...shared,
      method: 'get',
      path: '/news/deliveries',
      summary: 'What became of the messages: sent, waiting, failed and why',
      handler: () => ({ body: news.deliveries() }),
    }),
    route<{ id: number }>({
      ...shared,
      method: 'post',
      path: '/news/deliveries/:id/again',
      summary: 'Send a message again that did not arrive, or perhaps did not',
      params: z.strictObject({ id: whole(1, Number.MAX_SAFE_INTEGER) }),
      async handler({ params: { id }, record }) {
        const answer = await news.again(id);
        await record('news.again', { message: id });
        return { body: answer };
      },
    }),
    route<unknown, unknown, NewsSettings>({
      ...shared,
      method: 'put',
      path: '/news/settings',
      summary: 'Open or close letters and webhooks for everybody; which fall in rank is news',
      body: { as: 'json', schema: newsSettings },
      async handler({ body, record }) {
        const answer = await news.setSettings(body);
        await record('news.settings', body);
        return { body: answer };
      },
    }),
  ];
};
