import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signature } from '#api/news/webhook.ts';

/** A post as a program got it. */
export type Handed = { path: string; id: string; at: number; signature: string; body: string };

/** A program on a port of its own that takes what webhooks hand it, and answers as the test says. */
export type HookServer = {
  url: string;
  got: Handed[];
  answer: (response: ServerResponse, handed: Handed) => void;
  stop(): Promise<void>;
};

export async function startHookServer(): Promise<HookServer> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { headers } = request;
    const handed = {
      path: request.url ?? '',
      id: String(headers['webhook-id']),
      at: Number(headers['webhook-timestamp']) * 1_000,
      signature: String(headers['webhook-signature']),
      body,
    };
    found.got.push(handed);
    found.answer(response, handed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const found: HookServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got: [],
    answer: (response) => response.writeHead(204).end(),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return found;
}

/** Whether it was signed with this secret, over exactly the bytes that came. */
export const isSigned = ({ id, at, body, signature: given }: Handed, secret: string): boolean =>
  given === signature(secret, { id, at, body });
