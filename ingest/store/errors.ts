import type { Lasting } from '../lasting.ts';

const TIMEOUT = '159';
const HELD = '76';

/**
 * ClickHouse's codes of what passes: time, memory and disk run short, too much is asked at once, a connection, a
 * replica or its keeper is away, a shutdown is under way, the database is yet to be made (81). The rest says that the question itself is refused.
 */
const PASSES = new Set(
  [
    3, 23, 24, 74, 75, 76, 81, 159, 173, 198, 201, 202, 203, 204, 209, 210, 225, 236, 241, 242, 243, 244, 252,
    279, 285, 286, 289, 319, 341, 394, 425, 439, 473, 519, 571, 574, 722, 735, 999, 1002,
  ].map(String),
);

/** What stands in front of a server says so of a request that it will never pass on. */
const NEVER_TAKEN = /(URI|Entity|Payload|Content|Header Fields) Too (Long|Large)/i;

/** What the store refused, with ClickHouse's own code (`241` = memory, `159` = time) where there is one. */
export class StoreError extends Error implements Lasting {
  readonly code: string;
  /** Whether it refuses the same again. */
  readonly lasting: boolean;
  constructor(message: string, code: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
    this.code = code;
    this.lasting = code === '' ? NEVER_TAKEN.test(message) : !PASSES.has(code);
  }
}

/** A reader's query took longer than it may. */
export class StoreTimeoutError extends StoreError {
  constructor(cause: unknown) {
    super('the query took longer than allowed', TIMEOUT, cause);
    this.name = 'StoreTimeoutError';
  }
}

/** Another process has the data directory open. */
export class StoreHeldError extends StoreError {
  readonly pid: number;
  constructor(directory: string, pid: number, cause: unknown) {
    super(`process ${pid} holds the data directory ${directory}`, HELD, cause);
    this.name = 'StoreHeldError';
    this.pid = pid;
  }
}

const codeOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error && /^\d+$/.test(String(error.code)))
    return String(error.code);
  return /Code: (\d+)/.exec(String(error))?.[1] ?? '';
};

/** chDB's errors are no instances of the client's classes, so the code decides. */
export function storeError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  if (code === TIMEOUT) return new StoreTimeoutError(error);
  return new StoreError(error instanceof Error ? error.message : String(error), code, error);
}
