import { Problem } from '#api/http/problem.ts';

/** One task after another; among owners in turn, so that one's forty do not hold up another's first. */
export type Turns = {
  /** Tasks must not reject: what goes wrong is theirs to tell. */
  add(owner: string, task: () => Promise<void>): void;
  /** Resolves once nothing runs or waits. */
  idle(): Promise<void>;
};

export function createTurns(): Turns {
  /** In the order in which owners are served: whoever was served goes to the end. */
  const waiting = new Map<string, (() => Promise<void>)[]>();
  let running: Promise<void> | undefined;

  function next(): (() => Promise<void>) | undefined {
    const [first] = waiting;
    if (!first) return undefined;
    const [owner, tasks] = first;
    const task = tasks.shift();
    waiting.delete(owner);
    if (tasks.length > 0) waiting.set(owner, tasks);
    return task;
  }

  async function run(): Promise<void> {
    for (let task = next(); task; task = next()) await task();
    running = undefined;
  }

  return {
    add(owner, task) {
      waiting.set(owner, [...(waiting.get(owner) ?? []), task]);
      // Begun later, so that whoever adds is done with its own affairs first.
      running ??= Promise.resolve().then(run);
    },
    idle: async () => {
      while (running) await running;
    },
  };
}

/** How much of a common good each owner may hold at once; the rest waits in the owner's own line. */
export type Shares = {
  /** Resolves with how to give it back. Throws a `Problem` where the owner's line is full. */
  enter(owner: string, signal: AbortSignal): Promise<() => void>;
};

type Line = { held: number; waiting: (() => void)[] };

export function createShares({
  atOnce,
  waiting: mostWaiting,
  what = 'documents',
}: {
  atOnce: number;
  waiting: number;
  /** What waits, for the person who is told so. */
  what?: string;
}): Shares {
  const lines = new Map<string, Line>();

  /** Gives back once, however often it is called; the next in the line takes it over. */
  const leaving = (owner: string, line: Line): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = line.waiting.shift();
      if (next) return next();
      line.held -= 1;
      if (line.held === 0) lines.delete(owner);
    };
  };

  const waitIn = (line: Line, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const gone = (): void => {
        line.waiting.splice(line.waiting.indexOf(turn), 1);
        reject(signal.reason);
      };
      const turn = (): void => {
        signal.removeEventListener('abort', gone);
        resolve();
      };
      line.waiting.push(turn);
      signal.addEventListener('abort', gone, { once: true });
    });

  return {
    async enter(owner, signal) {
      signal.throwIfAborted();
      const line = lines.get(owner) ?? { held: 0, waiting: [] };
      lines.set(owner, line);
      if (line.held < atOnce) line.held += 1;
      else if (line.waiting.length < mostWaiting) await waitIn(line, signal);
      else
        throw new Problem('too-many-requests', `${mostWaiting} ${what} of yours wait already.`, {
          headers: { 'Retry-After': '30' },
        });
      return leaving(owner, line);
    },
  };
}
