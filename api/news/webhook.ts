import { createHmac } from 'node:crypto';
import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { WebhookType } from '#schemas/results/news.ts';
import { fault, type Mark, type Outcome } from './outcome.ts';
import { isPublicAddress, type Lookup, NotPublic, publicLookup } from './publicAddress.ts';

/** A post to a group chat's robot, or to any program. Redirects are never followed: nobody is led inside by one. */

export type Post = {
  type: WebhookType;
  url: string;
  secret: string | null;
  /** Names the message for ever, so that a receiver can tell when it is handed it twice. */
  id: string;
  /** For people in a chat. */
  text: string;
  /** For programs. */
  data: object;
  at: number;
};

export type Poster = (post: Post, mark: Mark) => Promise<Outcome>;

const PATIENCE_MS = 10_000;
const MOST_ANSWERED = 16_384;
/** WeCom counts bytes of a text, and takes no more than these. DingTalk takes 20,000 of the whole. */
const MOST_BYTES: Record<WebhookType, number> = { wecom: 2_048, dingtalk: 16_000, signed: 0 };

/** So much of a text as fits, whole lines only; the last line, which leads back, always stays. */
export function fittingText(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  while (lines.length > 1 && Buffer.byteLength([...lines, '…', last].join('\n')) > most) lines.pop();
  const whole = [...lines, '…', last].join('\n');
  return Buffer.byteLength(whole) <= most ? whole : last;
}

/** DingTalk's "additional signature": base64 of HMAC-SHA256 over `timestamp\nsecret`, keyed with the secret. */
export function dingTalkUrl(url: string, secret: string | null, at: number): URL {
  const to = new URL(url);
  if (secret === null) return to;
  const sign = createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64');
  to.searchParams.set('timestamp', String(at));
  to.searchParams.set('sign', sign);
  return to;
}

/** The Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body`, the key in base64 behind `whsec_`. */
export function signature(
  secret: string,
  { id, at, body }: { id: string; at: number; body: string },
): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const seconds = Math.floor(at / 1_000);
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

function madeOf({ type, url, secret, id, text, data, at }: Post): {
  to: URL;
  body: string;
  headers: Record<string, string>;
} {
  if (type === 'signed') {
    const body = JSON.stringify(data);
    return {
      to: new URL(url),
      body,
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at / 1_000)),
        ...(secret === null ? {} : { 'webhook-signature': signature(secret, { id, at, body }) }),
      },
    };
  }
  const body = JSON.stringify({ msgtype: 'text', text: { content: fittingText(text, MOST_BYTES[type]) } });
  return { to: type === 'dingtalk' ? dingTalkUrl(url, secret, at) : new URL(url), body, headers: {} };
}

/** Robots answer 200 whatever happens; the code in the answer says what did. */
function robotOutcome(text: string): Outcome {
  let errcode: unknown;
  try {
    ({ errcode } = JSON.parse(text) as { errcode?: unknown });
  } catch {
    return { state: 'uncertain', fault: fault('no-answer', text) };
  }
  if (errcode === 0) return { state: 'sent' };
  // Too many messages in a minute, or the system is busy: it has not been posted.
  const busy = [-1, 45009, 130101, 410100, 660026].includes(errcode as number);
  return { state: busy ? 'again' : 'failed', fault: fault('refused', text) };
}

function outcomeOf(type: WebhookType, status: number, text: string): Outcome {
  if (status >= 300 && status < 400) return { state: 'failed', fault: fault('redirected', String(status)) };
  if (status >= 200 && status < 300) return type === 'signed' ? { state: 'sent' } : robotOutcome(text);
  const said = fault('refused', `${status} ${text}`);
  const busy = status >= 500 || status === 429 || status === 408;
  return { state: busy ? 'again' : 'failed', fault: said };
}

export function createPoster({
  allowPrivate,
  lookup,
  patienceMs = PATIENCE_MS,
}: {
  allowPrivate: boolean;
  lookup?: Lookup;
  patienceMs?: number;
}): Poster {
  const open = (to: URL, headers: Record<string, string>): ClientRequest =>
    (to.protocol === 'https:' ? requestHttps : requestHttp)(to, {
      method: 'POST',
      headers,
      // A connection of its own: one that was kept open would go where an earlier look-up led.
      agent: false,
      ...(allowPrivate && !lookup ? {} : { lookup: allowPrivate ? undefined : publicLookup(lookup) }),
    });

  return async (post, mark) => {
    const { to, body, headers } = madeOf(post);
    if (!allowPrivate) {
      if (to.protocol !== 'https:') return { state: 'failed', fault: fault('not-secure') };
      const literal = to.hostname.replace(/^\[(.*)\]$/, '$1');
      // A socket looks up no name for an address that is written out.
      if (isIP(literal) !== 0 && !isPublicAddress(literal))
        return { state: 'failed', fault: fault('private-address', literal) };
    }
    let marked = false;
    const sending = open(to, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'wuxing',
      ...headers,
    });
    const patience = setTimeout(() => sending.destroy(new Error('no answer in time')), patienceMs);
    try {
      const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
        sending.once('error', reject);
        sending.once('response', (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
            if (text.length > MOST_ANSWERED) {
              resolve({ status: response.statusCode ?? 0, text: text.slice(0, MOST_ANSWERED) });
              sending.destroy();
            }
          });
          response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
          response.once('error', reject);
        });
        sending.once('socket', (socket) => {
          socket.once(to.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
            // Nothing of the message goes out before the mark is on disk.
            mark()
              .then((mine) => {
                if (!mine) throw new Error('another server has taken over');
                marked = true;
                sending.end(body);
              })
              .catch(reject);
          });
        });
        // Opens the connection; headers go out with the body.
      });
      return outcomeOf(post.type, status, text);
    } catch (error) {
      return failureOf(post.type, error as NodeJS.ErrnoException, marked);
    } finally {
      clearTimeout(patience);
      sending.destroy();
    }
  };
}

function failureOf(type: WebhookType, error: NodeJS.ErrnoException, marked: boolean): Outcome {
  if (error instanceof NotPublic) return { state: 'failed', fault: fault('private-address', error.message) };
  if (!marked) return { state: 'again', away: true, fault: fault('unreachable', error.message) };
  const silent = fault('no-answer', error.message);
  // A program can tell by the id that it has a message already; people in a chat would read it twice.
  return type === 'signed'
    ? { state: 'again', away: true, fault: silent }
    : { state: 'uncertain', fault: silent };
}
