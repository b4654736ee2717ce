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

/** What somebody can do about a start that the settings or the machine forbid, in a sentence; any other error as it is. */
export function startFailure(error: unknown, { host, port, dataDir }: Place): unknown {
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
