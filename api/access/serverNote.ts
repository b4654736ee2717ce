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

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The note of a server that lives; one that a killed server left behind counts for nothing. */
export function readServerNote(dataDir: string): ServerNote | undefined {
  let text: string;
  try {
    text = readFileSync(fileIn(dataDir), 'utf8');
  } catch {
    return undefined;
  }
  const note = serverNote.safeParse(JSON.parse(text));
  return note.success && lives(note.data.pid) ? note.data : undefined;
}
