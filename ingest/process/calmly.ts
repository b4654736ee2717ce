import type { Steps } from '#schemas/steps.ts';

/** How long others wait for their turn, ms: a fifth of what somebody would notice of a stall. */
const SLICE_MS = 10;

/** When the work of this round of the event loop began; undefined before there was any. */
let begun: number | undefined;
/** Those that have used up a slice. One goes on in each round, so that many at once are no longer a stall than one. */
const waiting: (() => void)[] = [];

function begin(): void {
  begun = performance.now();
  setImmediate(() => {
    begun = undefined;
  });
}

function goOn(): void {
  if (waiting.length > 1) setImmediate(goOn);
  begin();
  waiting.shift()?.();
}

/** Resolves in a later round of the event loop, in the order in which it was asked for. */
const nextRound = (): Promise<void> =>
  new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(goOn);
  });

function isSpent(): boolean {
  if (begun === undefined) begin();
  return performance.now() - (begun ?? 0) >= SLICE_MS;
}

/**
 * Between two parts of work on end: gives everybody else a turn where this round of the event loop has been worked in
 * for long enough, by whomever.
 */
export async function breathe(): Promise<void> {
  if (isSpent()) await nextRound();
}

/** Does work in steps, with a turn for others where its round has been worked in for long enough. */
export async function inSteps<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    if (isSpent()) await nextRound();
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Goes through many things, however long each takes, without holding up everybody else in the process. */
export async function calmly<T>(items: Iterable<T>, visit: (item: T) => void): Promise<void> {
  for (const item of items) {
    if (isSpent()) await nextRound();
    visit(item);
  }
}
