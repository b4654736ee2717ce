import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { Problem } from './problem.ts';

/**
 * Nothing comes from, or goes to, another machine. Charts and the component library set style attributes, which is
 * why those alone may be inline; scripts and style sheets never are.
 */
export const securityHeaders = (): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // Whoever ends TLS in front decides that; over plain http the header means nothing.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });

const MINUTES = 15;
const FAILURES = 30;

/** Failed sign-ins by address: guessing 256 bits is hopeless, but it should not cost us anything either. */
export const signInLimiter = (): RequestHandler =>
  rateLimit({
    windowMs: MINUTES * 60_000,
    limit: FAILURES,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) =>
      next(
        new Problem('too-many-requests', 'Too many failed sign-ins from this address.', {
          headers: { 'Retry-After': String(MINUTES * 60) },
        }),
      ),
  });
