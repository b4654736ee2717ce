import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMaintenance } from '#ingest/run/maintenance.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('merges once many records have come in and no more come', () => {
  const merge = vi.fn(async () => {});
  const maintenance = createMaintenance({ merge, pauseMerges: async () => {} }, 1_000);
  maintenance.wrote(19_999, 19_999, false);
  vi.advanceTimersByTime(10_000);
  expect(merge).not.toHaveBeenCalled();
  maintenance.wrote(1, 20_000, false);
  vi.advanceTimersByTime(900);
  maintenance.wrote(1, 20_001, false);
  vi.advanceTimersByTime(900);
  expect(merge).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(merge).toHaveBeenCalledTimes(1);
});

test('is content with a share of unmerged records in a large store', () => {
  const merge = vi.fn(async () => {});
  const maintenance = createMaintenance({ merge, pauseMerges: async () => {} }, 1_000);
  maintenance.wrote(20_000, 1_000_000, false);
  vi.advanceTimersByTime(10_000);
  expect(merge).not.toHaveBeenCalled();
  maintenance.wrote(30_000, 1_030_000, false);
  vi.advanceTimersByTime(10_000);
  expect(merge).not.toHaveBeenCalled();
  maintenance.wrote(2_000, 1_032_000, false);
  vi.advanceTimersByTime(10_000);
  expect(merge).toHaveBeenCalledTimes(1);
});

test('goes on after a merge that failed, and not at all once stopped', async () => {
  const merge = vi.fn(() => Promise.reject(new Error('disk full')));
  const maintenance = createMaintenance({ merge, pauseMerges: async () => {} }, 1_000);
  maintenance.wrote(20_000, 20_000, false);
  await vi.advanceTimersByTimeAsync(1_000);
  maintenance.wrote(20_000, 40_000, false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(merge).toHaveBeenCalledTimes(2);
  maintenance.wrote(20_000, 60_000, false);
  maintenance.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(merge).toHaveBeenCalledTimes(2);
});

test('keeps the engine from merging while more records are waiting, but not for ever', () => {
  const pauseMerges = vi.fn(async (_: boolean) => {});
  const maintenance = createMaintenance({ merge: async () => {}, pauseMerges }, 1_000);
  maintenance.wrote(20_000, 20_000, true);
  maintenance.wrote(20_000, 40_000, true);
  expect(pauseMerges.mock.calls).toEqual([[true]]);
  maintenance.wrote(1_000, 41_000, false);
  expect(pauseMerges.mock.calls).toEqual([[true], [false]]);
  for (let group = 1; group < 1_000; group++) maintenance.wrote(20_000, group * 20_000, true);
  expect(pauseMerges.mock.calls).toEqual([[true], [false], [true], [false]]);
  maintenance.stop();
  expect(pauseMerges).toHaveBeenCalledTimes(4);
});

test('lets the engine merge again once stopped', () => {
  const pauseMerges = vi.fn(async (_: boolean) => {});
  const maintenance = createMaintenance({ merge: async () => {}, pauseMerges }, 1_000);
  maintenance.wrote(20_000, 20_000, true);
  maintenance.stop();
  expect(pauseMerges.mock.calls).toEqual([[true], [false]]);
});
