import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Lookup } from '#api/news/publicAddress.ts';
import { createPoster, type Post, signature } from '#api/news/webhook.ts';

type Got = { path: string; headers: IncomingHttpHeaders; body: string };

/** A receiver on a port of its own, which answers as the test says. */
let server: Server;
let url = '';
let got: Got[] = [];
let connections = 0;
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  [got, connections] = [[], 0];
  answer = (response) => response.end(JSON.stringify({ errcode: 0, errmsg: 'ok' }));
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      got.push({ path: request.url ?? '', headers: request.headers, body });
      answer(response);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const AT = Date.parse('2026-09-24T01:00:00Z');
const post = (more: Partial<Post> = {}): Post => ({
  type: 'wecom',
  url,
  secret: null,
  id: 'msg_1',
  text: '五型：有 1 条新消息\nhttps://wuxing.example.cn/news',
  data: { type: 'news', news: [] },
  at: AT,
  ...more,
});
const inside = createPoster({ allowPrivate: true, patienceMs: 300 });
const yes = async (): Promise<boolean> => true;

describe('what a webhook gets', () => {
  it('is for WeCom and DingTalk a text as their robots take it, for DingTalk signed in the address', async () => {
    expect(await inside(post(), yes)).toEqual({ state: 'sent' });
    expect(
      await inside(post({ type: 'dingtalk', secret: 'SECx', url: `${url}?access_token=t` }), yes),
    ).toEqual({
      state: 'sent',
    });
    const [wecom, dingtalk] = got;
    for (const one of [wecom, dingtalk])
      expect(JSON.parse(one?.body ?? '')).toEqual({ msgtype: 'text', text: { content: post().text } });
    const query = new URL(dingtalk?.path ?? '', url).searchParams;
    expect([query.get('access_token'), query.get('timestamp')]).toEqual(['t', String(AT)]);
    expect(query.get('sign')).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  it('is for a program its data, with a signature over exactly the bytes that came', async () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    answer = (response) => response.writeHead(204).end();
    expect(await inside(post({ type: 'signed', secret }), yes)).toEqual({ state: 'sent' });
    const { headers, body } = got[0] as Got;
    expect(headers['webhook-id']).toBe('msg_1');
    expect(headers['webhook-signature']).toBe(signature(secret, { id: 'msg_1', at: AT, body }));
    expect(JSON.parse(body)).toEqual(post().data);
  });
});

describe('what becomes of an answer', () => {
  it.each([
    ['the robot says that there are too many', 200, '{"errcode":45009}', 'again', 'refused'],
    ['the robot says that its key is wrong', 200, '{"errcode":93000}', 'failed', 'refused'],
    ['a proxy answers for the robot', 200, '<html>', 'uncertain', 'no-answer'],
    ['it is not there for good', 404, '', 'failed', 'refused'],
    ['it has trouble', 503, '', 'again', 'refused'],
  ])('%s', async (_, status, text, state, why) => {
    answer = (response) => response.writeHead(status).end(text);
    expect(await inside(post(), yes)).toMatchObject({ state, fault: { why } });
  });

  it('one that never answers holds nobody up: a chat is not written to again, a program is, under the same id', async () => {
    answer = () => {};
    const began = performance.now();
    expect(await inside(post(), yes)).toMatchObject({ state: 'uncertain', fault: { why: 'no-answer' } });
    expect(await inside(post({ type: 'signed' }), yes)).toMatchObject({ state: 'again', away: true });
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('one that answers drop by drop and without end is given up', async () => {
    let timer: NodeJS.Timeout | undefined;
    answer = (response) => {
      response.writeHead(200);
      timer = setInterval(() => response.write('.'), 20);
    };
    expect(await inside(post(), yes)).toMatchObject({ state: 'uncertain' });
    clearInterval(timer);
    answer = (response) => response.end('x'.repeat(1_000_000));
    expect(await inside(post(), yes)).toMatchObject({ state: 'uncertain' });
  });

  it('one that redirects, inwards or anywhere, is not followed', async () => {
    answer = (response) => response.writeHead(307, { location: `${url}/inside` }).end();
    expect(await inside(post(), yes)).toMatchObject({ state: 'failed', fault: { why: 'redirected' } });
    expect(got.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('where nobody listens it is tried again; where another server has taken over nothing goes out', async () => {
    expect(await inside(post(), async () => false)).toMatchObject({ state: 'again' });
    expect(got).toEqual([]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await inside(post(), yes)).toMatchObject({
      state: 'again',
      away: true,
      fault: { why: 'unreachable' },
    });
    server.listen(0);
    await once(server, 'listening');
  });
});

describe('where private addresses are not allowed', () => {
  const leading = (address: string): { lookup: Lookup; asked: () => number } => {
    let asked = 0;
    return {
      asked: () => asked,
      lookup: (_, tell) => {
        asked += 1;
        tell(null, [{ address, family: 4 }]);
      },
    };
  };

  it.each([
    'https://127.0.0.1',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://169.254.169.254',
    'https://2130706433',
    'https://0x7f.1',
    'https://10.0.0.1',
  ])('%s is refused before anything is opened', async (base) => {
    const poster = createPoster({ allowPrivate: false, patienceMs: 300 });
    const refused = await poster(post({ url: `${base}:${new URL(url).port}/hook` }), yes);
    expect(refused).toMatchObject({ state: 'failed', fault: { why: 'private-address' } });
    expect(connections).toBe(0);
  });

  it('http is refused', async () => {
    const poster = createPoster({ allowPrivate: false, patienceMs: 300 });
    expect(await poster(post(), yes)).toMatchObject({ state: 'failed', fault: { why: 'not-secure' } });
  });

  it('a name that leads inside is refused, and looked up once: it cannot be bound anew behind the check', async () => {
    const direct = leading('127.0.0.1');
    const poster = createPoster({ allowPrivate: false, lookup: direct.lookup, patienceMs: 300 });
    const to = `https://hook.example:${new URL(url).port}/hook`;
    expect(await poster(post({ url: to }), yes)).toMatchObject({
      state: 'failed',
      fault: { why: 'private-address' },
    });
    // What is looked up is what is connected to: no second answer can differ from the one that was checked.
    expect(direct.asked()).toBe(1);
    expect(connections).toBe(0);
  });
});
