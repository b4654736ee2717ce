import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from '#api/ports.ts';
import type { Metrics } from './metrics.ts';

/** Gives each request an id, and writes one line and one measurement when it is answered. Queries and headers, which may hold secrets, stay out. */
export const observe =
  (log: Log, metrics: Metrics): RequestHandler =>
  (request, response, next) => {
    const started = process.hrtime.bigint();
    const requestId = randomUUID();
    response.locals.requestId = requestId;
    response.set('X-Request-Id', requestId);
    response.on('close', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const route = request.route ? `${request.baseUrl}${String(request.route.path)}` : 'none';
      metrics.observe(request.method, route, response.statusCode, seconds);
      const { principal } = (response.locals.caller as { principal?: { id: string } } | undefined) ?? {};
      log.info({
        requestId,
        method: request.method,
        path: request.path,
        status: response.statusCode,
        ms: Math.round(seconds * 1_000),
        ...(principal ? { principal: principal.id } : {}),
        ...(response.writableFinished ? {} : { cutOff: true }),
      });
    });
    next();
  };
