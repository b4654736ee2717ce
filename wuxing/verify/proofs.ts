import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fromHex, sha256, toHex } from '#api/freeze/digest.ts';
import { isSigned, keyPrint } from '#api/freeze/signing.ts';
import { consistencyAnswer, type FreezeRow, freezeRow, inclusionAnswer } from '#schemas/freezes.ts';
import { keyTwice } from '#schemas/keyTwice.ts';
import { eventLeaf, rowLeaf } from '#schemas/manifest.ts';
import { verifyConsistency, verifyInclusion } from '#schemas/merkle.ts';
import { rankingRow } from '#schemas/results/results.ts';
import { seal, sha256Hex } from '#schemas/seal.ts';
import { textOf } from './lines.ts';
import { trustedPrint } from './sealed.ts';

/** Proofs as the API and the page about seals hand them out, each held against the root that its seal signs. */

const rowProof = z.strictObject({
  freeze: freezeRow,
  row: rankingRow,
  index: z.int(),
  size: z.int(),
  proof: z.array(sha256Hex),
});

export type ProofFinding =
  | { kind: 'proof' | 'leaf' | 'signature' }
  | { kind: 'key'; expected: string; found: string };

/** What a proof file claims, and what is wrong with it. */
export type ProofReport = {
  claim:
    | { kind: 'event'; id: string; type: string; recordedtime: string; index: number }
    | { kind: 'consistency'; from: { number: number; events: number; root: string } }
    | { kind: 'row'; unit: string; rank: number | null; total: number | null };
  year: number;
  number: number;
  events: number;
  root: string;
  manifest: string;
  print: string;
  compared: boolean;
  findings: ProofFinding[];
};

type Claimed = {
  claim: ProofReport['claim'];
  freeze: FreezeRow;
  signed: FreezeRow[];
  findings: ProofFinding[];
};
type Unread = Record<string, unknown>;

const wrong = (kind: 'proof' | 'leaf', good: boolean): ProofFinding[] => (good ? [] : [{ kind }]);

function ofEvent(json: Unread): Claimed | undefined {
  const read = inclusionAnswer.safeParse(json);
  if (!read.success) return undefined;
  const { freeze, index, proof, leaf: stated } = read.data;
  // What was sealed is the event itself, not what a schema makes of it.
  const event = json.event as Unread;
  const leaf = eventLeaf(sha256, event);
  const { events: size, root } = freeze;
  const good = verifyInclusion(sha256, { index, size, leaf, proof: proof.map(fromHex), root: fromHex(root) });
  return {
    claim: {
      kind: 'event',
      id: textOf(event.id),
      type: textOf(event.type),
      recordedtime: textOf(event.recordedtime),
      index,
    },
    freeze,
    signed: [freeze],
    findings: [...wrong('leaf', toHex(leaf) === stated), ...wrong('proof', good)],
  };
}

function ofSeals(json: Unread): Claimed | undefined {
  const read = consistencyAnswer.safeParse(json);
  if (!read.success) return undefined;
  const { from, freeze, proof } = read.data;
  const good = verifyConsistency(sha256, {
    first: from.events,
    second: freeze.events,
    firstRoot: fromHex(from.root),
    secondRoot: fromHex(freeze.root),
    proof: proof.map(fromHex),
  });
  const { number, events, root } = from;
  return {
    claim: { kind: 'consistency', from: { number, events, root } },
    freeze,
    signed: [from, freeze],
    findings: wrong('proof', good && from.year === freeze.year),
  };
}

function ofRow(json: Unread): Claimed | undefined {
  const read = rowProof.safeParse(json);
  if (!read.success) return undefined;
  const { freeze, row, index, size, proof } = read.data;
  const leaf = rowLeaf(sha256, json.row as typeof row);
  const root = fromHex(freeze.rows.root);
  const good = verifyInclusion(sha256, { index, size, leaf, proof: proof.map(fromHex), root });
  const { unit, rank, total } = row;
  return {
    claim: { kind: 'row', unit, rank, total },
    freeze,
    signed: [freeze],
    findings: wrong('proof', good && size === freeze.rows.count),
  };
}

/** What a seal signs, of what the stream says of it. */
function isSealed({
  number: _n,
  recordedtime: _r,
  position: _p,
  signature,
  publicKey,
  ...statement
}: FreezeRow): boolean {
  return isSigned(seal.parse(statement), { signature, publicKey });
}

function readJson(path: string): Unread | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null) return undefined;
    // A key that stands there twice says two things: such a file proves nothing.
    return keyTwice(text, json) === undefined ? (json as Unread) : undefined;
  } catch {
    return undefined;
  }
}

/** Checks a proof file; undefined where the file is none, but perhaps a sealed one. */
export function verifyProof(path: string, keyFile?: string): ProofReport | undefined {
  const trusted = keyFile === undefined ? undefined : trustedPrint(keyFile);
  const json = readJson(path);
  const claimed = json && (ofEvent(json) ?? ofSeals(json) ?? ofRow(json));
  if (!claimed) return undefined;
  const { claim, freeze, signed, findings } = claimed;
  const prints = signed.map(({ publicKey }) => keyPrint(publicKey) ?? '');
  const foreign = prints.find((print) => trusted !== undefined && print !== trusted);
  const { year, number, events, root, manifest } = freeze;
  return {
    claim,
    year,
    number,
    events,
    root,
    manifest,
    print: prints.at(-1) ?? '',
    compared: trusted !== undefined,
    findings: [
      ...findings,
      ...(signed.every(isSealed) ? [] : [{ kind: 'signature' } as const]),
      ...(foreign === undefined ? [] : [{ kind: 'key', expected: trusted ?? '', found: foreign } as const]),
    ],
  };
}
