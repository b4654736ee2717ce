import type { ResponseCache } from '#api/answers/responseCache.ts';
import { Problem } from '#api/http/problem.ts';
import type {
  ConsistencyAnswer,
  InclusionAnswer,
  SealedYear,
  SealList,
  SealPreview,
} from '#schemas/freezes.ts';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from '#schemas/merkle.ts';
import { rowsFor } from '#schemas/others.ts';
import { covers, formatPosition, formatWatermark, parsePosition } from '#schemas/position.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { fromHex, sha256, toHex } from './digest.ts';
import { leafOfText } from './ledger.ts';
import { createPreview } from './preview.ts';
import { type Found, type Freeze, findEvents, lateEvents, type Wanted } from './records.ts';
import { createSealing, type SealingParts } from './sealing.ts';
import type { Tree } from './tree.ts';
import { createVault, type Vault } from './vault.ts';

/** Who looks: a unit sees itself in full and of the others what the plan allows. */
type Viewer = { unit?: string | undefined };
/** Which seal of the year; without a number the one that stands. */
type Which = { year: number; freeze?: number | undefined };

/** Sealed years, as the routes ask for them. All throw a `Problem` where there is no answer. */
export type Freezes = {
  seal(year: number, asOf?: string): Promise<SealedYear>;
  /** What sealing now would seal. */
  preview(year: number): Promise<SealPreview>;
  /** That a year has none is an answer. */
  list(year: number): Promise<SealList>;
  read(
    which: Which,
    viewer: Viewer,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<SealedYear>;
  /** The same as bytes, kept while nothing moves. */
  page(
    which: Which,
    viewer: Viewer,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<{ bytes: Uint8Array; etag: string }>;
  /** The sealed file. */
  file(which: Which): Promise<{ number: number; manifest: string; bytes: Buffer }>;
  inclusion(which: Which, wanted: Wanted, viewer: EventViewer): Promise<InclusionAnswer>;
  /** Whether a seal begins with the events of the earlier one that `from` numbers. */
  consistency(which: Which, from: number): Promise<ConsistencyAnswer>;
};

/** `reads`: false for an event that is not for the viewer, who is then told that there is none. */
export type EventViewer = Viewer & { reads(event: Record<string, unknown>): boolean };

export function createFreezes(parts: SealingParts & { cached: ResponseCache }): Freezes {
  const { ask, cached } = parts;
  const vault = createVault(parts);
  const seal = createSealing(parts, vault);
  const watermark = (): string => formatWatermark(parts.offsets());

  const read: Freezes['read'] = async (which, { unit }, { limit, cursor }) => {
    const { freezes, freeze } = await pick(vault, which);
    const { manifest, rows } = await vault.file(freezes, freeze);
    const after = cursor === undefined ? 0 : parsePosition(cursor);
    if (after === undefined)
      throw new Problem('invalid-parameter', 'cursor must be one that this server gave.');
    const sealed = (await vault.chainTo(freezes, freeze)).at(-1) ?? { offsets: [], asOf: 0 };
    const offsets = parts.offsets();
    const { total, events } = await lateEvents(ask, {
      year: which.year,
      sealed,
      offsets,
      unit,
      after,
      limit,
    });
    return {
      freeze: freeze.row,
      freezes: freezes.map(({ row }) => row),
      complete: true,
      result: unit === undefined ? manifest.rows : rowsFor(unit, manifest.rows, manifest.plan),
      ownRow: unit === undefined ? null : ownRow(manifest.rows, rows, unit),
      late: { total, events, nextCursor: events.length < limit ? null : (events.at(-1)?.position ?? null) },
      watermark: formatWatermark(offsets),
    };
  };

  return {
    read,
    page: (which, { unit }, page) =>
      cached(['sealed', which, unit ?? null, page], watermark(), async () => ({
        value: await read(which, { unit }, page),
        isCurrent: () => true,
        isWhole: true,
      })),
    preview: createPreview(parts),
    async seal(year, asOf) {
      await seal(year, asOf);
      return read({ year }, {}, { limit: 1_000 });
    },
    async list(year) {
      const freezes = (await vault.seals(year)).map(({ row }) => row);
      return { freezes, watermark: watermark() };
    },
    async file(which) {
      const { freezes, freeze } = await pick(vault, which);
      const { bytes } = await vault.file(freezes, freeze);
      return { number: freeze.row.number, manifest: freeze.row.manifest, bytes };
    },
    async inclusion(which, wanted, viewer) {
      const { freezes, freeze } = await pick(vault, which);
      const there = await findEvents(ask, parts.offsets(), ownOnly(wanted, viewer));
      const found = oneOf(
        there.filter(({ envelope }) => viewer.reads(JSON.parse(envelope))),
        viewer,
      );
      const sealed = (await vault.chainTo(freezes, freeze)).at(-1);
      const { number, year } = freeze.row;
      if (!sealed || !covers(sealed.offsets, found.position) || found.recordedAt > sealed.asOf)
        throw new Problem('not-found', `The event is not under seal ${number} of ${year}: it came later.`);
      const leaf = leafOfText(found.envelope);
      const { index, proof } = await provenIn(vault, freezes, freeze, leaf);
      const { position: _, ...event } = JSON.parse(found.envelope);
      return { freeze: freeze.row, event, leaf: toHex(leaf), index, proof, watermark: watermark() };
    },
    async consistency(which, from) {
      const { freezes, freeze } = await pick(vault, which);
      const earlier = freezes.find(({ row }) => row.number === from);
      if (!earlier || from > freeze.row.number)
        throw new Problem(
          'not-found',
          `${which.year} has no seal ${from} before its seal ${freeze.row.number}.`,
        );
      const [first, second] = [earlier.row.events, freeze.row.events];
      const proof = await vault.tree(
        freezes,
        freeze,
        (tree) => consistencyProof(sha256, tree.nodes, first, second),
        (made) =>
          verifyConsistency(sha256, {
            first,
            second,
            firstRoot: fromHex(earlier.row.root),
            secondRoot: fromHex(freeze.row.root),
            proof: made,
          }),
      );
      return { from: earlier.row, freeze: freeze.row, proof: proof.map(toHex), watermark: watermark() };
    },
  };
}

async function pick(
  vault: Vault,
  { year, freeze: number }: Which,
): Promise<{ freezes: Freeze[]; freeze: Freeze }> {
  const freezes = await vault.seals(year);
  const freeze = number === undefined ? freezes.at(-1) : freezes.find(({ row }) => row.number === number);
  if (freeze) return { freezes, freeze };
  const what = freezes.length === 0 || number === undefined ? 'has not been sealed' : `has no seal ${number}`;
  throw new Problem('not-found', `${year} ${what}.`);
}

/** The proof that a unit's row is under the seal's root over the rows; null where it was not ranked. */
function ownRow(rows: readonly RankingRow[], tree: Tree, unit: string): SealedYear['ownRow'] {
  const index = rows.findIndex((row) => row.unit === unit);
  if (index < 0) return null;
  const proof = inclusionProof(sha256, tree.nodes, index, rows.length);
  return { index, size: rows.length, proof: proof.map(toHex) };
}

/** A unit may name its own events only: those about it, whoever sent them. */
function ownOnly(wanted: Wanted, { unit }: Viewer): Wanted {
  if (unit === undefined || 'position' in wanted) return wanted;
  if (wanted.subject !== undefined && wanted.subject !== unit)
    throw new Problem('forbidden', `This token is bound to the unit ${unit}.`);
  return { ...wanted, subject: unit };
}

function oneOf(found: readonly Found[], { unit }: Viewer): Found {
  const [event, second] = found;
  // Whether another unit's position holds an event is none of this unit's business either.
  if (!event || (unit !== undefined && event.subject !== unit))
    throw new Problem('not-found', 'There is no such event.');
  if (!second) return event;
  const example = `${second.source} about ${second.subject}, at ${formatPosition(second.position)}`;
  throw new Problem(
    'invalid-parameter',
    `Several events have this id (another one is from ${example}); say source and subject.`,
    {
      errors: [{ field: 'source', message: 'is needed, and subject, to tell events of one id apart' }],
    },
  );
}

async function provenIn(vault: Vault, freezes: readonly Freeze[], freeze: Freeze, leaf: Uint8Array) {
  const { events: size, root } = freeze.row;
  const { index, proof } = await vault.tree(
    freezes,
    freeze,
    (tree) => {
      const index = tree.indexOf(leaf);
      return { index, proof: index < 0 ? [] : inclusionProof(sha256, tree.nodes, index, size) };
    },
    (made) => verifyInclusion(sha256, { ...made, size, leaf, root: fromHex(root) }),
  );
  return { index, proof: proof.map(toHex) };
}
