// Runs scripts of package.json side by side, as many at a time as there are processors; those named first begin first,
// so the longest come first. What one says comes in one piece once it has ended, with how long it took. Fails where any
// of them fails, once all have ended.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const waiting = process.argv.slice(2);
const failed = [];

/** Resolves with what it said and whether all was well. */
function ran(script) {
  const pieces = [];
  const child = spawn(process.execPath, ['--run', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
  });
  child.stdout.on('data', (piece) => pieces.push(piece));
  child.stderr.on('data', (piece) => pieces.push(piece));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ said: `${error.message}\n`, well: false }));
    child.on('close', (code) => resolve({ said: Buffer.concat(pieces).toString('utf8'), well: code === 0 }));
  });
}

async function oneAfterAnother() {
  for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) {
    const began = performance.now();
    const { said, well } = await ran(script);
    const seconds = Math.round((performance.now() - began) / 1_000);
    process.stdout.write(
      `${well ? 'passed' : 'FAILED'}  ${script}, ${seconds} s\n${said.trim() ? said : ''}`,
    );
    if (!well) failed.push(script);
  }
}

await Promise.all(Array.from({ length: Math.max(1, availableParallelism()) }, oneAfterAnother));
if (failed.length > 0) {
  process.stdout.write(`FAILED: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
