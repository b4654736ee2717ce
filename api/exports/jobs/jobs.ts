import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '#api/http/problem.ts';
import type { Log } from '#api/ports.ts';
import type { ExportJob, ExportOrder, JobState } from '#schemas/results/exportJobs.ts';
import { createTurns } from '../turns.ts';
import { abortable } from './abortable.ts';
import { createRecords, type JobRecord, type Records } from './records.ts';

/** What a job works with. */
export type Tools = { signal: AbortSignal; onProgress(done: number, of: number): void };
export type Product = { fileName: string; contentType: string; body: AsyncIterable<Uint8Array> };

export type File = { fileName: string; contentType: string; size: number; read(): AsyncIterable<Uint8Array> };

/** Documents that take long, made one after another, each owner's in turn. A job belongs to whoever ordered it; to others it does not exist. */
export type Jobs = {
  /** Throws a `Problem` where the owner has too many under way. */
  start(owner: string, order: ExportOrder): Promise<ExportJob>;
  /** Newest first. */
  list(owner: string): ExportJob[];
  find(owner: string, id: string): ExportJob;
  /** The file of a job that is done; a `Problem` otherwise. */
  file(owner: string, id: string): File;
  /** Stops what is not finished; forgets what is, and its file. */
  cancel(owner: string, id: string): Promise<void>;
  /** Cancels the job, where it is not finished, once its owner is let in no longer. */
  whileThere(owner: string, id: string, whenEnded: (onEnded: () => void) => () => void): void;
  /** Stops what runs; it is found interrupted afterwards. */
  close(): Promise<void>;
};

export type JobParts = {
  folder: string;
  /** Begins the work; its body is written to a file as it comes. */
  perform(order: ExportOrder, tools: Tools): Promise<Product>;
  log: Pick<Log, 'error'>;
  now(): number;
};

const DAY_MS = 86_400_000;
const SWEEP_MS = 900_000;
/** Jobs of one owner that wait or run. */
const MOST = 5;
/** Jobs of one owner that are finished and kept with their files: the oldest go first. */
const MOST_FINISHED = 20;

const UNFINISHED: ReadonlySet<JobState> = new Set(['queued', 'running']);

type Kept = JobRecord & { stop: AbortController; unwatch?: () => void };

/** Opens the jobs of a folder; what an earlier run did not finish is interrupted. */
export async function openJobs(parts: JobParts): Promise<Jobs> {
  const { folder, now } = parts;
  const records = createRecords(folder);
  const kept = new Map<string, Kept>();
  const iso = (instant: number): string => new Date(instant).toISOString();
  let closing = false;
  const turns = createTurns();

  async function finish(one: Kept, state: JobState, more: Partial<ExportJob> = {}): Promise<void> {
    one.unwatch?.();
    const at = now();
    one.job = { ...one.job, ...more, state, finishedAt: iso(at), expiresAt: iso(at + DAY_MS) };
    await records.save(one);
  }

  async function sweep(): Promise<void> {
    for (const { job } of kept.values())
      if (job.expiresAt !== null && Date.parse(job.expiresAt) <= now()) {
        kept.delete(job.id);
        await records.remove(job.id);
      }
  }

  async function forgetOldest(owner: string): Promise<void> {
    const finished = [...kept.values()].filter(
      (one) => one.owner === owner && !UNFINISHED.has(one.job.state),
    );
    for (const { job } of finished.slice(0, Math.max(0, finished.length - MOST_FINISHED))) {
      kept.delete(job.id);
      await records.remove(job.id);
    }
  }

  /** Never rejects: what goes wrong stands in the job. */
  async function run(one: Kept): Promise<void> {
    const { signal } = one.stop;
    // Cancelled while it waited.
    if (one.job.state !== 'queued') return;
    try {
      signal.throwIfAborted();
      one.job = { ...one.job, state: 'running' };
      await records.save(one);
      const made = await write(parts, records, one);
      await finish(one, 'done', made);
    } catch (error) {
      const known = error instanceof Problem || signal.aborted;
      if (!known) parts.log.error({ err: error, job: one.job.id }, 'export failed');
      const problem = error instanceof Problem ? error.message : 'Something failed inside; the log has it.';
      const state = closing ? 'interrupted' : signal.aborted ? 'cancelled' : 'failed';
      await rm(records.draftOf(one.job.id), { force: true }).catch(() => undefined);
      await finish(one, state, state === 'failed' ? { problem } : {}).catch(() => undefined);
    }
  }

  function own(owner: string, id: string): Kept {
    const one = kept.get(id);
    const isOver = one?.job.expiresAt != null && Date.parse(one.job.expiresAt) <= now();
    if (one && one.owner === owner && !isOver) return one;
    throw new Problem('not-found', `There is no job ${id}.`);
  }

  const inOrder = (a: JobRecord, b: JobRecord): number => (a.job.createdAt < b.job.createdAt ? -1 : 1);
  for (const record of (await records.load()).sort(inOrder)) {
    const one = { ...record, stop: new AbortController() };
    kept.set(record.job.id, one);
    if (UNFINISHED.has(record.job.state)) await finish(one, 'interrupted');
  }
  await sweep();
  const sweeping = setInterval(() => void sweep().catch(() => undefined), SWEEP_MS).unref();
  const ofOwner = (owner: string): ExportJob[] =>
    [...kept.values()].filter((one) => one.owner === owner).map(({ job }) => job);

  return {
    async start(owner, order) {
      if (ofOwner(owner).filter(({ state }) => UNFINISHED.has(state)).length >= MOST)
        throw new Problem('too-many-requests', `${MOST} jobs of yours are under way; wait for one of them.`, {
          headers: { 'Retry-After': '30' },
        });
      const one: Kept = {
        owner,
        contentType: null,
        job: fresh(order, iso(now())),
        stop: new AbortController(),
      };
      kept.set(one.job.id, one);
      await forgetOldest(owner);
      await records.save(one);
      turns.add(owner, () => run(one));
      return one.job;
    },
    list: (owner) => ofOwner(owner).reverse(),
    find: (owner, id) => own(owner, id).job,
    file(owner, id) {
      const { job, contentType } = own(owner, id);
      if (job.state !== 'done')
        throw new Problem('conflict', `The job is ${job.state}; its file comes when it is done.`);
      const read = () => createReadStream(records.fileOf(id));
      const { fileName, size } = job;
      return { fileName: fileName ?? id, contentType: contentType ?? '', size: size ?? 0, read };
    },
    async cancel(owner, id) {
      const one = own(owner, id);
      if (UNFINISHED.has(one.job.state)) {
        one.stop.abort();
        if (one.job.state === 'queued') await finish(one, 'cancelled');
        return;
      }
      kept.delete(id);
      await records.remove(id);
    },
    whileThere(owner, id, whenEnded) {
      const one = own(owner, id);
      if (!UNFINISHED.has(one.job.state)) return;
      one.unwatch = whenEnded(() => {
        one.stop.abort();
        if (one.job.state === 'queued') finish(one, 'cancelled').catch(() => undefined);
      });
    },
    async close() {
      closing = true;
      clearInterval(sweeping);
      for (const { stop } of kept.values()) stop.abort();
      await turns.idle();
    },
  };
}

const fresh = (order: ExportOrder, createdAt: string): ExportJob => ({
  id: randomBytes(12).toString('hex'),
  order,
  state: 'queued',
  progress: { done: 0, of: null },
  fileName: null,
  size: null,
  problem: null,
  createdAt,
  finishedAt: null,
  expiresAt: null,
});

/** Makes the document and writes it down; it takes its place once it is whole. */
async function write({ perform }: JobParts, records: Records, one: Kept): Promise<Partial<ExportJob>> {
  const { id, order } = one.job;
  const { signal } = one.stop;
  const onProgress = (done: number, of: number): void => {
    one.job = { ...one.job, progress: { done, of } };
  };
  const { fileName, contentType, body } = await perform(order, { signal, onProgress });
  const draft = records.draftOf(id);
  await pipeline(Readable.from(abortable(body, signal)), createWriteStream(draft, { mode: 0o600 }));
  const { size } = await stat(draft);
  await rename(draft, records.fileOf(id));
  one.contentType = contentType;
  const { done, of } = one.job.progress;
  return { fileName, size, progress: { done: of ?? done, of } };
}
