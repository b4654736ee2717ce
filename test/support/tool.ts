import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ENVIRONMENT, FLAGS } from '../../bin/runtime.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SETTINGS = [
  'PORT',
  'HOST',
  'DATA_DIR',
  'STREAM_URL',
  'STORE_URL',
  'ADMIN_TOKEN',
  'PUBLIC_URL',
  'INGEST',
];

export type Ran = { code: number | null; out: string; err: string };

/** Starts the tool as its own process: `bin` by way of the installed command, else as npm scripts do. */
export function startTool(
  args: readonly string[],
  env: Record<string, string>,
  bin = false,
): ChildProcessWithoutNullStreams {
  return start([bin ? 'bin/wuxing.mjs' : 'wuxing/main.ts', ...args], env);
}

/** Starts the ingest service as on servers. */
export const startIngestService = (env: Record<string, string>): ChildProcessWithoutNullStreams =>
  start(['ingest/main.ts'], env);

function start(args: readonly string[], env: Record<string, string>): ChildProcessWithoutNullStreams {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !SETTINGS.includes(name)),
  );
  return spawn(process.execPath, [...FLAGS, ...args], {
    cwd: ROOT,
    env: { ...inherited, ...ENVIRONMENT, LOG_LEVEL: 'warn', ...env },
  });
}

/** Resolves with what a process said once it has ended. */
export function ended(child: ChildProcessWithoutNullStreams, input?: string): Promise<Ran> {
  let [out, err] = ['', ''];
  // Chunks end anywhere, in the middle of a Chinese sign too.
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

export const runTool = (args: readonly string[], env: Record<string, string>, input?: string): Promise<Ran> =>
  ended(startTool(args, env), input);

/** Resolves with the match once a process has said something; rejects with all that it said if it ends before. */
export function said(child: ChildProcessWithoutNullStreams, pattern: RegExp): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      text += chunk;
      const match = pattern.exec(text);
      if (match) resolve(match);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', () => reject(new Error(`ended without ${pattern}: ${text}`)));
  });
}

/**
 * Runs a command of the tool within this process, which costs a start less: for commands that go through the server of
 * another process, work on files, or have an engine of their own while no product is open here. What depends on a
 * process of its own (a lasting server, signals, standard input, who may read what is written, a product of this
 * process, which the tool would not take for a server) goes through `runTool`. One at a time.
 */
export async function runToolHere(args: readonly string[], env: Record<string, string>): Promise<Ran> {
  const { run } = await import('../../wuxing/program.ts');
  const { stdout, stderr, exitCode } = process;
  const before = { ...process.env };
  const writes = { out: stdout.write, err: stderr.write };
  const said = { out: '', err: '' };
  const into =
    (name: keyof typeof said): typeof stdout.write =>
    (chunk: Uint8Array | string) => {
      said[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      return true;
    };
  for (const name of SETTINGS) delete process.env[name];
  Object.assign(process.env, { LOG_LEVEL: 'warn' }, env);
  stdout.write = into('out');
  stderr.write = into('err');
  try {
    process.exitCode = 0;
    await run(args);
    return { code: Number(process.exitCode), ...said };
  } finally {
    stdout.write = writes.out;
    stderr.write = writes.err;
    process.exitCode = exitCode;
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}
