import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Callee, type CalleeOptions, openCallee } from './callee.ts';
import type { Calls } from './calls.ts';

export type ProcessOptions = CalleeOptions & {
  /** The file whose `answerCalls` it runs. */
  file: URL;
  /** The most that its heap may take; beyond it the process dies. */
  mostMemoryMb: number;
};

/** How Node was told to be sparing holds for a process of ours as for this one. */
const isOfMemory = (flag: string): boolean => /^--(max-semi-space-size|heap-growing-percent)=/.test(flag);

/**
 * A process of its own that answers calls: for rare work that takes much memory, all of which goes back to the system
 * when it ends. It ends with this one.
 */
export const openProcess = <C extends Calls>({ file, mostMemoryMb, ...options }: ProcessOptions): Callee<C> =>
  openCallee<C>(options, ({ reply, ended }) => {
    const child: ChildProcess = fork(fileURLToPath(file), {
      execArgv: [...process.execArgv.filter(isOfMemory), `--max-old-space-size=${mostMemoryMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const gone = once(child, 'exit').catch(() => undefined);
    child.on('message', reply);
    child.on('error', ended);
    child.on('exit', (_, signal) => ended(signal ? new Error(signal) : undefined));
    return {
      send: (question) => void child.send(question, (error) => error && ended(error)),
      hold(isHeld) {
        const how = isHeld ? 'ref' : 'unref';
        child[how]();
        child.channel?.[how]();
      },
      terminate() {
        child.kill('SIGKILL');
        return gone;
      },
    };
  });
