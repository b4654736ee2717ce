import type { ServerNote } from '#api/access/serverNote.ts';
import { Failure } from './say.ts';

/** Speaks to the server that holds the data folder, with the token that it left there for the tool. */
export type Client = {
  url: string;
  pid: number;
  /** Why the server is not ready, a sentence each; empty while all is well. */
  troubles(): Promise<string[]>;
  get<T>(path: string): Promise<T>;
  send<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
  stream<T>(path: string, type: string, body: ReadableStream | NodeJS.ReadableStream): Promise<T>;
};

type ProblemBody = { title?: string; detail?: string };

async function read<T>(response: Response): Promise<T> {
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as ProblemBody;
  throw new Failure(problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
}

export function createClient({ url, pid, token }: ServerNote): Client {
  const call = async (path: string, init: RequestInit & { duplex?: 'half' }, base = '/api') => {
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    try {
      return await fetch(`${url}${base}${path}`, { ...init, headers });
    } catch (cause) {
      throw new Failure(`Process ${pid} holds the data folder, but does not answer at ${url}.`, { cause });
    }
  };
  return {
    url,
    pid,
    async troubles() {
      const body = (await (await call('/readyz', {}, '')).json()) as { troubles?: string[] };
      return body.troubles ?? [];
    },
    get: async (path) => read(await call(path, {})),
    send: async (method, path, body) =>
      read(
        await call(path, {
          method,
          ...(body === undefined
            ? {}
            : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        }),
      ),
    stream: async (path, type, body) =>
      read(
        await call(path, {
          method: 'POST',
          duplex: 'half',
          headers: { 'content-type': type },
          body: body as ReadableStream,
        }),
      ),
  };
}
