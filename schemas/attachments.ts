import { z } from 'zod';
import { attachment } from './events.ts';
import { isVisible } from './text.ts';

/** Files that prove something: which kinds are taken, and how they are named. The same on both sides of the wire. */

export const FILE_KINDS = {
  pdf: { type: 'application/pdf', extensions: ['pdf'] },
  jpeg: { type: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  png: { type: 'image/png', extensions: ['png'] },
  webp: { type: 'image/webp', extensions: ['webp'] },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
  },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
  },
  pptx: {
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    extensions: ['pptx'],
  },
} as const satisfies Record<string, { type: string; extensions: readonly [string, ...string[]] }>;

export type FileKind = keyof typeof FILE_KINDS;
export const KINDS_OF_FILE = Object.keys(FILE_KINDS) as FileKind[];

export const kindOfType = (type: string): FileKind | undefined =>
  KINDS_OF_FILE.find((kind) => FILE_KINDS[kind].type === type);

/** Pictures that a small one is made of, to be shown beside what they prove. */
const PREVIEWED: readonly (FileKind | undefined)[] = ['jpeg', 'png', 'webp'];
export const hasPreview = (type: string): boolean => PREVIEWED.includes(kindOfType(type));

/** For the `accept` of a file chooser. */
export const ACCEPTED = KINDS_OF_FILE.flatMap((kind) => FILE_KINDS[kind].extensions.map((one) => `.${one}`));

/** Attachments of one activity. */
export const MOST_ATTACHMENTS = 100;

const NAME_LETTERS = 200;

/** The ending of a name, in lower case and without its dot; empty where it has none. */
export const endingOf = (name: string): string =>
  /[^.]\.([a-z][a-z0-9]{0,7})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/**
 * The name that a file is kept under: no folders, no signs that cannot be seen (also those that turn the direction of
 * writing, so that `exe.pdf` cannot be shown for `fdp.exe`), none that file systems refuse, and an end that says what it is.
 */
export function attachmentName(given: string, kind: FileKind): string {
  const last = given.slice(-4_096).split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replaceAll(/[\p{C}<>:"|?*]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  const [main] = FILE_KINDS[kind].extensions;
  const ending = endingOf(plain);
  const extensions: readonly string[] = FILE_KINDS[kind].extensions;
  const has = extensions.includes(ending);
  const stem = (has ? plain.slice(0, -ending.length - 1) : plain).trim();
  const end = has ? ending : main;
  const short = Array.from(isVisible(stem) ? stem : 'file');
  while (short.join('').length > NAME_LETTERS - end.length - 1) short.pop();
  return `${short.join('').trim()}.${end}`;
}

/** What a unit has uploaded and may refer to. */
export const storedFile = z.strictObject({
  sha256: attachment.shape.sha256,
  type: z.string(),
  size: z.int(),
});
export type StoredFile = z.infer<typeof storedFile>;
export const storedFiles = z.strictObject({
  files: z.array(storedFile),
  /** The largest file that is taken, and all of a unit's together, in bytes. */
  limits: z.strictObject({ file: z.int(), unit: z.int() }),
  used: z.int(),
});
export type StoredFiles = z.infer<typeof storedFiles>;
