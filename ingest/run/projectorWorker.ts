import { parentPort, workerData } from 'node:worker_threads';
import { type LmdbStateOptions, openLmdbState } from '../state/lmdbState.ts';
import type { StateTable, StateTables } from '../state/state.ts';
import { type Blocks, blocksOf } from '../store/insert.ts';
import { createProjector, type Made, type Projector } from './projector.ts';

/** The thread's side of `projectorThread.ts`: a projector whose calls come as messages. */

/** Keys by table, each once; answered by the rows in the same order. */
export type Asked = [StateTable, string[]][];
export type Found = (StateTables[StateTable] | undefined)[][];

type Call = Omit<Projector<Blocks>, 'load'> & { load(asked: Asked): Promise<Found> };

export type CallName = keyof Call;
export type Argument<C extends CallName> = Parameters<Call[C]>[0];
export type Answer<C extends CallName> = Awaited<ReturnType<Call[C]>>;

export type Asking = { [C in CallName]: { number: number; call: C; argument: Argument<C> } }[CallName];
export type Answered = { number: number; answer?: unknown; failed?: Error };

const port = parentPort;
if (!port) throw new Error('is started as a thread only');

const state = openLmdbState(workerData as LmdbStateOptions);
const projector = createProjector(state, blocksOf);

const calls: Call = {
  ...projector,
  load: async (asked) => asked.map(([table, keys]) => keys.map((key) => state.view.get(table, key))),
};

/** The memory of rows that are handed over rather than copied. */
const memoryOf = ({ rows }: Made<Blocks>): ArrayBuffer[] =>
  rows.flatMap((blocks) => Object.values(blocks).map(({ buffer }) => buffer as ArrayBuffer));

async function answer({ number, call, argument }: Asking): Promise<void> {
  try {
    const result = await (calls[call] as (argument: unknown) => Promise<unknown>)(argument);
    const handedOver = call === 'finish' ? memoryOf(result as Made<Blocks>) : [];
    port?.postMessage({ number, answer: result } satisfies Answered, handedOver);
  } catch (error) {
    port?.postMessage({ number, failed: error as Error } satisfies Answered);
  }
  if (call === 'close') port?.close();
}

port.on('message', answer);
