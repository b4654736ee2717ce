import type { Worker } from 'node:worker_threads';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
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
    expect(lettersName('zh-CN', 2026)).toBe('2026年五型领导班子创建活动反馈意见.zip');
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

  it('when a document is made aside, then the thread that serves is hardly held up', async () => {
    const [all, here] = [process.cpuUsage(), process.threadCpuUsage()];
    const { bytes } = await renderer.make(orderOf({ format: 'docx', rows }));
    const spent = ({ user, system }: NodeJS.CpuUsage): number => user + system;
    const [allSpent, hereSpent] = [spent(process.cpuUsage(all)), spent(process.threadCpuUsage(here))];
    expect(packageFaults(bytes)).toEqual([]);
    // Work, not time, so that a busy machine changes nothing: made on the serving thread, it would be nearly all of it.
    expect(hereSpent / allSpent).toBeLessThan(0.5);
  });

  describe.each([
    { left: 'more than it may keep', mostHeldMb: 0, threads: 2, running: 0 },
    { left: 'less', mostHeldMb: 1_000, threads: 1, running: 1 },
  ])('when each document leaves $left', ({ mostHeldMb, threads, running }) => {
    it(`then threads that make two documents: ${threads}, that stay: ${running}; the documents are the same`, async () => {
      const order = orderOf({ format: 'csv', rows: documentRows({ units: 30 }) });
      const { bytes } = await renderer.make(order);
      const states: ('running' | 'ended')[] = [];
      const onWorker = (worker: Worker): void => {
        const at = states.push('running') - 1;
        worker.once('exit', () => {
          states[at] = 'ended';
        });
      };
      process.on('worker', onWorker);
      const own = openRenderer(mostHeldMb);
      try {
        const [first, second] = [await own.make(order), await own.make(order)];
        expect(states).toHaveLength(threads);
        expect(states.filter((state) => state === 'running')).toHaveLength(running);
        expect(first.bytes).toEqual(bytes);
        expect(second.bytes).toEqual(bytes);
      } finally {
        process.off('worker', onWorker);
        await own.close();
      }
      expect(states).not.toContain('running');
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
