import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { Problem } from '#api/http/problem.ts';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. `2` is the library's name for argon2id. */
const COST = { algorithm: 2 as Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const SHORTEST = 10;
const FEWEST_SIGNS = 5;

/** Long rather than odd: what a password is made of, its owner chooses. */
export const password = z
  .string()
  .min(SHORTEST, { error: `must have at least ${SHORTEST} characters` })
  .max(200, { error: 'must have at most 200 characters' })
  .refine((text) => new Set(text).size >= FEWEST_SIGNS, {
    error: `must be made of at least ${FEWEST_SIGNS} different characters`,
  });

/** The same signs, however a keyboard puts them together. */
const folded = (text: string): string => text.normalize('NFKC');

const AT_ONCE = 2;
const WAITING = 100;

/** Each takes 19 MiB and a thread: a few at a time, and no endless line of them. */
function createQueue() {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < AT_ONCE) running += 1;
    else if (waiting.length >= WAITING)
      throw new Problem('unavailable', 'Too many people sign in at once.', {
        headers: { 'Retry-After': '5' },
      });
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

const inTurn = createQueue();

export const hashPassword = (text: string): Promise<string> => inTurn(() => hash(folded(text), COST));

let decoy: Promise<string> | undefined;

/** Takes as long where there is no password: how long an answer takes does not tell who has an account. */
export async function passwordMatches(text: string, known: string | null): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const against = known ?? (await decoy);
  const matches = await inTurn(() => verify(against, folded(text)).catch(() => false));
  return matches && known !== null;
}
