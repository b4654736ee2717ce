import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { Callee } from '#ingest/process/callee.ts';
import { handOver } from '#ingest/process/calls.ts';
import { openProcess } from '#ingest/process/openProcess.ts';
import { openThread } from '#ingest/process/openThread.ts';
import type { TestCalls } from '#test/support/testCalls.ts';

let ends = 0;
let callee: Callee<TestCalls>;
const given = {
  file: new URL('../support/testCalls.ts', import.meta.url),
  name: 'The callee under test',
  onEnd: () => ends++,
};
const OPENED = {
  thread: () => openThread<TestCalls>({ ...given, data: { of: 'tests' } }),
  process: () => openProcess<TestCalls>({ ...given, mostMemoryMb: 100 }),
};
afterEach(() => callee.end());

describe.each(['thread', 'process'] as const)('a %s that answers calls', (kind) => {
  const opened = (): Callee<TestCalls> => {
    ends = 0;
    callee = OPENED[kind]();
    return callee;
  };

  test('answers each by its number, in their order, with what it was given at its start', async () => {
    const { ask, isRunning } = opened();
    expect(isRunning()).toBe(false);
    const answers = await Promise.all([ask('note', 'a'), ask('data', undefined), ask('note', 'b')]);
    expect(answers).toEqual([['a'], kind === 'thread' ? { of: 'tests' } : null, ['a', 'b']]);
    expect(isRunning()).toBe(true);
  });

  test('is given memory that is handed to it, a thread for good, and hands its own back', async () => {
    const { ask } = opened();
    const bytes = new Uint8Array([1, 2]);
    expect(await ask('doubled', handOver(bytes, [bytes]))).toEqual(new Uint8Array([1, 2, 1, 2]));
    expect(bytes.length).toBe(kind === 'thread' ? 0 : 2);
  });

  test('passes an error on under its own name, and answers on', async () => {
    const { ask } = opened();
    await expect(ask('fails', undefined)).rejects.toMatchObject({ name: 'Unheard', message: 'as asked' });
    expect(await ask('note', 'after')).toEqual(['after']);
  });

  test('that dies rejects all that it was asked, says so, and is another one at the next call', async () => {
    const { ask } = opened();
    await ask('note', 'before');
    const waiting = ask('never', undefined);
    const deadly = ask('dies', undefined);
    await expect(waiting).rejects.toThrow(/^The callee under test ended/);
    await expect(deadly).rejects.toThrow(/^The callee under test ended/);
    expect(ends).toBe(1);
    expect(await ask('note', 'after')).toEqual(['after']);
  });

  test('that is ended rejects with the reason', async () => {
    const { ask, end, isRunning } = opened();
    const waiting = ask('never', undefined);
    const rejected = expect(waiting).rejects.toThrow('no longer wanted');
    await end(new Error('no longer wanted'));
    await rejected;
    expect(isRunning()).toBe(false);
    expect(ends).toBe(1);
  });
});

describe('a process that answers calls', () => {
  test('goes on when a terminal tells it to end, and ends with whoever started it', async () => {
    const starter = fork(fileURLToPath(new URL('../support/startsProcess.ts', import.meta.url)), {
      silent: true,
    });
    const [pid] = (await once(starter, 'message')) as [number];
    process.kill(pid, 'SIGINT');
    process.kill(pid, 'SIGTERM');
    const [again] = (await once(starter, 'message')) as [number];
    expect(again).toBe(pid);
    starter.kill('SIGKILL');
    // Both of them write to it: it closes when both are gone.
    await once(starter.stderr?.resume() ?? starter, 'close');
  });

  test('that takes more memory than it may dies alone', async () => {
    callee = OPENED.process();
    await expect(callee.ask('fills', undefined)).rejects.toThrow('The callee under test ended: SIG');
    expect(await callee.ask('note', 'after')).toEqual(['after']);
  });
});
