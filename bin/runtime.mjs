// Which Node runs Wuxing. On Linux npm brings one along (see docs/decisions/0012); elsewhere it is the host's.
// Plain JavaScript that an old Node understands, too: it is what tells people that theirs is too old.
import * as modules from 'node:module';
import { fileURLToPath } from 'node:url';

const LEAST = [22, 22];

/**
 * How Node is told to be sparing, see docs/limits.md: old objects may grow by two fifths before they are collected, not
 * by three times, and young ones take 24 MB a thread. package.json and the Dockerfile say the same.
 */
export const FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=40'];
/**
 * What is fixed once a process runs: threads for chDB's queries, each of which holds one; and how many arenas glibc takes
 * memory from, which by default are eight a processor, and give little of it back.
 */
export const ENVIRONMENT = { UV_THREADPOOL_SIZE: '16', MALLOC_ARENA_MAX: '2' };

/** Whether a version such as `24.21.0` strips types and is still maintained. */
export function isSupported(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}

/** The Node that npm installed for this machine; the running one where there is none. */
export function runtimePath() {
  try {
    return modules
      .createRequire(import.meta.url)
      .resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return process.execPath;
  }
}

/** Ends the process with a sentence where it runs on a Node that cannot run Wuxing. */
export function refuseOldRuntime() {
  if (isSupported(process.versions.node)) return;
  process.stderr.write(
    `Wuxing needs Node ${LEAST.join('.')} or newer, and this is ${process.versions.node}. ` +
      'On Linux (x64, arm64) `npm ci` brings a newer one along; elsewhere install one from https://nodejs.org.\n',
  );
  process.exit(1);
}

/**
 * Keeps what Node compiles, so that the next start need not: a quarter of the work of a start. Beside the packages, where
 * nobody else of the machine writes; where we may not write either, everything is compiled as before. Threads and child
 * processes learn of it by the environment.
 */
export function keepCompiled() {
  const folder = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));
  process.env.NODE_COMPILE_CACHE ??= folder;
  // An old Node, which only hands over to another, does not have it.
  modules.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
}
