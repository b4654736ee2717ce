import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

/**
 * Draws a stranger's picture in a process that begins and ends with it, and knows no setting of ours. The decoder is
 * native code: in a thread it could not be stopped, and what breaks it would end the server (decision 23).
 */

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));
const LONGEST_MS = 10_000;
const MOST_BYTES = 2 * 1024 * 1024;

/** Undefined where nothing is drawn within the time. Rejects where the bytes cannot be read, or the caller has gone. */
export async function drawApart(
  picture: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  longestMs = LONGEST_MS,
): Promise<Uint8Array | undefined> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: longestMs,
    killSignal: 'SIGKILL',
    signal,
  });
  const done = Promise.all([gathered(child.stdout), once(child, 'close') as Promise<[number | null]>]);
  // Bytes may stand still for ever: the process has its time for all, and nobody waits for them behind its end.
  const [drawn, [code]] = await Promise.race([done, feed(picture, child.stdin).then(() => done)]);
  return code === 0 && drawn.length > 0 ? drawn : undefined;
}

async function gathered(output: Readable): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of output) {
    length += (piece as Buffer).length;
    if (length <= MOST_BYTES) pieces.push(piece as Buffer);
  }
  return length <= MOST_BYTES ? Buffer.concat(pieces) : new Uint8Array();
}

/** That the process ended before it had all is its affair; that the bytes cannot be read is not. */
async function feed(picture: AsyncIterable<Uint8Array>, input: Writable): Promise<void> {
  try {
    await pipeline(Readable.from(picture), input);
  } catch (error) {
    if (!isBroken(error)) throw error;
  }
}

const BROKEN = ['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'];
const isBroken = (error: unknown): boolean => BROKEN.includes((error as NodeJS.ErrnoException).code ?? '');
