import { type Level, type Logger, pino } from 'pino';

/** Structured lines on stderr. */
export const createLog = (level: Level | 'silent'): Logger =>
  pino({ level, base: null }, pino.destination(2));
