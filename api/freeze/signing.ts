import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sealBytes } from '#schemas/manifest.ts';
import type { Seal } from '#schemas/seal.ts';

/** Signs seals with the department's Ed25519 key. */
export type Signer = {
  /** PEM. */
  publicKey: string;
  /** Base64. */
  sign(statement: Seal): string;
};

const FILE = 'signing-key.pem';

/** The private key in a PEM text; line breaks may be written as \n, as environments do. Undefined where it is no Ed25519 key. */
export function parseSigningKey(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** The key of the data folder, made once; its owner alone may read it. */
function keyIn(dataDir: string): string {
  const file = join(dataDir, FILE);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  try {
    // Whole or not at all, and never over a key that another process made meanwhile.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8');
}

/** Takes the key from the settings, else from the data folder. Throws where there is none that can be used. */
export function openSigner({ pem, dataDir }: { pem?: string | undefined; dataDir: string }): Signer {
  const key = parseSigningKey(pem ?? keyIn(dataDir));
  if (!key)
    throw new Error(
      `${pem === undefined ? join(dataDir, FILE) : 'SIGNING_KEY'} is no Ed25519 private key in PEM`,
    );
  return {
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
    sign: (statement) => sign(null, sealBytes(statement), key).toString('base64'),
  };
}

function parsePublicKey(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a signature over a seal is the key's. */
export function isSigned(
  statement: Seal,
  { signature, publicKey }: { signature: string; publicKey: string },
): boolean {
  const key = parsePublicKey(publicKey);
  const bytes = Buffer.from(signature, 'base64');
  if (!key || bytes.toString('base64') !== signature) return false;
  return verify(null, sealBytes(statement), key, bytes);
}

/** What people compare a key by: the SHA-256 of its DER form; undefined where the text is no Ed25519 public key. */
export function keyPrint(pem: string): string | undefined {
  const key = parsePublicKey(pem);
  if (!key) return undefined;
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
