import type { ErrorRequestHandler } from 'express';
import { DISK_FULL, isDiskFull } from '#ingest/process/room.ts';
import type { Fault } from '#schemas/admission.ts';

/** The kinds of problem that callers may tell apart; each has its paragraph at /api/docs. */
export const PROBLEMS = {
  'bad-request': [400, 'Bad request', 'The request could not be read.'],
  'invalid-parameter': [
    400,
    'Invalid parameter',
    'A parameter is unknown or holds what it may not; `errors` names it.',
  ],
  'not-signed-in': [
    401,
    'Not signed in',
    'The route asks for a bearer token or a session, and none that is valid came.',
  ],
  forbidden: [403, 'Forbidden', 'The role, or the unit that the token is bound to, does not allow this.'],
  'cross-site': [
    403,
    'Cross-site request',
    'A signed-in browser may change things from the pages of this server only.',
  ],
  'not-found': [404, 'Not found', 'There is nothing here, or no plan is adopted for the year.'],
  'method-not-allowed': [
    405,
    'Method not allowed',
    'The path is there, the method is not; `Allow` lists them.',
  ],
  conflict: [409, 'Conflict', 'It contradicts what the stream already holds; the first stands.'],
  'too-large': [413, 'Too large', 'The body is larger than UPLOAD_LIMIT_MB allows.'],
  'unsupported-media-type': [
    415,
    'Unsupported media type',
    'The body is of no type that the route takes; `detail` lists them.',
  ],
  invalid: [
    422,
    'Invalid content',
    'The body was read, but its content breaks rules; `errors` names the fields.',
  ],
  'too-many-requests': [429, 'Too many requests', 'Wait as long as Retry-After says.'],
  internal: [500, 'Internal error', 'Something failed inside. The log has it under the same request id.'],
  unavailable: [503, 'Unavailable', 'Not ready or too busy. Nothing was done; try again after Retry-After.'],
} as const satisfies Record<string, readonly [status: number, title: string, meaning: string]>;

export type ProblemKind = keyof typeof PROBLEMS;

export type ProblemExtras = {
  errors?: readonly Fault[];
  headers?: Readonly<Record<string, string>>;
  /** Of a failing sign-in: the name that was tried, for the audit log alone. */
  tried?: string;
  /** Further members of the document (RFC 9457 §3.2). */
  members?: Readonly<Record<string, unknown>>;
  /** What lies behind it, for the log alone. */
  cause?: unknown;
};

/** What a handler throws to answer with RFC 9457 problem details. `detail` is for the caller: a sentence, nothing of the inside. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly extras: ProblemExtras;
  constructor(kind: ProblemKind, detail: string, extras: ProblemExtras = {}) {
    super(detail);
    this.kind = kind;
    this.extras = extras;
  }
}

export const problemDocument = (
  kind: ProblemKind,
  detail: string | undefined,
  extras: ProblemExtras = {},
) => {
  const [status, title] = PROBLEMS[kind];
  return {
    type: `/api/docs#problem-${kind}`,
    title,
    status,
    ...(detail ? { detail } : {}),
    ...(extras.errors ? { errors: extras.errors } : {}),
    ...extras.members,
  };
};

/** Somebody has to make room, which takes a while. */
const FULL_RETRY_S = 30;

export const diskFull = (cause?: unknown): Problem =>
  new Problem('unavailable', DISK_FULL, { headers: { 'Retry-After': String(FULL_RETRY_S) }, cause });

/** Paths that cannot be decoded carry a status; anything else that we did not throw ourselves is ours to answer for. */
function translate(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (isDiskFull(error)) return diskFull(error);
  const { status } = (error ?? {}) as { status?: unknown };
  return status === 400 ? new Problem('bad-request', 'The request could not be read.') : undefined;
}

/** The last middleware: every error becomes a problem document; what is not the caller's fault goes to the log alone. */
export const problems =
  (report: (error: unknown, requestId: string) => void): ErrorRequestHandler =>
  (error, _request, response, next) => {
    const requestId = String(response.locals.requestId ?? '');
    const problem = translate(error);
    if (!problem || problem.extras.cause) report(problem?.extras.cause ?? error, requestId);
    if (response.headersSent) return next(error);
    const { kind, message, extras } = problem ?? new Problem('internal', `See the log under ${requestId}.`);
    response
      .status(PROBLEMS[kind][0])
      .set({ 'Cache-Control': 'no-store', ...extras.headers })
      .type('application/problem+json')
      .send(
        JSON.stringify({ ...problemDocument(kind, message, extras), instance: `urn:request:${requestId}` }),
      );
  };
