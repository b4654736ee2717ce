import { ZodError } from 'zod';
import { ApiProblem } from '../composables/client.ts';
import type { WordKey, Words } from '../locales/words.ts';

/** Faults of the asking, which stand however often it is asked: all but time and haste. */
const PASSING = new Set([408, 425, 429]);

/** Whether asking again may help. A sign-in that has expired, a refusal and a wrong address stay what they are. */
export function mayPass(error: unknown): boolean {
  if (error instanceof ZodError) return false;
  if (!(error instanceof ApiProblem)) return true;
  const { status } = error;
  return status < 400 || status >= 500 || PASSING.has(status);
}

type Context = {
  year?: number;
  unit?: string;
  /** Told to the department itself, which nobody sends to the department. */
  here?: boolean;
  /** Of something that was pressed, which nobody tries again by itself: what was sent may have arrived all the same. */
  pressed?: 'read' | 'sent';
};

const BY_STATUS: Record<number, WordKey> = {
  0: 'state.unreachable',
  401: 'state.expired',
  403: 'state.forbidden',
  429: 'state.busy',
  503: 'state.busy',
};

const PRESSED = { read: 'state.pressAgain', sent: 'state.noAnswer' } as const;

/** What went wrong, what it means and what to do, in the person's language. */
export function problemSentence(words: Words, error: unknown, context: Context = {}): string {
  if (error instanceof ZodError) return words.say('state.unknownAnswer');
  if (!(error instanceof ApiProblem)) return words.say('state.broken');
  if (error.status === 0 && context.pressed) return words.say(PRESSED[context.pressed]);
  if (error.status === 404) return notFound(words, context);
  if (error.status === 400) return words.say('state.badFilter', { detail: error.message });
  if (error.status === 403 && context.here) return words.say('state.forbiddenHere');
  return words.say(BY_STATUS[error.status] ?? 'state.broken');
}

function notFound(words: Words, { year, unit, here }: Context): string {
  if (unit !== undefined && year !== undefined) return words.say('state.noUnit', { unit, year });
  return year === undefined
    ? words.say('state.notFound')
    : words.say(here ? 'state.noPlanHere' : 'state.noPlan', { year });
}
