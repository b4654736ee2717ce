import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { RequestHandler } from 'express';
import { PACE, type Pace, paced, TooSlow } from './paced.ts';
import { Problem } from './problem.ts';

/**
 * Reads whole bodies, inflated, into `request.body`. Each is bounded, and so are all that are under way together, from
 * the first byte to the answer: a hundred small requests may inflate to as many large ones. One that comes too slowly is given
 * up, so that nobody holds for long what others wait for.
 */

const INFLATERS: Readonly<Record<string, (() => Transform) | null>> = {
  identity: null,
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const tooLarge = (): Problem => new Problem('too-large', 'The body is larger than this server takes.');
const cutOff = (): Problem => new Problem('bad-request', 'The body was cut off.');
const tooSlow = (): Problem =>
  new Problem('bad-request', 'The body came too slowly and was given up; send it again.');
const busy = (): Problem =>
  new Problem('unavailable', 'More is coming in than can be taken; try again soon.', {
    headers: { 'Retry-After': '1' },
  });

/** The body as it was before it was compressed. The request itself is left open: the answer goes out over it. */
function inflated(request: IncomingMessage): Readable {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const make = Object.hasOwn(INFLATERS, encoding) ? INFLATERS[encoding] : undefined;
  if (make === undefined)
    throw new Problem(
      'unsupported-media-type',
      'The body must be UTF-8, plain or compressed with gzip, deflate or br.',
    );
  if (make === null) return request;
  const inflater = make();
  request.once('aborted', () => inflater.destroy(cutOff()));
  return request.pipe(inflater);
}

async function readAll(
  request: IncomingMessage,
  { limit, pace }: { limit: number; pace: Pace },
  hold: (bytes: number) => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const source = inflated(request);
  try {
    for await (const chunk of paced(source, pace)) {
      length += chunk.length;
      if (length > limit) throw tooLarge();
      hold(chunk.length);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof TooSlow) throw tooSlow();
    throw request.complete
      ? new Problem('bad-request', 'The body is not compressed as its Content-Encoding says.')
      : cutOff();
  } finally {
    if (source !== request) {
      request.unpipe();
      source.destroy();
    }
    request.resume();
  }
  return Buffer.concat(chunks);
}

export function bodyReader({
  limit,
  mostUnderWay,
  pace = PACE,
}: {
  limit: number;
  mostUnderWay: number;
  pace?: Pace;
}): RequestHandler {
  let underWay = 0;
  return async (request, response, next) => {
    let held = 0;
    response.once('close', () => {
      underWay -= held;
      held = 0;
    });
    if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
    request.body = await readAll(request, { limit, pace }, (bytes) => {
      if (underWay + bytes > mostUnderWay) throw busy();
      underWay += bytes;
      held += bytes;
    });
    next();
  };
}
