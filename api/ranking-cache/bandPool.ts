import { handOver } from '#ingest/process/calls.ts';
import { openThread } from '#ingest/process/openThread.ts';
import type { BandInput, Bands } from '#schemas/bands/bands.ts';
import type { BandCalls } from './bandWorker.ts';

export type BandMaker = {
  /** Takes the input's buffers over. */
  bandsOf(input: BandInput): Promise<Bands>;
  close(): Promise<void>;
};

/** A thread of its own for rank bands, started at once so that it is warm when first asked. */
export function createBandMaker(): BandMaker {
  const thread = openThread<BandCalls>({
    file: new URL('./bandWorker.ts', import.meta.url),
    name: 'The thread for rank bands',
  });
  thread.start();
  return {
    bandsOf: (input) => thread.ask('bands', handOver(input, [input.weights, input.scores, input.caps])),
    close: () => thread.end(),
  };
}
