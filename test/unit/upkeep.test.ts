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
  const upkeep = createUpkeep(merge, 1_000);
  upkeep.wrote(19_999, 19_999);
  vi.advanceTimersByTime(10_000);
  expect(merge).not.toHaveBeenCalled();
  upkeep.wrote(1, 20_000);
  vi.advanceTimersByTime(900);
  upkeep.wrote(1, 20_001);
  vi.advanceTimersByTime(900);
  expect(merge).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(merge).toHaveBeenCalledTimes(1);
});

test('is content with a share of unmerged records in a large store', () => {
  const merge = vi.fn(async () => {});
  const upkeep = createUpkeep(merge, 1_000);
  upkeep.wrote(20_000, 1_000_000);
  vi.advanceTimersByTime(10_000);
  expect(merge).not.toHaveBeenCalled();
  upkeep.wrote(30_000, 1_030_000);
  vi.advanceTimersByTime(10_000);
  expect(merge).not.toHaveBeenCalled();
  upkeep.wrote(2_000, 1_032_000);
  vi.advanceTimersByTime(10_000);
  expect(merge).toHaveBeenCalledTimes(1);
});

test('goes on after a merge that failed, and not at all once stopped', async () => {
  const merge = vi.fn(() => Promise.reject(new Error('disk full')));
  const upkeep = createUpkeep(merge, 1_000);
  upkeep.wrote(20_000, 20_000);
  await vi.advanceTimersByTimeAsync(1_000);
  upkeep.wrote(20_000, 40_000);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(merge).toHaveBeenCalledTimes(2);
  upkeep.wrote(20_000, 60_000);
  upkeep.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(merge).toHaveBeenCalledTimes(2);
});
