#!/usr/bin/env node
// Starts the tool on the right Node, with what is fixed once Node runs.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ENVIRONMENT, FLAGS, keepCompiled, refuseOldRuntime, runtimePath } from './runtime.mjs';

const runtime = runtimePath();
if (runtime === process.execPath) refuseOldRuntime();
keepCompiled();
const main = fileURLToPath(new URL('../wuxing/main.ts', import.meta.url));
const child = spawn(runtime, [...FLAGS, main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...ENVIRONMENT, ...process.env },
});
// The terminal sends Ctrl-C to both; the child decides when it is done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
child.on('exit', (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
