import { constants, cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The sample as it was loaded: of which seed, up to which day. */
export type Sample = { seed?: number; today: string };

/**
 * Data folders that hold a sample are prepared once in a run of the tests: whoever asks for one first loads it, all
 * others begin with a copy, which costs a quarter of that. The run has a folder for them, which goes with it.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-samples-'));
  process.env.PREPARED_SAMPLES = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Puts the sample into a data folder, which nothing may have open; `load` does it where no copy is there. */
export async function putSample(
  sample: Sample,
  dataDir: string,
  load: (sample: Sample) => Promise<void>,
): Promise<void> {
  const folder = process.env.PREPARED_SAMPLES;
  const kept = folder && join(folder, `${sample.today}-${sample.seed ?? 'usual'}`);
  if (kept && existsSync(kept)) return copy(kept, dataDir);
  await load(sample);
  if (kept) keep(dataDir, kept);
}

/** Two processes may prepare the same sample at a time: the one that is done first gives its copy. */
function keep(dataDir: string, kept: string): void {
  const mine = `${kept}-${process.pid}`;
  copy(dataDir, mine);
  try {
    renameSync(mine, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error;
    rmSync(mine, { recursive: true, force: true });
  }
}

const copy = (from: string, to: string): void =>
  cpSync(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE, preserveTimestamps: true });
