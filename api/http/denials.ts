import type { ErrorRequestHandler, Request } from 'express';
import { type AuditLog, STRANGER } from '#api/access/audit.ts';
import type { Caller } from '#api/access/authenticate.ts';
import type { Principal } from '#api/access/principal.ts';
import type { From } from '#api/access/sessions.ts';
import { addressKey, createGuesses, type Guesses } from './guesses.ts';
import { Problem } from './problem.ts';

/** The longest agent that is kept: browsers write novels. */
const AGENT = 200;

export const fromOf = (request: Request): From => ({
  address: request.ip ?? '',
  agent: String(request.headers['user-agent'] ?? '').slice(0, AGENT),
});

export type Denials = {
  /** Writes down an attempt that was refused, of one person or address so many and no more. */
  record(request: Request, who: Principal | undefined, details: Record<string, unknown>): Promise<void>;
  /** Writes down what is answered with 401 or 403, and hands the error on. */
  handler: ErrorRequestHandler;
};

const WINDOW_MS = 15 * 60_000;
/** Whoever fills the log with attempts hides behind them what else they did: after these the first ones tell enough. */
const MOST = 50;

export function createDenials(audit: Pick<AuditLog, 'record'>, now: () => number): Denials {
  const counts: Guesses = createGuesses({ limit: MOST, windowMs: WINDOW_MS, now });

  const record: Denials['record'] = async (request, who, details) => {
    const { address } = fromOf(request);
    if (counts.fail(who?.id ?? addressKey(address)) !== undefined) return;
    const where = { method: request.method, path: `${request.baseUrl}${request.path}`.slice(0, 300) };
    await audit.record(who ?? STRANGER, 'attempt.denied', { ...where, ...details }, address);
  };

  const handler: ErrorRequestHandler = (error, request, response, next) => {
    if (!(error instanceof Problem)) return next(error);
    const who = (response.locals.caller as Caller | undefined)?.principal;
    const isForbidden = error.kind === 'forbidden' || error.kind === 'cross-site';
    const isGuess =
      error.kind === 'not-signed-in' &&
      (response.locals.guarded === true || request.headers.authorization !== undefined);
    const isLocked = error.kind === 'too-many-requests' && response.locals.guarded === true;
    if (!isForbidden && !isGuess && !isLocked) return next(error);
    const { tried } = error.extras;
    record(request, who, { why: error.kind, ...(tried === undefined ? {} : { tried }) }).then(
      () => next(error),
      next,
    );
  };

  return { record, handler };
}
