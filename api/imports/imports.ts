import { randomBytes } from 'node:crypto';
import { holds, type Principal } from '#api/access/principal.ts';
import { createShares } from '#api/exports/turns.ts';
import { Problem } from '#api/http/problem.ts';
import type { Log, PageReads, Sender, SheetIntake } from '#api/ports.ts';
import type { ImportKind, SheetKind } from '#schemas/imports/columns.ts';
import type { ImportLanguage } from '#schemas/imports/words.ts';
import type {
  FaultyRows,
  ImportEffect,
  ImportedPlan,
  ImportReckoned,
  ImportRecord,
  ImportRow,
} from '#schemas/results/imports.ts';
import type { PlanImport } from './planImport.ts';
import { createImportRecords, type KeptImport } from './records.ts';
import { OWN_HEADS } from './template.ts';
import type { Upload, Uploads } from './upload.ts';

/** A file that somebody brings, and what is to become of it. */
export type ImportOrder = {
  kind: ImportKind;
  dryRun: boolean;
  upload: Upload;
  language: ImportLanguage;
  /** Of a plan whose file does not say it. */
  year?: number | undefined;
  /** Of a plan: findings that are meant, though nobody could meet them. */
  despite?: readonly string[] | undefined;
};

export type ImportOutcome = {
  job: ImportRecord;
  rows: readonly ImportRow[];
  effects?: ImportEffect[] | undefined;
  reckoned?: ImportReckoned | undefined;
  unread?: string[] | undefined;
  plan?: ImportedPlan | undefined;
  /** Whether a plan was adopted by it, which may have stood already. */
  isAdopted?: boolean | undefined;
};

/** Spreadsheets brought in, remembered so that each can be looked at again and undone as a whole. */
export type Imports = Uploads & {
  /** Resolves when it is done, or for a large file as soon as it has begun: its state then says `running`. */
  start(principal: Principal, order: ImportOrder): Promise<ImportOutcome>;
  /** The caller's own; the department sees all. Newest first. */
  list(principal: Principal): Promise<ImportRecord[]>;
  find(principal: Principal, id: string): Promise<ImportOutcome>;
  /** The refused rows as the file had them; throws a `Problem` where none were refused. */
  faulty(principal: Principal, id: string): Promise<{ kind: ImportKind; faulty: FaultyRows }>;
  /** Stops one that runs; undoes one that is over. */
  undo(principal: Principal, id: string): Promise<{ retracted: number; restored: number; kept: number }>;
  close(): Promise<void>;
};

/** About ten thousand rows of a workbook: less is answered while the caller waits. */
const LARGE_BYTES = 512 * 1024;
/** Of one owner: what waits lies on disk, and disks are full some day. */
const MOST_WAITING = 20;
/** A file is in memory while it is read; the others wait on disk. */
const READ = { atOnce: 2, waiting: 2_000, what: 'imports' };
/** Heads that are named where their columns were not read. */
const MOST_UNREAD = 50;
/** The most dry runs that are kept: somebody looks at one and then imports the file, or corrects it. */
const MOST_REHEARSALS = 50;

type Running = {
  kept: KeptImport;
  rows: ImportRow[];
  effects?: ImportEffect[];
  reckoned?: ImportReckoned;
  unread?: string[];
  plan?: ImportedPlan;
  isAdopted?: boolean;
  stop: AbortController;
  over: Promise<void>;
};

export function createImports(deps: {
  sheets: SheetIntake;
  uploads: Uploads;
  plans: PlanImport;
  effects: PageReads['importEffects'];
  folder: string;
  log: Log;
  now: () => number;
}): Imports {
  const { sheets, log, now } = deps;
  const records = createImportRecords(deps.folder);
  const imports = new Map<string, Running>();
  let turn: Promise<unknown> = Promise.resolve();
  const reading = createShares(READ);
  const loaded = load();

  async function load(): Promise<void> {
    for (const kept of await records.load()) {
      // The process that ran it has ended. What it had appended can still be undone.
      if (kept.job.state === 'running' || kept.job.state === 'undoing')
        kept.job = { ...kept.job, state: 'interrupted' };
      imports.set(kept.job.id, { kept, rows: [], stop: new AbortController(), over: Promise.resolve() });
    }
  }

  function begin(principal: Principal, { kind, dryRun }: ImportOrder): Running {
    const job: ImportRecord = {
      id: randomBytes(9).toString('hex'),
      kind,
      dryRun,
      fileName: null,
      by: principal.label,
      at: new Date(now()).toISOString(),
      state: 'running',
      done: 0,
      encoding: null,
      counts: { new: 0, already: 0, changed: 0, refused: 0 },
      problem: null,
    };
    const kept = { owner: principal.id, unit: principal.unit ?? null, job };
    const running = { kept, rows: [], stop: new AbortController(), over: Promise.resolve() };
    imports.set(job.id, running);
    return running;
  }

  const tell = (running: Running, change: Partial<ImportRecord>): void => {
    running.kept.job = { ...running.kept.job, ...change };
  };
  const save = async ({ kept }: Running): Promise<void> => {
    if (!kept.job.dryRun) await records.save(kept);
  };

  function tellUnread(running: Running, heads: readonly string[]): void {
    const foreign = heads.filter((head) => !OWN_HEADS.has(head));
    if (foreign.length > 0) running.unread = foreign.slice(0, MOST_UNREAD);
  }

  async function performPlan(running: Running, bytes: Uint8Array, order: ImportOrder): Promise<void> {
    const { counts, rows, unread, ...found } = await deps.plans({ ...order, bytes });
    Object.assign(running, { rows, ...found });
    tellUnread(running, unread);
    tell(running, { counts, done: rows.length });
  }

  async function performRows(
    running: Running,
    bytes: Uint8Array,
    sender: Sender,
    { kind, dryRun, language }: ImportOrder & { kind: SheetKind },
  ): Promise<void> {
    const { id } = running.kept.job;
    const { counts, rows, brought, bringing, unread, faulty, encoding } = await sheets.run(
      bytes,
      { id, kind, sender },
      {
        dryRun,
        language,
        signal: running.stop.signal,
        // What it came to stays known, however it ends.
        async onProgress(done, counts) {
          tell(running, { done, counts });
          await save(running);
        },
        onUndo: (undo) => records.addUndo(id, undo),
      },
    );
    running.rows = [...rows];
    tellUnread(running, unread);
    if (dryRun && brought.length > 0) {
      const viewer = sender.role === 'unit' ? { unit: sender.unit } : {};
      const { effects, units } = await deps.effects(brought, viewer);
      Object.assign(running, {
        effects,
        reckoned: { rows: { of: bringing, reckoned: brought.length }, units },
      });
    }
    if (faulty.rows.length > 0) await records.saveFaulty(id, faulty);
    tell(running, { counts, encoding: encoding ?? null });
  }

  /** Throws a `Problem` where the file cannot be read; rows that are wrong are told in the answer. */
  async function perform(running: Running, sender: Sender, order: ImportOrder): Promise<void> {
    const { kind } = order;
    try {
      const { bytes, fileName } = await order.upload.open();
      tell(running, { fileName });
      await save(running);
      await (kind === 'plan'
        ? performPlan(running, bytes, order)
        : performRows(running, bytes, sender, { ...order, kind }));
      // Rows are many: they are kept on disk, also those of a rehearsal, until it is forgotten.
      await records.saveRows(running.kept.job.id, running.rows);
      tell(running, { state: 'done' });
    } catch (error) {
      const cancelled = running.stop.signal.aborted;
      const problem = error instanceof Problem ? error.message : 'It failed inside; the log has it.';
      tell(running, { state: cancelled ? 'cancelled' : 'failed', problem: cancelled ? null : problem });
      throw error;
    } finally {
      await order.upload.drop();
      await save(running);
    }
  }

  /** One that is answered while the caller waits. */
  async function performNow(
    running: Running,
    sender: Sender,
    order: ImportOrder,
  ): Promise<readonly ImportRow[]> {
    const leave = await reading.enter('', running.stop.signal);
    try {
      await perform(running, sender, order);
      return running.rows;
    } finally {
      running.rows = [];
      leave();
      await forgetRehearsals();
    }
  }

  const waitingOf = ({ id }: Principal): number =>
    [...imports.values()].filter(({ kept: { owner, job } }) => owner === id && job.state === 'running')
      .length;

  async function forget(id: string): Promise<void> {
    imports.delete(id);
    await records.forget(id);
  }

  async function forgetRehearsals(): Promise<void> {
    const over = [...imports.values()].filter(({ kept: { job } }) => job.dryRun && job.state !== 'running');
    for (const { kept } of over.slice(0, Math.max(0, over.length - MOST_REHEARSALS)))
      await forget(kept.job.id);
  }

  async function own(principal: Principal, id: string): Promise<Running> {
    await loaded;
    const found = imports.get(id);
    const may = found && (holds(principal, ['organisation']) || found.kept.owner === principal.id);
    if (!may) throw new Problem('not-found', `There is no import ${id}.`);
    return found;
  }

  return {
    receive: deps.uploads.receive,
    async start(principal, order) {
      await loaded;
      if (waitingOf(principal) >= MOST_WAITING) {
        await order.upload.drop();
        throw new Problem('too-many-requests', `${MOST_WAITING} imports of yours wait already.`, {
          headers: { 'Retry-After': '30' },
        });
      }
      const running = begin(principal, order);
      const sender = senderOf(principal);
      // A plan is small whatever its file weighs, and is adopted while somebody waits.
      if (order.kind === 'plan' || order.upload.size <= LARGE_BYTES) {
        const rows = await performNow(running, sender, order);
        const { kept, effects, reckoned, unread, plan, isAdopted } = running;
        return { job: kept.job, rows, effects, reckoned, unread, plan, isAdopted };
      }
      running.over = turn
        .then(() => perform(running, sender, order))
        .finally(() => {
          running.rows = [];
          return forgetRehearsals();
        })
        .catch((error: unknown) => {
          if (!(error instanceof Problem) && !running.stop.signal.aborted)
            log.error({ err: error, import: running.kept.job.id }, 'import failed');
        });
      turn = running.over;
      return { job: running.kept.job, rows: [] };
    },
    async list(principal) {
      await loaded;
      const all = [...imports.values()].filter(
        ({ kept }) => holds(principal, ['organisation']) || kept.owner === principal.id,
      );
      return all.map(({ kept }) => kept.job).toSorted((a, b) => b.at.localeCompare(a.at));
    },
    async find(principal, id) {
      const { kept, effects, reckoned, unread, plan } = await own(principal, id);
      const isOver = kept.job.state !== 'running';
      return { job: kept.job, effects, reckoned, unread, plan, rows: isOver ? await records.rows(id) : [] };
    },
    async faulty(principal, id) {
      const { kept } = await own(principal, id);
      const faulty = await records.faulty(id);
      if (!faulty) throw new Problem('not-found', `No row of the import ${id} was refused.`);
      return { kind: kept.job.kind, faulty };
    },
    async undo(principal, id) {
      const running = await own(principal, id);
      const { job } = running.kept;
      if (job.kind === 'plan' && !job.dryRun)
        throw new Problem('conflict', 'A plan that is adopted stays on record: adopt a newer version.');
      running.stop.abort();
      await running.over;
      if (job.dryRun) {
        await forget(id);
        return { retracted: 0, restored: 0, kept: 0 };
      }
      tell(running, { state: 'undoing' });
      await save(running);
      const undone = await sheets.undo({ id, sender: senderOf(principal) }, await records.undo(id));
      tell(running, { state: 'undone' });
      await save(running);
      return undone;
    },
    async close() {
      for (const { stop } of imports.values()) stop.abort();
      await Promise.all([...imports.values()].map(({ over }) => over));
    },
  };
}

/** Who may send as the department does so; of the others, whom the routes let in, only units are left. */
const senderOf = (who: Principal): Sender =>
  holds(who, ['organisation']) ? { role: 'organisation' } : { role: 'unit', unit: who.unit ?? '' };
