import { createHash, hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { StreamMark } from '#api/queries/streamMark.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Offsets } from '#schemas/position.ts';
import { SCORING_VERSION } from '#schemas/scoring.ts';
import { type Logger, TALLIES_VERSION } from './tallyFiles.ts';

/**
 * Files of days that are over: everybody's scores as they were known at the end of the day, which nothing changes any more;
 * and of the months of a year as they are known now, brought up to date when they are read. Like files of tallies they are never believed on their word: the name says of which plan and rules they are, the contents
 * which stream was read how far, and a checksum covers it all. What does not fit is left alone, and said.
 */

/** Raised when the same tallies would be scored otherwise, or kept in another form; `test/unit/talliesVersion.test.ts` says when. */
export const DAYS_VERSION = 2;

/** Units in their order, and the figures of each behind those of the one before. */
export type KeptDay = { offsets: Offsets; mark: StreamMark; units: readonly string[]; figures: Int32Array };

/** One day, as it was known at its end, or the ends of months as they are known now. */
export type DayOf = { plan: Plan; days: readonly string[]; asOf: number | null };

export type DayFiles = {
  /** What was kept, if `isOurs` says so of it; undefined where nothing is there that can be believed. */
  read(day: DayOf, isOurs: (kept: KeptDay) => Promise<boolean>): Promise<KeptDay | undefined>;
  /** Keeps it in place of what was there of the same day, or of the year's months. */
  write(day: DayOf, kept: KeptDay): Promise<void>;
  /** Everything starts over. */
  clear(): Promise<void>;
};

const DIGEST = 'sha256';
const DIGEST_BYTES = 32;
const EXTENSION = '.day';

const digestOf = (file: string, content: Buffer): Buffer =>
  createHash(DIGEST).update(file).update(content).digest();

const prefixOf = ({ plan, days, asOf }: DayOf): string =>
  `${plan.year}-${asOf === null ? 'months' : days[0]}-`;

export type DayFilesParts = {
  folder: string;
  /** Names the rules by which events become rows: what was scored of others has another name. */
  rules: string;
  log: Logger;
};

export function openDayFiles({ folder, rules, log }: DayFilesParts): DayFiles {
  const nameOf = (day: DayOf): string => {
    const { plan, days, asOf } = day;
    const what = asOf ?? days;
    const made = JSON.stringify([SCORING_VERSION, TALLIES_VERSION, DAYS_VERSION, rules, plan, what]);
    return `${prefixOf(day)}v${plan.version}-${hash(DIGEST, made, 'hex').slice(0, 16)}${EXTENSION}`;
  };

  const ignored = (file: string, why: string): undefined => {
    log.warn({ file }, `scores of a day kept aside are ignored: ${why}`);
    return undefined;
  };

  return {
    async read(day, isOurs) {
      const file = nameOf(day);
      try {
        const bytes = await readFile(join(folder, file));
        const [digest, content] = [bytes.subarray(0, DIGEST_BYTES), bytes.subarray(DIGEST_BYTES)];
        if (!digest.equals(digestOf(file, content))) return ignored(file, 'the checksum does not fit');
        const kept = deserialize(content) as KeptDay;
        return (await isOurs(kept)) ? kept : ignored(file, 'they are of another stream');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        return ignored(file, (error as Error).message);
      }
    },

    async write(day, kept) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = nameOf(day);
      const content = serialize(kept);
      const partial = join(folder, `${file}.partial`);
      await writeFile(partial, Buffer.concat([digestOf(file, content), content]), { mode: 0o600 });
      await rename(partial, join(folder, file));
      const prefix = prefixOf(day);
      for (const name of await readdir(folder))
        if (name.startsWith(prefix) && name !== file) await rm(join(folder, name), { force: true });
    },

    async clear() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
