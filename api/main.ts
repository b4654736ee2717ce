import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { followStore } from '#ingest/follow.ts';
import { Busy, createDoor, type Door, NotEmpty, Refused } from '#ingest/intake/door.ts';
import { createSheetIntake } from '#ingest/intake/imports/sheetIntake.ts';
import { SheetRefused } from '#ingest/intake/sheets/refused.ts';
import { openBase, projectorAt } from '#ingest/open.ts';
import { type Closers, opening } from '#ingest/process/closers.ts';
import { ownFolder } from '#ingest/process/dataFolder.ts';
import type { Reachers, Waiting } from '#ingest/reach.ts';
import { type Ingest, startIngest } from '#ingest/run/ingest.ts';
import { rowStoreOf } from '#ingest/run/rowStore.ts';
import { STATE_FORMAT } from '#ingest/state/format.ts';
import { createStoreState } from '#ingest/state/storeState.ts';
import type { Store } from '#ingest/store/client.ts';
import type { EventStream } from '#ingest/stream/eventStream.ts';
import { createTroubleLog } from '#ingest/troubleLog.ts';
import { dayIn } from '#schemas/dates.ts';
import { misfits } from '#schemas/fit.ts';
import type { ImportKind } from '#schemas/imports/columns.ts';
import type { ImportLanguage } from '#schemas/imports/words.ts';
import { DEFAULT_TIMEZONE } from '#schemas/plan.ts';
import { createAwarding } from './answers/meeting/awarding.ts';
import { createNotes } from './answers/notes.ts';
import { openAttachments } from './attachments/open.ts';
import { startPruning } from './attachments/pruning.ts';
import type { Config } from './config.ts';
import { openDesk } from './desk/desk.ts';
import { createSecondPerson, type SecondPerson } from './desk/secondPerson.ts';
import { createInspectionDrafts } from './drafts/inspectionDrafts.ts';
import { openExports } from './exports/open.ts';
import { openFreezes } from './freeze/open.ts';
import { withCheckedLines } from './http/ndjson.ts';
import { Problem } from './http/problem.ts';
import { createImports } from './imports/imports.ts';
import { createPlanImport } from './imports/planImport.ts';
import { refusalProblem } from './imports/refusals.ts';
import { createUploads } from './imports/upload.ts';
import { createAdopt } from './plans/adopt.ts';
import type { Intake, Log, Projection, SheetIntake } from './ports.ts';
import { createBandMaker } from './ranking-cache/bandPool.ts';
import { openDayFiles } from './ranking-cache/dayFiles.ts';
import { keepTallies } from './ranking-cache/keepTallies.ts';
import { prepareDays } from './ranking-cache/prepareDays.ts';
import { openTallyFiles } from './ranking-cache/tallyFiles.ts';
import { createReads } from './reads.ts';
import type { System } from './serve.ts';
import { createViews } from './views/views.ts';

/** The composition root: the only file of the api that knows ingest. Opens the parts, fits them together, closes them in turn. */

/** ms since the epoch. The clock is an argument, so that the product can be looked at on any day. */
export type Clock = () => number;

/**
 * Opens the product on the settings. Rejects with a StoreHeldError where another process holds the data folder, and
 * with an Unreachable where Kafka or the store is not there, unless `waiting` is to hear of it: then it waits.
 */
export async function openSystem(
  config: Config,
  log: Log,
  clock: Clock = Date.now,
  waiting?: Waiting,
): Promise<System> {
  return opening((closers) => open(config, log, closers, clock, waiting));
}

async function open(
  config: Config,
  log: Log,
  closers: Closers,
  clock: Clock,
  waiting: Waiting | undefined,
): Promise<System> {
  const { dataDir } = config;
  ownFolder(dataDir, log);
  const { store, stream, there } = await openBase(config, { closers, log, waiting });
  const secondPerson = createSecondPerson(config.vetoSecondPerson, misfits);
  const parts = { config, stream, store, closers, clock, there, secondPerson };
  const { door, ingest } = await (config.ingest === 'embedded' ? projectHere(parts) : followElsewhere(parts));
  const troubleLog = createTroubleLog({ trouble: ingest.trouble, log }).start();
  closers.add(troubleLog.stop);
  closers.add(ingest.subscribe(door.advance));
  door.advance({ offsets: ingest.offsets() });
  const bands = createBandMaker();
  closers.add(bands.close);
  const { cached, keep, prepareDay, reads, pages, inbox, register, meeting, sources, looks, liveRanking } =
    createReads({
      store,
      ingest,
      stream,
      bandsOf: bands.bandsOf,
      tallyFiles: openTallyFiles({ folder: join(dataDir, 'tallies'), rules: STATE_FORMAT, log }),
      dayFiles: openDayFiles({ folder: join(dataDir, 'days'), rules: STATE_FORMAT, log }),
      now: clock,
    });
  closers.add(keepTallies({ keep, log }).stop);
  closers.add(prepareDays({ next: prepareDay, offsets: () => ingest.offsets(), log }).stop);
  const {
    documents,
    jobs,
    close: closeExports,
  } = await openExports({ reads, sources, meeting, dataDir, log, now: clock });
  closers.add(closeExports);
  const record = (event: object, actor?: string) => orProblem(door.record(event, actor));
  const { offsets, reached } = ingest;
  const sheets = sheetIntakeOf(door, ingest);
  const intake = intakeOf({ door, ingest, dataDir, clock, mostBytes: stream.mostBytes });
  const projection = projectionOf(door, ingest);
  const imports = createImports({
    sheets,
    uploads: createUploads(join(dataDir, 'imports', 'incoming'), config.uploadLimitMb * 1024 * 1024),
    plans: createPlanImport({
      sheets,
      reads,
      pages,
      adopt: createAdopt({ intake, reads, projection, now: clock }),
      now: clock,
    }),
    effects: pages.importEffects,
    folder: join(dataDir, 'imports'),
    log,
    now: clock,
  });
  closers.add(imports.close);
  const attachments = openAttachments(config, clock);
  const pruning = startPruning({ attachments, reads, projection, log });
  closers.add(pruning.stop);
  const desk = openDesk(dataDir);
  closers.add(desk.close);
  return {
    imports,
    attachments,
    drafts: createInspectionDrafts(join(dataDir, 'drafts'), clock),
    views: createViews(join(dataDir, 'views')),
    inbox,
    register,
    desk,
    secondPerson,
    intake,
    projection,
    freezes: openFreezes({
      config,
      handled: desk.handled,
      ask: store,
      cached,
      bandsOf: bands.bandsOf,
      offsets,
      record,
      reached,
      now: clock,
      settled: async () => {
        await door.flushed();
        return stream.end();
      },
    }),
    reads,
    pages,
    documents,
    jobs,
    meeting,
    notes: createNotes({ ask: store, record, reached, offsets, now: clock }),
    awarding: createAwarding({ reads: meeting, record, reached, offsets, now: clock }),
    looks,
    liveRanking,
    close: closers.all,
  };
}

type Parts = {
  there: Reachers;
  config: Config;
  stream: EventStream;
  store: Store;
  closers: Closers;
  clock: Clock;
  secondPerson: SecondPerson;
};
type Moving = { door: Door; ingest: Ingest };

/** Embedded, or the one server of a small zone: the projection runs in this process. */
async function projectHere({
  there,
  config,
  stream,
  store,
  closers,
  clock,
  secondPerson,
}: Parts): Promise<Moving> {
  const projector = projectorAt(config);
  closers.add(() => projector.close());
  const door = createDoor({ stream, state: projector, misfits: secondPerson.misfits, clock });
  closers.add(() => door.close());
  const ingest = await there.store(() => startIngest({ stream, projector, store: rowStoreOf(store) }));
  closers.add(() => ingest.stop());
  return { door, ingest };
}

/** The projection runs in a process of its own (`ingest/main.ts`): this one follows what it writes. */
async function followElsewhere({
  there,
  stream,
  store,
  closers,
  clock,
  secondPerson,
}: Parts): Promise<Moving> {
  const door = createDoor({
    stream,
    state: createStoreState(store, stream.partitions),
    misfits: secondPerson.misfits,
    clock,
  });
  closers.add(() => door.close());
  const followed = await there.store(() => followStore({ stream, store }));
  closers.add(() => followed.stop());
  const rebuild = async (): Promise<never> => {
    throw new Problem(
      'conflict',
      'The projection runs in a process of its own: stop the ingest service and run `wuxing rebuild` on its folder.',
    );
  };
  return { door, ingest: { ...followed, rebuild } };
}

const notEmpty = (): Problem =>
  new Problem('conflict', 'The stream holds events already; this goes into an empty one only.');

/** Says in the words of HTTP why the door let nothing in. */
async function orProblem<T>(action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (error) {
    if (error instanceof Busy)
      throw new Problem('unavailable', error.message, {
        headers: { 'Retry-After': String(error.retryAfter) },
      });
    if (error instanceof Refused) throw new Problem('internal', error.message, { cause: error });
    if (error instanceof NotEmpty) throw notEmpty();
    throw error;
  }
}

type IntakeParts = Moving & { dataDir: string; clock: Clock; mostBytes: number };

function intakeOf({ door, ingest, dataDir, clock, mostBytes }: IntakeParts): Intake {
  /** Answers once reads show what came in. */
  const restore = async (envelopes: Iterable<unknown> | AsyncIterable<unknown>) => {
    await door.opened();
    const restored = await orProblem(door.restore(envelopes));
    await ingest.caughtUp();
    return restored;
  };
  return {
    submit: (events, sender, options) => orProblem(door.submit(events, sender, options)),
    restore: async (ndjson: Readable) => {
      if (ingest.offsets().some((offset) => offset > 0)) throw notEmpty();
      return withCheckedLines(ndjson, { folder: dataDir, mostBytes }, restore);
    },
    async sample({ seed, today = dayIn(DEFAULT_TIMEZONE, clock()) }) {
      const { generateSample } = await import('../sample/generate.ts');
      return restore(generateSample(seed === undefined ? { today } : { seed, today }));
    },
  };
}

function sheetIntakeOf(door: Door, ingest: Moving['ingest']): SheetIntake {
  const sheets = createSheetIntake(door, ingest.caughtUp);
  const orRefused =
    (kind: ImportKind, language: ImportLanguage) =>
    (error: unknown): never => {
      if (error instanceof SheetRefused) throw refusalProblem(kind, language, error);
      throw error;
    };
  return {
    run: (bytes, order, options) =>
      orProblem(sheets.run(bytes, order, options)).catch(orRefused(order.kind, options.language)),
    planSheets: (bytes, language) => sheets.planSheets(bytes).catch(orRefused('plan', language)),
    undo: (order, undo) => orProblem(sheets.undo(order, undo)),
  };
}

function projectionOf(door: Door, ingest: Ingest): Projection {
  return {
    watermark: ingest.offsets,
    reached: ingest.reached,
    caughtUp: ingest.caughtUp,
    onMove: (listener) => ingest.subscribe(listener),
    rebuild: ingest.rebuild,
    troubles() {
      const trouble = ingest.trouble();
      const shut = door.isOpen() ? [] : ['The stream is being read; events are taken once that is done.'];
      return [...(trouble ? [trouble] : []), ...shut];
    },
  };
}
