import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * `DATA_DIR/server.json`, readable by its owner alone: where the server that holds the folder answers, and a token
 * of its own for the tool on this machine. Whoever may read the file may read the data itself.
 */
const serverNote = z.strictObject({ url: z.string(), pid: z.int(), token: z.string() });
export type ServerNote = z.infer<typeof serverNote>;

const fileIn = (dataDir: string): string => join(dataDir, 'server.json');

export function writeServerNote(dataDir: string, note: ServerNote): void {
  mkdirSync(dataDir, { recursive: true });
  rmSync(fileIn(dataDir), { force: true });
  writeFileSync(fileIn(dataDir), `${JSON.stringify(note)}\n`, { mode: 0o600 });
}

export const removeServerNote = (dataDir: string): void => rmSync(fileIn(dataDir), { force: true });

const PATIENCE_MS = 5_000;

function readNote(dataDir: string): ServerNote | undefined {
  try {
    return serverNote.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * The server that holds the folder, if one does: only one that knows the token counts. A killed server leaves its
 * note behind, and its process id may be anybody's by now, even our own (in a container it always is).
 */
export async function runningServer(dataDir: string): Promise<ServerNote | undefined> {
  const note = readNote(dataDir);
  if (!note || note.pid === process.pid) return undefined;
  try {
    const { ok } = await fetch(`${note.url}/api/session`, {
      headers: { authorization: `Bearer ${note.token}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return ok ? note : undefined;
  } catch {
    return undefined;
  }
}
