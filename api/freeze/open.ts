import { join } from 'node:path';
import type { ResponseCache } from '#api/answers/responseCache.ts';
import type { Config } from '#api/config.ts';
import { wantedOffsets } from '#api/http/parameters.ts';
import { formatPosition, type Offsets } from '#schemas/position.ts';
import { createArchive } from './archive.ts';
import { createFreezes, type Freezes } from './freezes.ts';
import type { SealingParts } from './sealing.ts';
import { openSigner, type Signer } from './signing.ts';

type FreezeSettings = Pick<Config, 'dataDir' | 'signingKey'>;

export type OpenParts = Omit<SealingParts, 'archive' | 'signer' | 'settle' | 'reached'> & {
  cached: ResponseCache;
  config: FreezeSettings;
  /** The end of the stream, once all that has been dated by now is in it. */
  settled(): Promise<Offsets>;
  reached(wanted: Offsets, timeoutMs: number): Promise<boolean>;
};

/** How long sealing waits for the projection, and how long for the seal itself to show; ms. */
const SETTLE = 60_000;
const VISIBLE = 30_000;

/** Sealed years of the data folder. The signing key is made when it is first needed. */
export function openFreezes({ config, settled, reached, ...parts }: OpenParts): Freezes {
  const { dataDir, signingKey: pem } = config;
  let signer: Signer | undefined;
  return createFreezes({
    ...parts,
    archive: createArchive(join(dataDir, 'seals')),
    signer: () => {
      signer ??= openSigner({ pem, dataDir });
      return signer;
    },
    settle: async () => reached(await settled(), SETTLE),
    reached: async (position) => {
      const wanted = wantedOffsets(formatPosition(position));
      return wanted !== undefined && reached(wanted, VISIBLE);
    },
  });
}
