import { createHash, hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as next } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import type { StreamMark } from '#api/queries/streamMark.ts';
import type { Plan } from '#schemas/plan.ts';
import { formatWatermark, type Offsets } from '#schemas/position.ts';
import { layoutOf, type UnitTally } from '#schemas/tallies.ts';

/**
 * Files of tallies: what the ranking cache knew when it was last quiet, so that after a start only the units touched
 * since are asked. They are never believed on their word: the name says of which plan, layout and rules the tallies are,
 * the contents which stream was read how far, and a checksum covers it all. What does not fit is left alone, and said.
 */

/** Raised when the same events would be tallied otherwise; `test/unit/talliesVersion.test.ts` says when. */
export const TALLIES_VERSION = 1;

export type KeptTallies = { offsets: Offsets; mark: StreamMark; tallies: readonly UnitTally[] };

export type TallyFiles = {
  /** What was kept of a plan's year, if `isOurs` says so of it; undefined where nothing is there that can be believed. */
  read(plan: Plan, isOurs: (kept: KeptTallies) => Promise<boolean>): Promise<KeptTallies | undefined>;
  /** Keeps it in place of what was there of the same year. */
  write(plan: Plan, kept: KeptTallies): Promise<void>;
  /** Everything starts over. */
  clear(): Promise<void>;
};

export type Logger = {
  info(object: object, message: string): void;
  warn(object: object, message: string): void;
};

const DIGEST = 'sha256';
const DIGEST_BYTES = 32;
const EXTENSION = '.tallies';

/** A watermark of many partitions would be too long for a name. */
const positionOf = (offsets: Offsets): string => {
  const watermark = formatWatermark(offsets);
  return watermark.length <= 60 ? watermark : hash(DIGEST, watermark, 'hex').slice(0, 16);
};

const prefixOf = ({ year, version }: Plan): string => `${year}-v${version}-`;

const digestOf = (...parts: (string | Buffer)[]): Buffer => {
  const digest = createHash(DIGEST);
  for (const part of parts) digest.update(part);
  return digest.digest();
};

/** Units that are serialized at a time: some milliseconds. */
const SLICE = 500;

/** Parts one behind the other, each behind its length, so that no one waits for ten thousand units. */
async function serialized({ tallies, ...head }: KeptTallies): Promise<Buffer> {
  const parts: Buffer[] = [];
  const put = (value: unknown): void => {
    const bytes = serialize(value);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    parts.push(length, bytes);
  };
  put(head);
  for (let from = 0; from < tallies.length; from += SLICE) {
    put(tallies.slice(from, from + SLICE));
    await next();
  }
  return Buffer.concat(parts);
}

function deserialized(content: Buffer): KeptTallies {
  const values: unknown[] = [];
  for (let at = 0; at < content.length; ) {
    const end = at + 4 + content.readUInt32LE(at);
    values.push(deserialize(content.subarray(at + 4, end)));
    at = end;
  }
  const [head, ...slices] = values as [Omit<KeptTallies, 'tallies'>, ...UnitTally[][]];
  return { ...head, tallies: slices.flat() };
}

export type TallyFilesParts = {
  folder: string;
  /** Names the rules by which events become rows: what was tallied of others has another name. */
  rules: string;
  log: Logger;
};

export function openTallyFiles({ folder, rules, log }: TallyFilesParts): TallyFiles {
  const rulesOf = (plan: Plan): string =>
    hash(DIGEST, JSON.stringify([TALLIES_VERSION, rules, plan, layoutOf(plan)]), 'hex').slice(0, 16);

  const namesOf = async (): Promise<string[]> => {
    try {
      return (await readdir(folder)).filter((name) => name.endsWith(EXTENSION));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  };

  const ignored = (file: string, why: string): undefined => {
    log.warn({ file }, `tallies kept aside are ignored: ${why}`);
    return undefined;
  };

  async function read(
    plan: Plan,
    isOurs: (kept: KeptTallies) => Promise<boolean>,
  ): Promise<KeptTallies | undefined> {
    const own = (await namesOf()).filter((name) => name.startsWith(`${plan.year}-`));
    const file = own.find((name) => name.startsWith(`${prefixOf(plan)}${rulesOf(plan)}-`));
    if (!file)
      return own[0] === undefined ? undefined : ignored(own[0], 'they are of another plan or other rules');
    const bytes = await readFile(join(folder, file));
    const [digest, content] = [bytes.subarray(0, DIGEST_BYTES), bytes.subarray(DIGEST_BYTES)];
    if (!digest.equals(digestOf(file, content))) return ignored(file, 'the checksum does not fit');
    const kept = deserialized(content);
    return (await isOurs(kept)) ? kept : ignored(file, 'they are of another stream');
  }

  return {
    async read(plan, isOurs) {
      try {
        return await read(plan, isOurs);
      } catch (error) {
        return ignored(String(plan.year), (error as Error).message);
      }
    },

    async write(plan, kept) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = `${prefixOf(plan)}${rulesOf(plan)}-${positionOf(kept.offsets)}${EXTENSION}`;
      const content = await serialized(kept);
      const partial = join(folder, `${file}.partial`);
      await writeFile(partial, Buffer.concat([digestOf(file, content), content]), { mode: 0o600 });
      const before = (await namesOf()).filter((name) => name.startsWith(`${plan.year}-`) && name !== file);
      await rename(partial, join(folder, file));
      for (const name of before) await rm(join(folder, name), { force: true });
    },

    async clear() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
