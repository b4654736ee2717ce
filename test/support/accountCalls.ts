import { afterEach, beforeEach } from 'vitest';
import type { AuditEntry } from '#api/access/audit.ts';
import type { Rights } from '#api/access/principal.ts';
import { type Browser, PASSWORD } from './people.ts';
import { type StubApp, startStubApp } from './stubApp.ts';

export const LEADER: Rights = { roles: ['leader'] };
export const ORGANISATION: Rights = { roles: ['organisation'] };

export const status = async (answer: Promise<Response>): Promise<number> => (await answer).status;
export const signIn = (browser: Browser, login: string, password = PASSWORD) =>
  browser.send('POST', '/sessions', { login, password });

/** For the tests of a file: a house without people before each, behind a proxy, and what the organisation asks of it. */
export function emptyHouse() {
  let app: StubApp | undefined;
  beforeEach(async () => {
    app = await startStubApp({ trustProxy: 1 });
  });
  afterEach(() => app?.stop());
  const started = (): StubApp => {
    if (!app) throw new Error('nothing is started before the tests begin');
    return app;
  };
  async function asOrganisation<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { url, tokens } = started();
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens.organisation}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
  return {
    get app() {
      return started();
    },
    /** Another one, with other options. */
    async startAnew(options: Parameters<typeof startStubApp>[0]): Promise<void> {
      await started().stop();
      app = await startStubApp(options);
    },
    asOrganisation,
    audit: async (query = ''): Promise<AuditEntry[]> =>
      (await asOrganisation<{ entries: AuditEntry[] }>('GET', `/audit${query}`)).entries,
  };
}
