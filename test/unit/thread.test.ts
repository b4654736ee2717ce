import { afterEach, describe, expect, test } from 'vitest';
import { handOver } from '#ingest/process/calls.ts';
import { openThread, type Thread } from '#ingest/process/openThread.ts';
import type { TestCalls } from '#test/support/threadCalls.ts';

let ends = 0;
let thread: Thread<TestCalls>;
const opened = (): Thread<TestCalls> => {
  ends = 0;
  thread = openThread<TestCalls>({
    file: new URL('../support/threadCalls.ts', import.meta.url),
    name: 'The thread under test',
    data: { of: 'tests' },
    onEnd: () => ends++,
  });
  return thread;
};
afterEach(() => thread.end());

describe('a thread that answers calls', () => {
  test('answers each by its number, in their order, with what it was given at its start', async () => {
    const { ask, isRunning } = opened();
    expect(isRunning()).toBe(false);
    const answers = await Promise.all([ask('note', 'a'), ask('data', undefined), ask('note', 'b')]);
    expect(answers).toEqual([['a'], { of: 'tests' }, ['a', 'b']]);
    expect(isRunning()).toBe(true);
  });

  test('takes over memory that is handed to it, and hands its own back', async () => {
    const { ask } = opened();
    const bytes = new Uint8Array([1, 2]);
    expect(await ask('doubled', handOver(bytes, [bytes]))).toEqual(new Uint8Array([1, 2, 1, 2]));
    expect(bytes.length).toBe(0);
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
    await expect(waiting).rejects.toThrow('The thread under test ended');
    await expect(deadly).rejects.toThrow('The thread under test ended');
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
