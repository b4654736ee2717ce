import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StubApp, startStubApp } from '#test/support/stubApp.ts';

/** What becomes of a connection on which an answer went out before its request was there, as sockets see it. */

let app: StubApp;
beforeAll(async () => {
  app = await startStubApp();
});
afterAll(() => app.stop());

type Line = {
  socket: Socket;
  /** All that came so far. */
  heard(): string;
  /** Resolves with how it ended: in order, or with the code of an error. */
  ended: Promise<string>;
};

async function dial(): Promise<Line> {
  const { hostname, port } = new URL(app.url);
  const socket = connect({ host: hostname, port: Number(port) });
  let heard = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    heard += piece;
  });
  const ended = new Promise<string>((resolve) => {
    socket.once('end', () => resolve('in order'));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  await once(socket, 'connect');
  return { socket, heard: () => heard, ended };
}

const head = (lines: string[], path = '/api/events', method = 'POST'): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: here', ...lines, '', ''].join('\r\n');
const json = 'Content-Type: application/json';
const NEXT = head([], '/healthz', 'GET');
const MIB = 1024 * 1024;

const statuses = (heard: string): string[] =>
  [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, code]) => code ?? '');
const answered = async ({ heard }: Line, count = 1): Promise<void> =>
  expect.poll(() => statuses(heard()).length, { timeout: 3_000, interval: 5 }).toBe(count);

describe.each([
  ['401', 'a stranger’s', []],
  ['413', 'one too large', [() => `Authorization: Bearer ${app.tokens.organisation}`]],
] as const)('given an upload that is refused with %s before it is read: %s', (status, _, rights) => {
  const lines = (...more: string[]): string[] => [json, ...rights.map((right) => right()), ...more];

  test.each([
    ['by its length', () => head(lines(`Content-Length: ${900 * MIB}`)) + 'x'.repeat(10_000)],
    ['with nothing of it sent', () => head(lines(`Content-Length: ${900 * MIB}`))],
  ])('then the answer says that the connection closes, and it does: %s', async (_how, request) => {
    const line = await dial();
    line.socket.write(request());
    await answered(line);
    expect(statuses(line.heard())).toEqual([status]);
    expect(line.heard()).toMatch(/^connection: close/im);
    // Whoever asks on all the same is not left waiting.
    line.socket.write(NEXT);
    expect(await line.ended).toBe('in order');
  });

  test('then whoever goes on sending all of it reads the whole answer', async () => {
    const line = await dial();
    line.socket.write(head(lines(`Content-Length: ${80 * MIB}`)));
    for (let sent = 0; sent < 80; sent++)
      if (!line.socket.write('x'.repeat(MIB))) await once(line.socket, 'drain');
    expect(await line.ended).toBe('in order');
    expect(statuses(line.heard())).toEqual([status]);
    const [top = '', body = ''] = line.heard().split('\r\n\r\n');
    expect(Buffer.byteLength(body)).toBe(Number(/content-length: (\d+)/i.exec(top)?.[1]));
  });
});

test('given a refused request whose body is there, then the connection goes on', async () => {
  for (const request of [
    `${head([json, 'Content-Length: 2'])}{}`,
    `${head([json, 'Transfer-Encoding: chunked'])}2\r\n{}\r\n0\r\n\r\n`,
  ]) {
    const line = await dial();
    line.socket.write(request + NEXT);
    await answered(line, 2);
    expect(statuses(line.heard())).toEqual(['401', '200']);
    expect(line.heard()).not.toMatch(/connection: close/i);
    line.socket.destroy();
  }
});

test('given a chunked upload without an end, then it is not waited for long', async () => {
  const line = await dial();
  line.socket.write(`${head([json, 'Transfer-Encoding: chunked'])}5\r\nhello\r\n`);
  await answered(line);
  expect(line.heard()).toMatch(/^connection: close/im);
  const drops = setInterval(() => line.socket.write('1\r\nx\r\n'), 100);
  await line.ended;
  clearInterval(drops);
});

test('given a page asked for with a body that never comes, then its answer closes the connection, too', async () => {
  const line = await dial();
  line.socket.write(head(['Content-Length: 100'], '/healthz', 'GET'));
  await answered(line);
  line.socket.write(NEXT);
  expect(await line.ended).toBe('in order');
  expect(statuses(line.heard())).toEqual(['200']);
});
