/** What the tool tells people goes to stderr, what it delivers to stdout, so that a pipe gets the goods alone. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`);
export const deliver = (text: string): void => void process.stdout.write(text);

/** Ends a command with a sentence and exit code 1: nothing of the inside. */
export class Failure extends Error {}
