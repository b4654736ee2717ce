import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LmdbStateOptions } from '../state/lmdbState.ts';
import type { Blocks } from '../store/insert.ts';
import { inLanes } from './lanes.ts';
import type { Projector } from './projector.ts';
import { openProjectorThread } from './projectorThread.ts';

/** Two, on any machine: with another number the states are of other subjects, and are rebuilt (decision 11). */
const LANES = 2;

/** The projector of a server: lanes in threads of their own, each with its state in a folder below. */
export function openProjector({ folder, stream }: LmdbStateOptions): Projector<Blocks> {
  const names = Array.from({ length: LANES }, (_, lane) => `lane-${lane}-of-${LANES}`);
  mkdirSync(folder, { recursive: true });
  for (const left of readdirSync(folder))
    if (!names.includes(left)) rmSync(join(folder, left), { recursive: true });
  return inLanes(names.map((name) => openProjectorThread({ folder: join(folder, name), stream })));
}
