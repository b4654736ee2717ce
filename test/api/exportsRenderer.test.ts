import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { type Made, make, type Order } from '#api/exports/render.ts';
import { openRenderer } from '#api/exports/renderer/renderer.ts';
import { lettersName, lettersZip } from '#api/exports/zip.ts';
import { documentRows } from '#test/fixtures/documents.ts';
import { fixture, orderOf } from '#test/support/documents.ts';
import { packageFaults } from '#test/support/package.ts';

const renderer = openRenderer();
afterAll(() => renderer.close());

const { reportData } = orderOf({});
const standings = (count: number) => fixture.rows.slice(0, count).map(({ unit }) => fixture.standing(unit));

describe('given the letters of all units in one archive', () => {
  const options = { make: renderer.make, language: 'zh-CN', format: 'docx', of: 3 } as const;

  it('then every unit has its letter, and progress is told', async () => {
    const told: string[] = [];
    const pieces: Uint8Array[] = [];
    const onProgress = (done: number, of: number) => told.push(`${done}/${of}`);
    for await (const piece of lettersZip(reportData, standings(3), { ...options, onProgress }))
      pieces.push(piece);
    const files = unzipSync(Buffer.concat(pieces));
    expect(Object.keys(files)).toEqual(
      fixture.rows.slice(0, 3).map(({ name }) => `${name}2026年五型领导班子创建活动反馈意见.docx`),
    );
    for (const letter of Object.values(files)) expect(packageFaults(letter)).toEqual([]);
    expect(told).toEqual(['1/3', '2/3', '3/3']);
    expect(lettersName('zh-CN', reportData)).toBe('2026年五型领导班子创建活动反馈意见.zip');
  });

  it('when it is cancelled, then no further letter is made', async () => {
    const stop = new AbortController();
    let done = 0;
    const onProgress = () => {
      done++;
      stop.abort();
    };
    const letters = lettersZip(reportData, standings(3), { ...options, onProgress, signal: stop.signal });
    await expect(gather(letters)).rejects.toThrow(/abort/i);
    expect(done).toBe(1);
  });
});

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of pieces);
}

describe('given ten thousand units', () => {
  const rows = documentRows({ units: 10_000 });

  it('when a document is made aside, then the thread that serves has less than half the work of making it', async () => {
    const order = orderOf({ format: 'docx', rows });
    const spent = async (making: (order: Order) => Promise<Made>) => {
      const begun = process.threadCpuUsage();
      const { bytes } = await making(order);
      const { user, system } = process.threadCpuUsage(begun);
      return { bytes, work: user + system };
    };
    const [aside, here] = [await spent(renderer.make), await spent(make)];
    expect(packageFaults(aside.bytes)).toEqual([]);
    // Work, not time, so that a busy machine changes nothing.
    expect(aside.work / here.work).toBeLessThan(0.5);
  });

  describe.each([
    { left: 'more than it may keep', mostHeldMb: 0, processes: 2, running: 0 },
    { left: 'less', mostHeldMb: 1_000, processes: 1, running: 1 },
  ])('when each document leaves $left', ({ mostHeldMb, processes, running }) => {
    it(`then processes that make two documents: ${processes}, that stay: ${running}; the documents are the same`, async () => {
      const order = orderOf({ format: 'csv', rows: documentRows({ units: 30 }) });
      const { bytes } = await renderer.make(order);
      const started: ChildProcess[] = [];
      const onProcess = (message: unknown): void =>
        void started.push((message as { process: ChildProcess }).process);
      const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
        exitCode === null && signalCode === null;
      subscribe('child_process', onProcess);
      const own = openRenderer(mostHeldMb);
      try {
        const [first, second] = [await own.make(order), await own.make(order)];
        expect(started).toHaveLength(processes);
        expect(started.filter(isRunning)).toHaveLength(running);
        expect(first.bytes).toEqual(bytes);
        expect(second.bytes).toEqual(bytes);
      } finally {
        unsubscribe('child_process', onProcess);
        await own.close();
      }
      expect(started.filter(isRunning)).toEqual([]);
    });
  });

  it('when the job is cancelled, then it ends at once and the next one is made', async () => {
    const stop = new AbortController();
    const order = orderOf({ format: 'pdf', rows });
    const { question } = order.reportData;
    // It is read last, as the thread is given the order: from then on the document is under way.
    const reportData = {
      ...order.reportData,
      get question() {
        setImmediate(() => stop.abort());
        return question;
      },
    };
    const cancelled = renderer.make({ ...order, reportData }, stop.signal);
    await expect(cancelled).rejects.toThrow(/abort/i);
    const { fileName } = await renderer.make(orderOf({ format: 'csv' }));
    expect(fileName).toBe('2026年五型领导班子创建活动统计表.csv');
  });
});
