import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { healthAt } from '#ingest/process/health.ts';
import type { Config } from './config.ts';
import { PROBLEMS } from './http/problem.ts';

/**
 * Who answers while the product waits for Kafka or the store: alive, not ready and why, and to everybody else that
 * it will come. `serve` takes the port over without closing it.
 */
export type WaitingRoom = {
  /** Told in a sentence what is waited for, and undefined when that is there. */
  waiting(sentence: string | undefined): Promise<void>;
  /** The server that listens already; undefined where nothing had to be waited for. */
  server(): Server | undefined;
  /** Where the product does not open after all. */
  close(): void;
};

const RETRY_S = 5;
const PAGE = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="${RETRY_S}"><title>五型</title>
<p>系统正在启动，所需的服务尚未就绪；就绪后本页自动打开。</p>
<p lang="en">The system is starting: something that it needs is not there yet. This page opens by itself when it is.</p></html>`;
const [STATUS, TITLE] = PROBLEMS.unavailable;
const PROBLEM = {
  type: '/api/docs#problem-unavailable',
  title: TITLE,
  status: STATUS,
  detail: 'The server waits for something that it needs, and begins when that is there.',
};

const answerWith =
  (trouble: () => string): RequestListener =>
  (request, response) => {
    const send = (status: number, type: string, body: string): void => {
      response.writeHead(status, {
        'Content-Type': type,
        'Cache-Control': 'no-store',
        // No body is read here: what came behind it on the same connection would be taken for the rest of it.
        Connection: 'close',
        ...(status === 200 ? {} : { 'Retry-After': String(RETRY_S) }),
      });
      response.end(body);
    };
    const path = request.url?.split('?', 1)[0] ?? '';
    const health = healthAt(path, () => [trouble()]);
    if (health) return send(health.status, 'application/json', JSON.stringify(health.body));
    const wantsPage = !path.startsWith('/api') && request.headers.accept?.includes('text/html');
    if (wantsPage) return send(STATUS, 'text/html; charset=utf-8', PAGE);
    send(STATUS, 'application/problem+json', JSON.stringify(PROBLEM));
  };

export function createWaitingRoom({ host, port }: Pick<Config, 'host' | 'port'>): WaitingRoom {
  let server: Server | undefined;
  let trouble = '';
  return {
    async waiting(sentence) {
      trouble = sentence ?? 'The server is starting.';
      if (server || sentence === undefined) return;
      server = createServer(answerWith(() => trouble));
      server.listen(port, host);
      await once(server, 'listening');
    },
    server: () => server,
    close() {
      server?.closeAllConnections();
      server?.close();
    },
  };
}
