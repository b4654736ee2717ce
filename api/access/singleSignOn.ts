import * as client from 'openid-client';
import type { Identity } from './accounts.ts';
import { type ClaimRules, rightsByClaim } from './claims.ts';
import type { Rights } from './principal.ts';
import { hashOf } from './secrets.ts';

/** Sign-in by an OpenID Connect provider: authorization code with PKCE, state and nonce. */
export type SingleSignOnSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** Which claim of the ID token, or of the user info, says what somebody may do. */
  claim: string;
  rules: ClaimRules;
  /** What the button says. */
  label: string;
};

/** Whom the provider vouches for. `rights` is undefined where no rule gives any. */
export type Vouched = { identity: Identity; login: string; name: string; rights: Rights | undefined };

export type SingleSignOn = {
  label: string;
  /** Where the browser goes, and the secret that it keeps meanwhile. */
  begin(next: string): Promise<{ url: string; secret: string }>;
  /** What the provider answered to this browser. Throws where it does not hold. */
  finish(query: URLSearchParams, secret: string): Promise<Vouched & { next: string }>;
};

type Pending = { verifier: string; nonce: string; state: string; next: string; until: number };

const PATIENCE_MS = 10 * 60_000;
const MOST_PENDING = 1_000;

const text = (...found: unknown[]): string | undefined =>
  found.find((value): value is string => typeof value === 'string' && value.trim() !== '')?.trim();

export function createSingleSignOn(
  settings: SingleSignOnSettings,
  publicUrl: () => string,
  now: () => number = Date.now,
): SingleSignOn {
  /** By the hash of the browser's secret: another browser cannot finish what this one began. */
  const pending = new Map<string, Pending>();
  let known: Promise<client.Configuration> | undefined;

  /** Asked for when it is first needed, and again after a failure: the provider may start later than we do. */
  const configuration = (): Promise<client.Configuration> => {
    const issuer = new URL(settings.issuer);
    known ??= client
      .discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
        // The settings admit http on loopback alone.
        execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };

  const callback = (): string => `${publicUrl()}/api/oidc/callback`;

  const keep = (secret: string, one: Pending): void => {
    for (const [key, { until }] of pending) if (until <= now()) pending.delete(key);
    const [oldest] = pending.keys();
    if (pending.size >= MOST_PENDING && oldest !== undefined) pending.delete(oldest);
    pending.set(hashOf(secret), one);
  };

  const vouched = async (config: client.Configuration, tokens: Tokens): Promise<Vouched> => {
    const claims = tokens.claims();
    if (!claims) throw new Error('the provider sent no ID token');
    const hasInfo = config.serverMetadata().userinfo_endpoint !== undefined;
    const info = hasInfo ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
    const all: Record<string, unknown> = { ...info, ...claims };
    const login = text(all.preferred_username, all.email, claims.sub) ?? claims.sub;
    return {
      identity: { issuer: claims.iss, subject: claims.sub },
      login,
      name: text(all.name, all.preferred_username, all.email) ?? claims.sub,
      rights: rightsByClaim(settings.rules, all[settings.claim]),
    };
  };

  return {
    label: settings.label,
    async begin(next) {
      const config = await configuration();
      const verifier = client.randomPKCECodeVerifier();
      const one = { verifier, nonce: client.randomNonce(), state: client.randomState(), next };
      const secret = client.randomState();
      keep(secret, { ...one, until: now() + PATIENCE_MS });
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: callback(),
        scope: settings.scope,
        state: one.state,
        nonce: one.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, secret };
    },
    async finish(query, secret) {
      const key = hashOf(secret);
      const begun = pending.get(key);
      // Once, whatever comes of it.
      pending.delete(key);
      if (!begun || begun.until <= now()) throw new Error('this browser began no sign-in, or too long ago');
      const config = await configuration();
      const tokens = await client.authorizationCodeGrant(config, new URL(`${callback()}?${query}`), {
        pkceCodeVerifier: begun.verifier,
        expectedState: begun.state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      });
      return { ...(await vouched(config, tokens)), next: begun.next };
    },
  };
}

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;
