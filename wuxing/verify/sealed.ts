import { readFileSync } from 'node:fs';
import { sha256, sha256Of } from '#api/freeze/digest.ts';
import { isSigned, keyPrint } from '#api/freeze/signing.ts';
import { describeFaults, faultsOf } from '#schemas/admission.ts';
import { FINGERPRINT, type SealedFile, sealedFile, sealedFileText, sealOf } from '#schemas/manifest.ts';
import { Failure } from '../say.ts';
import type { Finding, Note } from './findings.ts';

export type Opened = {
  file: SealedFile | undefined;
  /** Undefined where the list is not the sealed one: then events cannot be named. */
  fingerprints: Buffer | undefined;
  findings: Finding[];
  notes: Note[];
};

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Failure(`${file} cannot be read.`);
  }
}

/** The print of the key that the caller trusts. */
export function trustedPrint(file: string): string {
  const print = keyPrint(readText(file));
  if (print === undefined) throw new Failure(`${file} holds no Ed25519 public key in PEM.`);
  return print;
}

function parse(text: string): { file: SealedFile } | { detail: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { detail: (error as Error).message };
  }
  const shape = sealedFile.safeParse(json);
  // What was signed is the text itself, not what a schema makes of it.
  return shape.success ? { file: json as SealedFile } : { detail: describeFaults(faultsOf(shape.error)) };
}

/** What the sealed file says of itself: whole, signed, and by whom. */
export function openSealed(path: string, keyFile: string | undefined): Opened {
  const trusted = keyFile === undefined ? undefined : trustedPrint(keyFile);
  const text = readText(path);
  const parsed = parse(text);
  if ('detail' in parsed)
    return {
      file: undefined,
      fingerprints: undefined,
      findings: [{ kind: 'file', detail: parsed.detail }],
      notes: [],
    };
  const { file } = parsed;
  const { manifest } = file;
  const findings: Finding[] = [];
  if (sealedFileText(file) !== text) findings.push({ kind: 'bytes' });
  const list = Buffer.from(file.fingerprints, 'base64');
  const isSealedList =
    sha256Of(list) === manifest.fingerprints && list.length === manifest.events * FINGERPRINT;
  if (!isSealedList) findings.push({ kind: 'fingerprints' });
  if (!isSigned(sealOf(sha256, manifest), file)) findings.push({ kind: 'signature' });
  const print = keyPrint(file.publicKey) ?? '';
  if (trusted !== undefined && print !== trusted)
    findings.push({ kind: 'key', expected: trusted, found: print });
  const notes: Note[] = [{ kind: 'key', print, compared: trusted !== undefined }];
  return { file, fingerprints: isSealedList ? list : undefined, findings, notes };
}
