import { answerCalls } from '#ingest/process/answerCalls.ts';
import { handOver } from '#ingest/process/calls.ts';
import { type BandInput, type Bands, rankBands } from '#schemas/bands/bands.ts';

/** Computes rank bands beside the event loop, one request after another. */
const calls = {
  bands(input: BandInput): Bands {
    const bands = rankBands(input);
    return handOver(bands, [bands.lo, bands.hi, bands.inTop]);
  },
};

export type BandCalls = typeof calls;

answerCalls(calls);
