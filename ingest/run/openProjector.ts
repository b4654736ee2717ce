import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LmdbStateOptions } from '../state/packed/lmdbState.ts';
import type { Blocks } from '../store/insert.ts';
import type { Projector } from './projector.ts';
import { openProjectorThread } from './projectorThread.ts';
import { inShards } from './shards.ts';

/** Two, on any machine: with another number the states are of other subjects, and are rebuilt (decision 11). */
const SHARDS = 2;

/** The projector of a server: shards in threads of their own, each with its state in a folder below. */
export function openProjector({ folder, stream }: LmdbStateOptions): Projector<Blocks> {
  const names = Array.from({ length: SHARDS }, (_, shard) => `shard-${shard}-of-${SHARDS}`);
  mkdirSync(folder, { recursive: true });
  for (const left of readdirSync(folder))
    if (!names.includes(left)) rmSync(join(folder, left), { recursive: true });
  return inShards(names.map((name) => openProjectorThread({ folder: join(folder, name), stream })));
}
