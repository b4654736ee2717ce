// Runs the command of its arguments and obeys the lines on its standard input. It stands between the tests and
// the broker because a test process that is killed outright runs no exit hooks: its end closes our input, and
// only the process that started the broker can signal it without the risk of hitting a re-used pid.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [log, command, ...args] = process.argv.slice(2);
const out = openSync(log, 'a');
const child = spawn(command, args, { stdio: ['ignore', out, out] });
const signals = { stop: 'SIGTERM', kill: 'SIGKILL', pause: 'SIGSTOP', resume: 'SIGCONT' };

child.on('error', () => process.exit(127));
child.on('exit', () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGKILL'));
createInterface({ input: process.stdin })
  .on('line', (line) => child.kill(signals[line] ?? 'SIGKILL'))
  .on('close', () => child.kill('SIGKILL'));
