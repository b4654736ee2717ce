import { afterEach, describe, expect, it, vi } from 'vitest';
import { calmly } from '#ingest/process/calmly.ts';

describe('going through many things calmly', () => {
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
});
