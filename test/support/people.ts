import type { Rights } from '#api/access/principal.ts';
import type { StubApp } from './stubApp.ts';

/** A browser of somebody, as far as access is concerned: one cookie, and where it comes from. */
export type Browser = {
  send(method: string, path: string, body?: unknown): Promise<Response>;
  cookie(): string;
};

export function browserAt(app: Pick<StubApp, 'url'>, address?: string): Browser {
  let cookie = '';
  return {
    async send(method, path, body) {
      const response = await fetch(`${app.url}/api${path}`, {
        method,
        redirect: 'manual',
        headers: {
          'x-requested-with': 'wuxing',
          ...(cookie && { cookie }),
          ...(address && { 'x-forwarded-for': address }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      for (const set of response.headers.getSetCookie())
        if (/wuxing_session=/.test(set)) cookie = set.split(';')[0] ?? '';
      return response;
    },
    cookie: () => cookie,
  };
}

export const PASSWORD = 'rice-paddy-nine-7';

/** Invites somebody with these rights, and lets them make their account; the browser is signed in afterwards. */
export async function enrol(app: StubApp, login: string, rights: Rights, address?: string) {
  const invited = await fetch(`${app.url}/api/invitations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.tokens.organisation}`, 'content-type': 'application/json' },
    body: JSON.stringify({ label: login, rights }),
  });
  const { token } = (await invited.json()) as { token: string };
  const browser = browserAt(app, address);
  const made = await browser.send('POST', '/accounts', { token, login, name: login, password: PASSWORD });
  const { principal } = (await made.json()) as { principal: { id: string } };
  return { browser, id: principal.id, token };
}
