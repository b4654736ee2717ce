import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { Principal, Role } from '#api/access/principal.ts';
import type { From } from '#api/access/sessions.ts';

/**
 * A route is declared once. The router, the check of who may call it, and the OpenAPI document are all made from
 * the declaration, so none of them can forget it.
 */

/** What a handler returns; only the wrapper (`router.ts`, `respond.ts`) touches the response. */
export type Reply = {
  status?: number;
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, with its media type; `etag` then identifies it. */
  bytes?: { content: string | Uint8Array; type: string };
  /** Without quotes; computed from the content where it is left out. */
  etag?: string;
  /** Sent piece by piece until the iterable ends or the caller goes away. */
  stream?: { type: string; chunks: (signal: AbortSignal) => AsyncIterable<string | Uint8Array> };
};

/** Who is asking when nobody is signed in. */
export type Visitor = Principal | undefined;

export type Context<P, Q, B, Who> = {
  params: P;
  query: Q;
  body: B;
  principal: Who;
  headers: IncomingHttpHeaders;
  /** Aborts when the caller goes away. */
  signal: AbortSignal;
  /** Tells, soon and once, that the caller is let in no longer (token revoked, session ended); returns how to stop. */
  whenEnded: (onEnded: () => void) => () => void;
  /** For cookies: whether people reach the server over https. */
  secure: boolean;
  /** From where the request comes, for the audit log. */
  from: From;
  /** The id of the session that the caller came by; undefined for tokens and strangers. */
  session: string | undefined;
  /** Writes down what the caller did. */
  record(action: string, details?: Record<string, unknown>): Promise<void>;
  /** Writes down an attempt that came to nothing and is not answered with a problem. */
  denied(what: string, details?: Record<string, unknown>): Promise<void>;
  now(): number;
};

/** How the body arrives: checked JSON, whole bytes with a list of media types, or a stream that the handler reads. */
export type BodyOf<B> =
  | { as: 'json'; schema: z.ZodType<B> }
  | {
      as: 'bytes';
      types: readonly string[];
      schemas?: Readonly<Record<string, z.ZodType>>;
      description: string;
    }
  | { as: 'stream'; types: readonly string[]; description: string };

export type Answer = { description: string; schema?: z.ZodType; type?: string };

type Declared<P, Q, B> = {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below /api, in Express's notation: `/units/:unit/standing`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: BodyOf<B>;
  answers: Readonly<Record<number, Answer>>;
  /** Lets people in: what it refuses with 401 counts as a guess. */
  guarded?: boolean;
  /** Ends what somebody may do: so little to write that what is kept free of a full disk is there for it. */
  closes?: true;
  /** What the audit log calls a call that was answered, with its parameters: for reads that take data out. */
  audited?: string;
};

/** For signed-in callers with one of the roles. `ownUnit`: a unit may ask for itself only (`params.unit`). */
export type GuardedRoute<P, Q, B> = Declared<P, Q, B> & {
  roles: readonly Role[];
  ownUnit?: true;
  handler(context: Context<P, Q, B, Principal>): Promise<Reply> | Reply;
};

/** For everybody, signed in or not: a deliberate exception. */
export type PublicRoute<P, Q, B> = Declared<P, Q, B> & {
  roles: 'public';
  handler(context: Context<P, Q, B, Visitor>): Promise<Reply> | Reply;
};

/** A route whose own types are settled; the table holds routes of all kinds. */
export type Route = (GuardedRoute<unknown, unknown, unknown> | PublicRoute<unknown, unknown, unknown>) & {
  readonly declared: true;
};

const declare = (route: object): Route => ({ ...route, declared: true }) as unknown as Route;

export const route = <P = unknown, Q = unknown, B = unknown>(definition: GuardedRoute<P, Q, B>): Route =>
  declare(definition);

export const publicRoute = <P = unknown, Q = unknown, B = unknown>(definition: PublicRoute<P, Q, B>): Route =>
  declare(definition);
