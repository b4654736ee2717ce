import { once } from 'node:events';
import type { Request, Response } from 'express';
import { tagOf } from './etag.ts';
import { packedFor } from './packing.ts';
import type { Reply } from './route.ts';

/** True where If-None-Match names the tag (weak comparison, RFC 9110 §13.1.2). */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${etag}"`);
}

type WhenEnded = (onEnded: () => void) => () => void;

/** Writes a reply. Reads carry an ETag and are answered 304 where the caller has them already. */
export async function respond(
  reply: Reply,
  request: Request,
  response: Response,
  whenEnded: WhenEnded,
): Promise<void> {
  response.set({
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization, Cookie, Accept-Encoding',
    ...reply.headers,
  } as Record<string, string | string[]>);
  response.status(reply.status ?? 200);
  if (reply.stream) return sendStream(reply.stream, request, response, whenEnded);
  const content = reply.bytes?.content ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  const type = reply.bytes?.type ?? 'application/json; charset=utf-8';
  if (['GET', 'HEAD'].includes(request.method) && response.statusCode === 200) {
    const etag = reply.etag ?? tagOf(content);
    response.set('ETag', `W/"${etag}"`);
    if (matches(request.headers['if-none-match'], etag)) {
      response.status(304).end();
      return;
    }
  }
  if (content.length) response.set('Content-Type', type);
  const { content: sent, coding } = await packedFor(request, content, type);
  if (coding !== undefined) response.set('Content-Encoding', coding);
  response.end(sent);
}

async function sendStream(
  { type, chunks }: NonNullable<Reply['stream']>,
  request: Request,
  response: Response,
  whenEnded: WhenEnded,
): Promise<void> {
  const gone = new AbortController();
  const stop = whenEnded(() => gone.abort());
  response.on('close', () => {
    stop();
    gone.abort();
  });
  response.set({ 'Content-Type': type, 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  if (request.method === 'HEAD') return void response.end();
  try {
    for await (const chunk of chunks(gone.signal)) {
      // Cut off, so that nobody takes for whole what is not; a stream that ends by itself ends in order.
      if (gone.signal.aborted) return void response.destroy();
      if (!response.write(chunk)) await once(response, 'drain', { signal: gone.signal });
    }
    response.end();
  } catch (error) {
    // The status is out already: breaking the connection is all that tells the caller of a cut-off answer.
    response.destroy();
    if (!gone.signal.aborted) throw error;
  }
}
