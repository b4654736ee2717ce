import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A port that is free: the provider must know our address before we have one. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Somebody whom the provider knows. */
export type Known = { sub: string; name: string; groups: string[] };

/**
 * A real OpenID Connect provider on loopback. It believes the sign-in name that is typed into its page, as its
 * development pages do; whom it vouches for, and of which groups they are, the test says.
 */
export async function startProvider(redirectUri: string, people: readonly Known[]) {
  const known = new Map(people.map((person) => [person.sub, person]));
  // The issuer is its own address, which is known once it listens: a first server finds a free port.
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'wuxing',
        client_secret: 'a-secret-of-the-tests-alone',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
    cookies: { keys: ['of the tests'] },
    pkce: { required: () => true },
    findAccount: (_context, id) => {
      const person = known.get(id);
      if (!person) return undefined;
      return {
        accountId: id,
        claims: async () => ({ ...person, preferred_username: person.sub }),
      };
    },
  });
  const server = provider.listen(port, '127.0.0.1');
  await new Promise<void>((resolve) => server.once('listening', resolve));
  return {
    issuer,
    settings: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'wuxing',
      OIDC_CLIENT_SECRET: 'a-secret-of-the-tests-alone',
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Jar = Map<string, string>;

function keep(jar: Jar, response: Response): void {
  for (const set of response.headers.getSetCookie()) {
    const [pair = ''] = set.split(';');
    const [name = '', value = ''] = pair.split('=', 2);
    if (value === '' || /Max-Age=0/i.test(set) || /1970/.test(set)) jar.delete(name);
    else jar.set(name, value);
  }
}

/** Follows redirects and fills in the provider's pages as a person with a browser does, until it is back at `home`. */
export async function walkThrough(start: string, login: string, home: string, jar: Jar = new Map()) {
  const jars = new Map<string, Jar>([[new URL(home).origin, jar]]);
  const jarOf = (url: string): Jar => {
    const { origin } = new URL(url);
    const found = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, found);
    return found;
  };
  let url = start;
  let body: URLSearchParams | undefined;
  for (let step = 0; step < 20; step += 1) {
    const cookies = jarOf(url);
    const response = await fetch(url, {
      redirect: 'manual',
      method: body ? 'POST' : 'GET',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body && { body }),
    });
    keep(cookies, response);
    const location = response.headers.get('location');
    const text = await response.text();
    body = undefined;
    if (location) {
      url = new URL(location, url).href;
      const isHome = url.startsWith(home) && !url.includes('/api/oidc/');
      if (isHome) return { landed: url.slice(home.length), jar };
      continue;
    }
    const action = /<form[^>]*action="([^"]+)"/.exec(text)?.[1];
    if (!action) throw new Error(`no way on from ${url}: ${response.status} ${text.slice(0, 300)}`);
    url = new URL(action, url).href;
    const hidden = [...text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    body = new URLSearchParams(hidden.map(([, name = '', value = '']) => [name, value]));
    if (text.includes('name="login"')) {
      body.set('login', login);
      body.set('password', 'any');
    }
  }
  throw new Error('the provider leads in circles');
}
