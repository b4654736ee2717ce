import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type JobParts, type Jobs, openJobs } from '#api/exports/jobs/jobs.ts';
import { Problem } from '#api/http/problem.ts';
import { type ExportOrder, exportOrder } from '#schemas/results/exportJobs.ts';

const order: ExportOrder = exportOrder.parse({ document: 'letters', format: 'docx', year: 2026 });
const NOON = Date.parse('2026-11-22T04:00:00Z');
const DAY = 86_400_000;

let folder: string;
let at: number;
let open: Jobs[];
const errors: object[] = [];

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'wuxing-jobs-')), 'exports');
  at = NOON;
  open = [];
  errors.length = 0;
});
afterEach(async () => {
  for (const jobs of open) await jobs.close();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

async function jobsWith(perform: JobParts['perform']): Promise<Jobs> {
  const log = { error: (fields: object) => void errors.push(fields) };
  const jobs = await openJobs({ folder, perform, log, now: () => at });
  open.push(jobs);
  return jobs;
}

/** Pieces that come one by one; `gate` holds back all but the first. */
const inPieces =
  (gate: Promise<unknown> = Promise.resolve()): JobParts['perform'] =>
  async (_order, { onProgress }) => ({
    fileName: '反馈意见.zip',
    contentType: 'application/zip',
    body: (async function* () {
      onProgress(1, 2);
      yield Buffer.from('one ');
      await gate;
      onProgress(2, 2);
      yield Buffer.from('two');
    })(),
  });

const never = new Promise<void>(() => {});

/** Waits until a job is in a state. */
async function until(jobs: Jobs, id: string, state: string) {
  await expect.poll(() => jobs.find('me', id).state, { timeout: 5_000, interval: 5 }).toBe(state);
  return jobs.find('me', id);
}

const textOf = async (jobs: Jobs, id: string): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of jobs.file('me', id).read()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

describe('given a job that is ordered', () => {
  test('then it tells how far it is, and its file comes when it is done, for its owner alone', async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const jobs = await jobsWith(inPieces(gate));
    const { id } = await jobs.start('me', order);
    await expect.poll(() => jobs.find('me', id).progress).toEqual({ done: 1, of: 2 });
    expect(() => jobs.file('me', id)).toThrow('running');
    release();
    const done = await until(jobs, id, 'done');
    expect(done).toMatchObject({ progress: { done: 2, of: 2 }, fileName: '反馈意见.zip', size: 7 });
    expect(await textOf(jobs, id)).toBe('one two');
    for (const ask of [jobs.find, jobs.file]) expect(() => ask('you', id)).toThrow(`There is no job ${id}.`);
    await expect(jobs.cancel('you', id)).rejects.toThrow('no job');
    expect([jobs.list('me').length, jobs.list('you').length]).toEqual([1, 0]);
  });

  test('then its files are readable by the server’s own user alone', async () => {
    const jobs = await jobsWith(inPieces());
    const { id } = await jobs.start('me', order);
    await until(jobs, id, 'done');
    // The record is written beside the old one and then renamed: that is over a moment after the job is done.
    await expect.poll(() => readdirSync(folder).sort()).toEqual([`${id}.file`, `${id}.json`]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  test('when it cannot be made, then it says why; what is of the inside stays in the log', async () => {
    const reasons = [new Problem('not-found', 'No plan is adopted for 2026.'), new Error('secret')];
    const jobs = await jobsWith(async () => {
      throw reasons.shift();
    });
    const first = await jobs.start('me', order);
    const second = await jobs.start('me', order);
    expect((await until(jobs, first.id, 'failed')).problem).toBe('No plan is adopted for 2026.');
    expect((await until(jobs, second.id, 'failed')).problem).not.toContain('secret');
    expect(errors).toHaveLength(1);
  });

  test('when it is cancelled, running or waiting, then it stops, leaves no file, and can be forgotten', async () => {
    const jobs = await jobsWith(inPieces(never));
    const running = await jobs.start('me', order);
    const waiting = await jobs.start('me', order);
    await until(jobs, running.id, 'running');
    await jobs.cancel('me', waiting.id);
    expect(jobs.find('me', waiting.id).state).toBe('cancelled');
    await jobs.cancel('me', running.id);
    await until(jobs, running.id, 'cancelled');
    await expect.poll(() => readdirSync(folder).filter((name) => !name.endsWith('.json'))).toEqual([]);
    await jobs.cancel('me', running.id);
    expect(() => jobs.find('me', running.id)).toThrow('no job');
  });

  test('when somebody orders more than a few at once, then the next is refused; others are not', async () => {
    const jobs = await jobsWith(inPieces(never));
    for (let count = 0; count < 5; count++) await jobs.start('me', order);
    await expect(jobs.start('me', order)).rejects.toThrow('under way');
    await expect(jobs.start('you', order)).resolves.toMatchObject({ state: 'queued' });
  });
});

describe('given a server that starts again', () => {
  test('then what was done is still there, and what was under way is interrupted', async () => {
    const first = await jobsWith(inPieces());
    const done = await first.start('me', order);
    await until(first, done.id, 'done');
    await first.close();
    const second = await jobsWith(inPieces(never));
    const running = await second.start('me', order);
    await until(second, running.id, 'running');
    await second.close();
    const third = await jobsWith(inPieces());
    expect(third.find('me', running.id).state).toBe('interrupted');
    expect(await textOf(third, done.id)).toBe('one two');
  });

  test('when it was killed, then the job is interrupted too, and half a file is gone', async () => {
    const jobs = await jobsWith(inPieces());
    const { id } = await jobs.start('me', order);
    await until(jobs, id, 'done');
    await jobs.close();
    const path = join(folder, `${id}.json`);
    const record = JSON.parse(readFileSync(path, 'utf8'));
    Object.assign(record.job, { state: 'running', finishedAt: null, expiresAt: null });
    writeFileSync(path, JSON.stringify(record));
    writeFileSync(join(folder, `${id}.draft`), 'half');
    writeFileSync(join(folder, 'torn.json'), '{"owner":');
    const again = await jobsWith(inPieces());
    expect(again.find('me', id).state).toBe('interrupted');
    expect(readdirSync(folder)).toEqual([`${id}.json`]);
  });

  test('when a day has gone by, then it is forgotten, with its file', async () => {
    const jobs = await jobsWith(inPieces());
    const { id } = await jobs.start('me', order);
    await until(jobs, id, 'done');
    at = NOON + DAY - 1;
    expect(jobs.find('me', id).state).toBe('done');
    at = NOON + DAY;
    expect(() => jobs.find('me', id)).toThrow('no job');
    await jobs.close();
    await jobsWith(inPieces());
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('given many jobs of one person', () => {
  test("then another's first does not wait for them all", async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const begun: unknown[] = [];
    const jobs = await jobsWith(async (asked, tools) => {
      begun.push(asked.group);
      return inPieces(gate)(asked, tools);
    });
    for (const group of ['a1', 'a2', 'a3']) await jobs.start('anna', { ...order, group });
    for (const group of ['b1', 'b2']) await jobs.start('bert', { ...order, group });
    const { id } = await jobs.start('me', { ...order, group: 'c1' });
    release();
    await until(jobs, id, 'done');
    expect(begun.slice(0, 4)).toEqual(['a1', 'a2', 'b1', 'c1']);
  });

  test('then the oldest that are finished are forgotten with their files, and only theirs', async () => {
    const jobs = await jobsWith(inPieces());
    const { id: other } = await jobs.start('you', order);
    const ids: string[] = [];
    for (let turn = 0; turn < 23; turn++) {
      at += 1_000;
      const { id } = await jobs.start('me', order);
      await until(jobs, id, 'done');
      ids.push(id);
    }
    const { id } = await jobs.start('me', order);
    await until(jobs, id, 'done');
    expect(jobs.list('me')).toHaveLength(21);
    expect(() => jobs.find('me', ids[0] ?? '')).toThrow('no job');
    expect(readdirSync(folder).filter((name) => name.startsWith(ids[0] ?? ''))).toEqual([]);
    expect(jobs.find('you', other).state).toBe('done');
  });
});

describe('given a job whose owner is let in no longer', () => {
  test.each(['running', 'queued'])(
    'when it is %s, then it is cancelled, and the next one runs',
    async (state) => {
      const jobs = await jobsWith(inPieces(never));
      const first = await jobs.start('me', order);
      await until(jobs, first.id, 'running');
      const second = await jobs.start('me', order);
      const { id } = state === 'running' ? first : second;
      let end = (): void => {};
      let stopped = 0;
      jobs.whileThere('me', id, (onEnded) => {
        end = onEnded;
        return () => void stopped++;
      });
      end();
      expect((await until(jobs, id, 'cancelled')).state).toBe('cancelled');
      expect(stopped).toBe(1);
      if (state === 'running') await until(jobs, second.id, 'running');
    },
  );
});
