import type { IncomingMessage } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestHandler, Response } from 'express';

/** How long the rest of a body that nobody reads is waited for, and dropped. */
const LINGER_MS = 2_000;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Lets the rest of the body go by until it ends, or for that long. */
async function letGoBy(request: IncomingMessage, ms: number): Promise<void> {
  if (request.complete || request.destroyed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const patience = setTimeout(resolve, ms);
  request.once('end', resolve).once('close', resolve).resume();
  await promise;
  clearTimeout(patience);
}

/** Sends all of the answer, and ends it, which closes the connection, only when the body is through. */
async function endBehind(request: IncomingMessage, response: Response, content: unknown, lingerMs: number) {
  response.set('Connection', 'close');
  if (typeof content === 'string' || content instanceof Uint8Array) {
    response.set('Content-Length', String(Buffer.byteLength(content)));
    response.write(content);
  }
  await letGoBy(request, lingerMs);
}

/**
 * A request may be answered before its body is there: a stranger's upload, one that is too large or too slow. What the
 * client sends next on that connection would be read as the rest of the body, and never be answered. So such an answer
 * says that the connection closes. It closes a little later: closed while bytes arrive, it would be reset, and the
 * client might not read the answer.
 */
export const closeWhereUnread =
  (lingerMs = LINGER_MS): RequestHandler =>
  (request, response, next) => {
    if (!hasBody(request)) return next();
    const end = response.end.bind(response) as (...content: unknown[]) => Response;
    const endInOrder = async (content: unknown[]): Promise<void> => {
      // A body that came in one piece with its head is read by the next turn.
      await nextTurn();
      if (request.complete || response.headersSent) return void end(...content);
      await endBehind(request, response, content[0], lingerMs);
      end();
    };
    response.end = ((...content: unknown[]) => {
      if (request.complete || response.headersSent) return end(...content);
      void endInOrder(content);
      return response;
    }) as Response['end'];
    next();
  };
