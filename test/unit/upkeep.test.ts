import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createUpkeep } from '#ingest/run/upkeep.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('merges once many records have come in and no more come', () => {
  const merge = vi.fn(async () => {});
  const upkeep = createUpkeep({ merge, letMerge: async () => {} }, 1_000);
  upkeep.wrote(19_999, 19_999, false);
  vi.advanceTimersByTime(10_000);
  expect(merge).not.toHaveBeenCalled();
  upkeep.wrote(1, 20_000, false);
  vi.advanceTimersByTime(900);
  upkeep.wrote(1, 20_001, false);
  vi.advanceTimersByTime(900);
  expect(merge).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(merge).toHaveBeenCalledTimes(1);
});

test('is content with a share of unmerged records in a large store', () => {
  const merge = vi.fn(async () => {});
  const upkeep = createUpkeep({ merge, letMerge: async () => {} }, 1_000);
  upkeep.wrote(20_000, 1_000_000, false);
  vi.advanceTimersByTime(10_000);
  expect(merge).not.toHaveBeenCalled();
  upkeep.wrote(30_000, 1_030_000, false);
  vi.advanceTimersByTime(10_000);
  expect(merge).not.toHaveBeenCalled();
  upkeep.wrote(2_000, 1_032_000, false);
  vi.advanceTimersByTime(10_000);
  expect(merge).toHaveBeenCalledTimes(1);
});

test('goes on after a merge that failed, and not at all once stopped', async () => {
  const merge = vi.fn(() => Promise.reject(new Error('disk full')));
  const upkeep = createUpkeep({ merge, letMerge: async () => {} }, 1_000);
  upkeep.wrote(20_000, 20_000, false);
  await vi.advanceTimersByTimeAsync(1_000);
  upkeep.wrote(20_000, 40_000, false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(merge).toHaveBeenCalledTimes(2);
  upkeep.wrote(20_000, 60_000, false);
  upkeep.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(merge).toHaveBeenCalledTimes(2);
});

test('keeps the engine from merging while more records are waiting, but not for ever', () => {
  const letMerge = vi.fn(async (_: boolean) => {});
  const upkeep = createUpkeep({ merge: async () => {}, letMerge }, 1_000);
  upkeep.wrote(20_000, 20_000, true);
  upkeep.wrote(20_000, 40_000, true);
  expect(letMerge.mock.calls).toEqual([[false]]);
  upkeep.wrote(1_000, 41_000, false);
  expect(letMerge.mock.calls).toEqual([[false], [true]]);
  for (let group = 1; group < 1_000; group++) upkeep.wrote(20_000, group * 20_000, true);
  expect(letMerge.mock.calls).toEqual([[false], [true], [false], [true]]);
  upkeep.stop();
  expect(letMerge).toHaveBeenCalledTimes(4);
});

test('lets the engine merge again once stopped', () => {
  const letMerge = vi.fn(async (_: boolean) => {});
  const upkeep = createUpkeep({ merge: async () => {}, letMerge }, 1_000);
  upkeep.wrote(20_000, 20_000, true);
  upkeep.stop();
  expect(letMerge.mock.calls).toEqual([[false], [true]]);
});
