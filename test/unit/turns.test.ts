import { describe, expect, test } from 'vitest';
import { createShares } from '#api/exports/turns.ts';

const never = new AbortController().signal;

describe('a common good of which everybody may hold two', () => {
  test("when one person asks for forty, then another's first does not wait", async () => {
    const shares = createShares({ atOnce: 2, waiting: 60 });
    const held: (() => void)[] = [];
    for (let turn = 0; turn < 40; turn++) void shares.enter('anna', never).then((leave) => held.push(leave));
    await shares.enter('bert', never);
    expect(held).toHaveLength(2);
    for (let turn = 0; turn < 40; turn++) {
      held[turn]?.();
      held[turn]?.();
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(held).toHaveLength(40);
  });

  test('when the line of one is full, then it is told so, and others are not', async () => {
    const shares = createShares({ atOnce: 1, waiting: 2 });
    await shares.enter('anna', never);
    void shares.enter('anna', never);
    void shares.enter('anna', never);
    await expect(shares.enter('anna', never)).rejects.toThrow('wait already');
    await expect(shares.enter('bert', never)).resolves.toBeTypeOf('function');
  });

  test('when somebody who waits goes away, then the place is free', async () => {
    const shares = createShares({ atOnce: 1, waiting: 1 });
    const leave = await shares.enter('anna', never);
    const gone = new AbortController();
    const waiting = shares.enter('anna', gone.signal);
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    const next = shares.enter('anna', never);
    leave();
    await expect(next).resolves.toBeTypeOf('function');
  });
});
