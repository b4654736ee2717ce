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
