import { workerData } from 'node:worker_threads';
import { answerCalls } from '../process/answerCalls.ts';
import { handOver } from '../process/calls.ts';
import { type LmdbStateOptions, openLmdbState } from '../state/packed/lmdbState.ts';
import type { StateTable, StateTables } from '../state/state.ts';
import { type Blocks, blocksOf } from '../store/insert.ts';
import { projectorSteps } from './localProjector.ts';

/** The thread's side of `projectorThread.ts`: a projector whose steps come as messages. */

/** Keys by table, each once; answered by the rows in the same order. */
export type Asked = [StateTable, string[]][];
export type Found = (StateTables[StateTable] | undefined)[][];

const state = openLmdbState(workerData as LmdbStateOptions);
const steps = projectorSteps(state, blocksOf);

const calls = {
  ...steps,
  load: async (asked: Asked): Promise<Found> =>
    asked.map(([table, keys]) => keys.map((key) => state.view.get(table, key))),
  async finish() {
    const made = await steps.finish();
    return handOver(
      made,
      made.rows.flatMap((blocks: Blocks) => Object.values(blocks)),
    );
  },
};

export type ProjectorCalls = typeof calls;

answerCalls(calls);
