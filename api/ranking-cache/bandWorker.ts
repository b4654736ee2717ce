import { parentPort } from 'node:worker_threads';
import { type BandInput, rankBands } from '#schemas/bands.ts';

/** Computes rank bands beside the event loop; one request after another, answered by its number. */
parentPort?.on('message', ({ number, input }: { number: number; input: BandInput }) => {
  const bands = rankBands(input);
  const buffers = [bands.lo.buffer, bands.hi.buffer, bands.inTop.buffer] as ArrayBuffer[];
  parentPort?.postMessage({ number, bands }, buffers);
});
