import { join } from 'node:path';
import { createResponseCache } from '#api/answers/responseCache.ts';
import { createArchive } from '#api/freeze/archive.ts';
import { createFreezes, type Freezes } from '#api/freeze/freezes.ts';
import type { Quarantined } from '#api/freeze/handledQuarantine.ts';
import { openSigner } from '#api/freeze/signing.ts';
import type { Ask } from '#api/queries/ask.ts';
import { rankBands } from '#schemas/bands/bands.ts';
import type { OneSystem } from './oneSystem.ts';

/** Sealed years of a system without HTTP; keys and files go below `folder`. */
export const openFreezesFor = (
  ask: Ask,
  folder: string,
  { door, ingest }: OneSystem,
  handled: Quarantined['handled'] = () => undefined,
): Freezes =>
  createFreezes({
    ask,
    cached: createResponseCache(() => 0),
    bandsOf: async (input) => rankBands(input),
    handled,
    archive: createArchive(join(folder, 'seals')),
    signer: () => openSigner({ dataDir: folder }),
    offsets: ingest.offsets,
    settle: ingest.caughtUp,
    record: door.record,
    reached: ingest.caughtUp,
  });
