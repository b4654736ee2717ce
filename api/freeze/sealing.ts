import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '#api/http/problem.ts';
import { oneAfterAnother } from '#api/oneAfterAnother.ts';
import { inSteps } from '#ingest/process/calmly.ts';
import { instantOf } from '#schemas/dates.ts';
import { ORGANISATION, ZONE } from '#schemas/events.ts';
import { sealSteps, writtenManifest } from '#schemas/manifest.ts';
import { formatWatermark, type Position, parsePosition } from '#schemas/position.ts';
import type { Receipt } from '#schemas/results/results.ts';
import { MOST_SET_ASIDE, type SetAside } from '#schemas/seal.ts';
import { growFrom } from './archive.ts';
import { sha256 } from './digest.ts';
import { handledQuarantine, type Quarantined } from './handledQuarantine.ts';
import type { Bounded } from './ledger.ts';
import { makeManifest } from './manifests.ts';
import type { Signer } from './signing.ts';
import type { Vault, VaultParts } from './vault.ts';

export type SealingParts = VaultParts & {
  /** What the department did about a record in quarantine. */
  handled: Quarantined['handled'];
  /** Asked for when the first year is sealed. */
  signer(): Signer;
  /** Resolves to true once reads reflect all that was recorded before the call; to false where they don't in time. */
  settle(): Promise<boolean>;
  /** Appends an event that only the server may write. */
  record(event: object): Promise<Receipt>;
  /** Resolves once reads reflect a position, or do not in time. */
  reached(position: Position): Promise<unknown>;
  now?: (() => number) | undefined;
};

/** Seals a year as of a time that has passed (default: now). Throws a `Problem` while the result is not certain. */
export type Seal = (year: number, asOf?: string) => Promise<void>;

/** Makes seals, one after the other: each begins with the events of the one before. */
export function createSealing(parts: SealingParts, vault: Vault): Seal {
  const { now = Date.now } = parts;
  const inOrder = oneAfterAnother();
  const sealNow = async (year: number, asked: string | undefined): Promise<void> => {
    const { snapshot, setAside } = await certain(parts, await passed(now, asked));
    await enter(parts, await makeSeal(parts, vault, year, { snapshot, setAside }), now());
  };
  return (year, asOf) => inOrder(() => sealNow(year, asOf));
}

/** The time up to which is sealed, once it has passed for certain. */
async function passed(now: () => number, asOf: string | undefined): Promise<number> {
  const instant = asOf === undefined ? now() : instantOf(asOf);
  if (instant > now())
    throw new Problem('invalid', 'A year is sealed as of a time that has passed.', {
      errors: [{ field: 'asOf', message: 'must not lie in the future' }],
    });
  while (now() <= instant) await sleep(1);
  return instant;
}

/** What is sealed: everything recorded up to `asOf`, and that nothing is missing from it. */
async function certain(
  { ask, settle, offsets, handled }: SealingParts,
  asOf: number,
): Promise<{ snapshot: Bounded; setAside: SetAside[] }> {
  if (!(await settle()))
    throw new Problem('unavailable', 'Events are still being read; the year can be sealed once they are.', {
      headers: { 'Retry-After': '5' },
    });
  const snapshot = { offsets: offsets(), asOf };
  const { waiting, setAside } = await handledQuarantine({ ask, handled }, snapshot);
  if (waiting > 0) {
    const events = waiting === 1 ? '1 event is' : `${waiting} events are`;
    throw new Problem(
      'conflict',
      `${events} in quarantine, so the result is not complete; a year is sealed once each was sent again or left aside.`,
    );
  }
  if (setAside.length > MOST_SET_ASIDE)
    throw new Problem(
      'conflict',
      `${setAside.length} events were left in quarantine; a seal names at most ${MOST_SET_ASIDE}.`,
    );
  return { snapshot, setAside };
}

async function makeSeal(
  parts: SealingParts,
  vault: Vault,
  year: number,
  { snapshot, setAside }: { snapshot: Bounded; setAside: SetAside[] },
): Promise<object> {
  const { ask, archive } = parts;
  const freezes = await vault.seals(year);
  const last = freezes.at(-1);
  if (last && instantOf(last.row.asOf) > snapshot.asOf)
    throw new Problem(
      'conflict',
      `${year} is sealed as of ${last.row.asOf} already: a later seal begins with its events and cannot look further back.`,
    );
  const before = last ? await vault.chainTo(freezes, last) : [];
  const tree = await growFrom(ask, [...before, snapshot]);
  const previous = last ? { asOf: last.row.asOf, events: last.row.events, root: last.row.root } : null;
  const common = {
    year,
    asOf: new Date(snapshot.asOf).toISOString(),
    previous,
    ...(setAside.length > 0 && { setAside }),
  };
  const made = await makeManifest(parts, common, { snapshot, tree });
  const written = await inSteps(writtenManifest(made.manifest));
  const statement = await inSteps(sealSteps(sha256, written));
  const { sign, publicKey } = parts.signer();
  const signed = { signature: sign(statement), publicKey };
  await archive.keepTree(statement.manifest, tree);
  await archive.keepFile(written, { fingerprints: made.fingerprints, ...signed });
  return { ...statement, ...signed, watermark: formatWatermark(snapshot.offsets) };
}

/** Puts the seal into the stream. Its recorded time lies behind `asOf`, so no seal covers itself. */
async function enter({ record, reached }: SealingParts, data: object, now: number): Promise<void> {
  const receipt = await record({
    specversion: '1.0',
    id: `frozen-${randomUUID()}`,
    source: ORGANISATION,
    subject: ZONE,
    type: 'result.frozen',
    time: new Date(now).toISOString(),
    datacontenttype: 'application/json',
    data,
  });
  const position = receipt.position === undefined ? undefined : parsePosition(receipt.position);
  if (receipt.status !== 'appended' || position === undefined)
    throw new Error(`the seal was not recorded: ${receipt.problem ?? receipt.status}`);
  await reached(position);
}
