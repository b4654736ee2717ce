import { isDeepStrictEqual } from 'node:util';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { type AuditLog, STRANGER } from '#api/access/audit.ts';
import type { Authenticate, Caller } from '#api/access/authenticate.ts';
import { holds, maySeeUnit } from '#api/access/principal.ts';
import type { Vigil } from '#api/access/vigil.ts';
import { bodyReader } from './bodies.ts';
import { check, parseJson, requireType } from './check.ts';
import { refuseCrossSite } from './crossSite.ts';
import { createDenials, type Denials, fromOf } from './denials.ts';
import { type AddressGuesses, addressKey } from './guesses.ts';
import { diskFull, Problem } from './problem.ts';
import { respond } from './respond.ts';
import type { Context, Reply, Route } from './route.ts';

/** Bytes of bodies that are being read or answered, all together. */
const BODIES_UNDER_WAY = 128 * 1024 * 1024;

export type RouterOptions = {
  authenticate: Authenticate;
  /** Largest body, inflated, in bytes. */
  bodyLimit: number;
  /** Counts what fails to get in, by address. */
  guesses: AddressGuesses;
  /** People reach the server by https, whatever the last hop was. */
  secureCookie: boolean;
  vigil: Vigil;
  audit: Pick<AuditLog, 'record'>;
  now: () => number;
  /** Whether the disk takes what a call writes; left out, it is taken to. */
  hasRoom?: (() => boolean) | undefined;
  /** In tests: hold every answer to its declared schema. */
  checkAnswers?: boolean;
};

/**
 * Makes the router of a table. Whatever the table does not name is refused: a method that a path does not have with
 * 405, a path that there is not with 401 to strangers, 404 to the rest.
 */
export function createRouter(routes: readonly Route[], options: RouterOptions): Router {
  const router = express.Router();
  const readBody = bodyReader({
    limit: options.bodyLimit,
    mostUnderWay: Math.max(BODIES_UNDER_WAY, 2 * options.bodyLimit),
  });
  const means: Means = { ...options, denials: createDenials(options.audit, options.now), readBody };
  for (const [path, ofPath] of byPath(routes)) {
    for (const route of ofPath) router[route.method](path, ...handlersOf(route, means));
    router.all(path, onlyMethods(ofPath.flatMap(verbsOf)));
  }
  router.use((request, response) => {
    if (!callerOf(options, request, response)) throw notSignedIn();
    throw new Problem('not-found', `There is no ${request.method} ${request.baseUrl}${request.path}.`);
  });
  router.use(means.denials.handler, countGuesses(options.guesses));
  return router;
}

/** In the order of the table, but paths without parameters first: `/imports/template` is no import of that id. */
function byPath(routes: readonly Route[]): [string, Route[]][] {
  const found = new Map<string, Route[]>();
  for (const route of routes) found.set(route.path, [...(found.get(route.path) ?? []), route]);
  const hasParameter = ([path]: [string, Route[]]): number => Number(path.includes(':'));
  return [...found].sort((a, b) => hasParameter(a) - hasParameter(b));
}

const verbsOf = ({ method }: Route): string[] =>
  method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()];

type Means = RouterOptions & { denials: Denials; readBody: RequestHandler };

function handlersOf(route: Route, means: Means): RequestHandler[] {
  const handlers: RequestHandler[] = [authorise(route, means)];
  if (route.body && route.body.as !== 'stream') handlers.push(means.readBody);
  return [...handlers, run(route, means, means.denials)];
}

/** Which methods a path has is no secret: it stands in the OpenAPI document, which everybody may read. */
export const onlyMethods =
  (methods: readonly string[]): RequestHandler =>
  (request, response) => {
    const Allow = methods.join(', ');
    if (request.method === 'OPTIONS') return void response.status(204).set({ Allow }).end();
    throw new Problem('method-not-allowed', `${request.baseUrl}${request.path} has ${Allow} only.`, {
      headers: { Allow },
    });
  };

/** A secret that was brought and is none counts; a stranger who brings nothing does not. */
const countGuesses =
  (guesses: AddressGuesses): ErrorRequestHandler =>
  (error, request, response, next) => {
    const byBearer = request.headers.authorization !== undefined && guesses.bearers;
    const tried = response.locals.guarded === true ? guesses.signIns : byBearer;
    if (!(error instanceof Problem) || error.kind !== 'not-signed-in' || !tried) return next(error);
    const wait = tried.fail(addressKey(request.ip));
    if (wait === undefined) return next(error);
    next(
      new Problem(
        'too-many-requests',
        'Too many failed sign-ins from this address. What is valid is let in all the same.',
        { headers: { 'Retry-After': String(wait) } },
      ),
    );
  };

const notSignedIn = (): Problem =>
  new Problem('not-signed-in', 'Send a bearer token, or sign in.', {
    headers: { 'WWW-Authenticate': 'Bearer realm="wuxing"' },
  });

const isSecure = ({ secureCookie }: RouterOptions, request: Request): boolean =>
  secureCookie || request.secure;

/** Authenticated once a request. */
function callerOf(options: RouterOptions, request: Request, response: Response): Caller | undefined {
  if (!('caller' in response.locals))
    response.locals.caller = options.authenticate(request.headers, isSecure(options, request), true);
  return response.locals.caller as Caller | undefined;
}

/** Runs before the body is read: a stranger's upload costs nothing. */
const authorise =
  (route: Route, options: RouterOptions): RequestHandler =>
  (request, response, next) => {
    const caller = callerOf(options, request, response);
    response.locals.guarded = route.guarded === true;
    if (route.method !== 'get') refuseCrossSite(request.headers, caller?.by === 'session');
    const writes = (route.method !== 'get' && !route.closes) || route.audited;
    if (writes && options.hasRoom?.() === false) throw diskFull();
    if (route.roles === 'public') return next();
    if (!caller) throw notSignedIn();
    const { principal } = caller;
    if (!holds(principal, route.roles))
      throw new Problem(
        'forbidden',
        `Whoever is ${principal.roles.join(' and ')} may not do this; it takes ${route.roles.join(' or ')}.`,
      );
    if (route.ownUnit && !maySeeUnit(principal, String(request.params.unit)))
      throw new Problem('forbidden', `You are bound to the unit ${principal.unit}.`);
    next();
  };

function bodyOf(route: Route, request: Request): unknown {
  if (!route.body) return undefined;
  if (route.body.as === 'stream') {
    requireType(request.headers['content-type'], route.body.types);
    return request;
  }
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (route.body.as === 'bytes') return bytes;
  requireType(request.headers['content-type'], ['application/json']);
  return check(route.body.schema, parseJson(bytes), 'invalid');
}

/** Parameters of a read that is refused are 400; a malformed path names nothing that exists. */
function contextOf(
  route: Route,
  options: RouterOptions,
  denials: Denials,
  request: Request,
  response: Response,
) {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const caller = callerOf(options, request, response);
  const secure = isSecure(options, request);
  const from = fromOf(request);
  /** As the same person, with the same rights: whose role changed must ask anew. */
  const stillThere = () =>
    isDeepStrictEqual(options.authenticate(request.headers, secure, false)?.principal, caller?.principal);
  return {
    params: route.params ? check(route.params, { ...request.params }, 'invalid-parameter') : {},
    query: route.query ? check(route.query, { ...request.query }, 'invalid-parameter') : {},
    body: bodyOf(route, request),
    principal: caller?.principal as never,
    headers: request.headers,
    signal: gone.signal,
    whenEnded: (onEnded) => options.vigil.watch(stillThere, onEnded),
    secure,
    from,
    session: caller?.session,
    record: (action, details) =>
      options.audit.record(caller?.principal ?? STRANGER, action, details, from.address),
    denied: (what, details) => denials.record(request, caller?.principal, { what, ...details }),
    now: options.now,
  } satisfies Context<unknown, unknown, unknown, never>;
}

const run =
  (route: Route, options: RouterOptions, denials: Denials): RequestHandler =>
  async (request, response) => {
    const context = contextOf(route, options, denials, request, response);
    const reply = await route.handler(context);
    if (route.audited)
      await context.record(route.audited, { ...request.params, ...stripped(context.query as object) });
    if (options.checkAnswers) holdToSchema(route, reply);
    await respond(reply, request, response, context.whenEnded);
  };

const stripped = (given: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

function holdToSchema(route: Route, reply: Reply): void {
  const answer = route.answers[reply.status ?? 200];
  if (!answer) throw new Error(`${route.method} ${route.path} does not declare ${reply.status ?? 200}`);
  const json = reply.bytes?.type.startsWith('application/json')
    ? JSON.parse(Buffer.from(reply.bytes.content as Uint8Array).toString())
    : reply.body;
  if (!answer.schema || json === undefined) return;
  const parsed = answer.schema.safeParse(JSON.parse(JSON.stringify(json)));
  if (!parsed.success)
    throw new Error(
      `${route.method} ${route.path} broke its schema: ${parsed.error.message.slice(0, 2_000)}`,
    );
}
