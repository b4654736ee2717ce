import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { breathe, calmly } from '#ingest/process/calmly.ts';

describe('going through many things calmly', () => {
  // Each test begins in a round in which nobody has worked.
  beforeEach(() => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve))));
  afterEach(() => void vi.restoreAllMocks());

  it('lets others in by time, also where few things take long each', async () => {
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    const seen: string[] = [];
    const others = new Promise<void>((resolve) => setImmediate(() => resolve(void seen.push('another'))));
    await calmly(['first', 'second', 'third', 'fourth'], (name) => {
      clock += 6;
      seen.push(name);
    });
    await others;
    expect(seen).toEqual(['first', 'second', 'another', 'third', 'fourth']);
  });

  it('goes through quick things in one turn', async () => {
    let turns = 0;
    const counting = setImmediate(() => turns++);
    vi.spyOn(performance, 'now').mockImplementation(() => 0);
    await calmly(Array.from({ length: 1_000 }), () => undefined);
    clearImmediate(counting);
    expect(turns).toBe(0);
  });

  it('gives several who work at once one slice together in each round', async () => {
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    const rounds: number[] = [];
    let [round, open] = [0, true];
    const count = (): void => {
      round = clock;
      if (open) setImmediate(count);
    };
    count();
    const work = () =>
      calmly([1, 2, 3, 4, 5], () => {
        clock += 4;
        rounds.push(clock - round);
      });
    await Promise.all([work(), work(), work()]);
    open = false;
    expect(rounds).toHaveLength(15);
    // The last part of a slice may end beyond it, and no second slice follows in its round.
    expect(Math.max(...rounds)).toBeLessThan(10 + 4);
  });

  it('lets others in between two parts where the first took long', async () => {
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
    const seen: string[] = [];
    await breathe();
    setImmediate(() => seen.push('another'));
    await breathe();
    seen.push('first');
    clock += 11;
    await breathe();
    seen.push('second');
    expect(seen).toEqual(['first', 'another', 'second']);
  });
});
