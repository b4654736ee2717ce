import { isDiskFull } from './room.ts';

/** What a process listens on, and where its data lie. */
type Place = { host: string; port: number; dataDir: string };

/** A start that the machine forbids; the message says what somebody can do about it. */
export class StartFailure extends Error {}

const NETWORK = new Set(['listen', 'bind', 'getaddrinfo']);

const FOLDER: Readonly<Record<string, string>> = {
  EEXIST: 'is a file',
  ENOTDIR: 'lies below a file',
  ENOENT: 'cannot be made here',
  EACCES: 'may not be read and written by this account',
  EPERM: 'may not be read and written by this account',
  EROFS: 'lies on a disk that is read-only',
  ENOSPC: 'lies on a disk that is full',
  EDQUOT: 'has used up its quota',
};

/** Node and the engines write it in several ways, and not all of them have the code. */
function isReadOnly(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message, cause } = error as NodeJS.ErrnoException;
  return code === 'EROFS' || /read-only file ?system/i.test(message) || isReadOnly(cause);
}

/** What somebody can do about a start that the settings or the machine forbid, in a sentence; any other error as it is. */
export function startFailure(error: unknown, { host, port, dataDir }: Place): unknown {
  if (isDiskFull(error))
    return new StartFailure(`The disk of DATA_DIR ${dataDir} is full. Make room there, and start again.`);
  if (isReadOnly(error))
    return new StartFailure(`DATA_DIR ${dataDir} ${FOLDER.EROFS}. Set DATA_DIR to another folder.`);
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  if (code === 'EADDRINUSE') return new StartFailure(`Port ${port} is taken. Set PORT to another one.`);
  // EACCES comes of a port as of a folder: the call tells which.
  if (syscall && NETWORK.has(syscall))
    return new StartFailure(`Cannot listen on ${host}:${port} (${code}). Set HOST and PORT.`);
  const why = FOLDER[code];
  if (why && path?.startsWith(dataDir))
    return new StartFailure(
      `DATA_DIR ${dataDir} ${why} (${code} at ${path}). Set DATA_DIR to another folder.`,
    );
  return error;
}
