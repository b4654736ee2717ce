import { once } from 'node:events';
import { median } from '../rows.ts';
import { get, type Server } from '../server.ts';
import type { Probed } from './probe.ts';

/** One question asked of a server again and again, with what the server itself says of it. */

export type Measured = {
  /** ms: the first answer, and the median of the next. */
  first: number;
  again: number;
  /** CPU time of the server's own process, all threads, ms; without the process that makes documents. */
  cpuFirst: number;
  cpuAgain: number;
  /** The longest stall of its event loop, ms. */
  stall: number;
  /** The most that it held meanwhile, MiB. */
  resident: number;
  anonymous: number;
  bytes: Uint8Array;
};

/** The answer was none: what the server said instead. */
export type Failed = { failed: string };

async function probe({ process: child }: Server): Promise<Probed> {
  const answer = once(child, 'message');
  child.send('probe');
  const [probed] = (await answer) as [Probed];
  return probed;
}

const MIB = 1_024;
const WATCH_MS = 50;

/** Looks at the server's memory every now and then until it is told to stop. */
function watchMemory(server: Server): () => Pick<Measured, 'resident' | 'anonymous'> {
  const most = { resident: 0, anonymous: 0 };
  const look = (): void => {
    const { resident, anonymous } = server.memory();
    most.resident = Math.max(most.resident, resident * MIB);
    most.anonymous = Math.max(most.anonymous, anonymous * MIB);
  };
  look();
  const watching = setInterval(look, WATCH_MS);
  return () => {
    clearInterval(watching);
    look();
    return most;
  };
}

/** As often as a minute's patience allows, and no more than gives a steady median. */
const MOST_ROUNDS = 15;
const ENOUGH_MS = 2_000;

class Refused extends Error {}

async function ask({ url }: Server, path: string, token: string): Promise<Uint8Array> {
  const response = await get({ url, token }, path, { 'accept-language': 'zh-CN' });
  if (!response.ok) throw new Refused(`${response.status}: ${(await response.text()).slice(0, 300)}`);
  return new Uint8Array(await response.arrayBuffer());
}

export async function measure(
  server: Server,
  path: string,
  token = server.token,
): Promise<Measured | Failed> {
  const memory = watchMemory(server);
  try {
    await probe(server);
    const start = performance.now();
    const bytes = await ask(server, path, token);
    const first = performance.now() - start;
    const { cpuMs: cpuFirst, stallMs } = await probe(server);
    const times: number[] = [];
    for (let spent = 0; times.length < MOST_ROUNDS && spent < ENOUGH_MS; spent += times.at(-1) ?? 0) {
      const begun = performance.now();
      await ask(server, path, token);
      times.push(performance.now() - begun);
    }
    const after = await probe(server);
    return {
      first,
      again: median(times),
      cpuFirst,
      cpuAgain: after.cpuMs / times.length,
      stall: Math.max(stallMs, after.stallMs),
      ...memory(),
      bytes,
    };
  } catch (error) {
    if (error instanceof Refused) return { failed: error.message };
    throw error;
  } finally {
    memory();
  }
}
