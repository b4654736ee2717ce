import type { FileHandle } from 'node:fs/promises';
import type { FileKind } from '#schemas/attachments.ts';
import { FileRefused, type RefusalCode } from '../refused.ts';
import { officeKind } from './office.ts';
import { endOfZip, readAt } from './zip.ts';

/** What a file is: its bytes say, whatever its name or its sender call it. */

const HEAD = 4_096;
const TAIL = 2_048;

const latin = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);

const PROGRAMS = ['MZ', '\x7fELF', '#!', '\xca\xfe\xba\xbe', '\xcf\xfa\xed\xfe', '\xce\xfa\xed\xfe'];
const ARCHIVES = ['Rar!', '7z\xbc\xaf', '\x1f\x8b', 'BZh', '\xfd7zXZ', 'PK'];

/** What is recognised and not taken, so that the answer can say what to do. */
function refusalFor(head: Buffer): RefusalCode {
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
    .toLowerCase();
  const begins = (start: string): boolean => latin(head, 0, start.length) === start;
  if (PROGRAMS.some(begins)) return 'program';
  if (ARCHIVES.some(begins) || latin(head, 257, 262) === 'ustar') return 'archive';
  if (latin(head, 4, 8) === 'ftyp' && /^(heic|heix|hevc|mif1|msf1)/.test(latin(head, 8, 12))) return 'heic';
  if (/<svg[\s>]/.test(text) || text.startsWith('<?xml')) return 'svg';
  if (/^<(!doctype html|html|head|body|script|!--|iframe|meta)/.test(text)) return 'html';
  return 'other';
}

/** Old Office files, and new ones with a password, come in the same container; its directory names what it holds. */
async function refuseContainer(file: FileHandle, size: number): Promise<never> {
  const encrypted = Buffer.from('EncryptedPackage', 'utf16le');
  const head = await readAt(file, 0, Math.min(size, 1024 * 1024));
  const tail = await readAt(file, Math.max(0, size - 1024 * 1024), 1024 * 1024);
  throw new FileRefused(head.includes(encrypted) || tail.includes(encrypted) ? 'encrypted' : 'old-office');
}

const isWhole = async (file: FileHandle, size: number): Promise<boolean> =>
  (await readAt(file, Math.max(0, size - TAIL), TAIL)).includes('%%EOF');

const PICTURES: readonly [FileKind, (head: Buffer) => boolean][] = [
  ['png', (head) => latin(head, 0, 8) === '\x89PNG\r\n\x1a\n'],
  ['jpeg', (head) => latin(head, 0, 3) === '\xff\xd8\xff'],
  ['webp', (head) => latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP'],
];

/** Throws `FileRefused` where it is nothing that is taken, or two things in one. */
export async function kindOf(file: FileHandle, size: number): Promise<FileKind> {
  if (size === 0) throw new FileRefused('empty');
  const head = await readAt(file, 0, Math.min(HEAD, size));
  if (latin(head, 0, 4) === 'PK\x03\x04') return officeKind(file, size);
  if (latin(head, 0, 4) === '\xd0\xcf\x11\xe0') return refuseContainer(file, size);
  const isPdf = latin(head, 0, 5) === '%PDF-';
  const kind = isPdf ? 'pdf' : PICTURES.find(([, is]) => is(head))?.[0];
  if (!kind) throw new FileRefused(refusalFor(head));
  if (await endOfZip(file, size)) throw new FileRefused('two-in-one');
  if (isPdf && !(await isWhole(file, size))) throw new FileRefused('broken');
  return kind;
}
