/** What the store refused, with ClickHouse's own code (`241` = memory, `159` = time) where there is one. */
export class StoreError extends Error {
  readonly code: string;
  constructor(message: string, code: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
    this.code = code;
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

const TIMEOUT = '159';
const HELD = '76';

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
