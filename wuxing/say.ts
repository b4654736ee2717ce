import { open } from 'node:fs/promises';

/** What the tool tells people goes to stderr, what it delivers to stdout, so that a pipe gets the goods alone. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);
export const deliver = (text: string): void => void process.stdout.write(text);

/**
 * Told before anything is done: a seal that cannot be written down, or a stream that has been read in vain, would be
 * told too late. What is in the file stays as it is.
 */
export async function mustBeWritable(file: string | undefined): Promise<void> {
  if (file === undefined || file === '-') return;
  const handle = await open(file, 'a').catch((cause: unknown) => {
    throw new Failure(`${file} cannot be written.`, { cause });
  });
  await handle.close();
}

/** Ends a command with a sentence and exit code 1: nothing of the inside. */
export class Failure extends Error {}
