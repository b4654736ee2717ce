import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fontPath } from './files.ts';
import { FontUnavailable, ttfOf } from './woff.ts';

/**
 * The fonts of PDF and of chart pictures, all under the SIL Open Font Licence. The first one has nearly all that is
 * written in China (the whole of Unicode 1 to 3 and of the table of general standard characters); the others are
 * looked at, and read, only when a text has a character that those before them lack.
 */

export const WEIGHTS = [400, 700] as const;
export type Weight = (typeof WEIGHTS)[number];

export type Face = {
  /** The name that the files carry inside, which is how a drawing asks for them. */
  family: string;
  /** A file of a package for each weight. */
  files: Record<Weight, string>;
};

const NOTO = '@expo-google-fonts/noto-sans-sc';
const WENKAI = '@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin';
const EMOJI = '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf';
const UNIFONT = '@fontsource/unifontex/files/unifontex-latin-400-normal.woff';

export const MAIN: Face = {
  family: 'Noto Sans SC',
  files: {
    400: `${NOTO}/400Regular/NotoSansSC_400Regular.ttf`,
    700: `${NOTO}/700Bold/NotoSansSC_700Bold.ttf`,
  },
};

/** In the order in which they are asked; the last has but one size of dots, and is there for what nobody else has. */
export const FACES: readonly Face[] = [
  MAIN,
  {
    family: 'LXGW WenKai',
    files: { 400: `${WENKAI}-500-normal.woff`, 700: `${WENKAI}-700-normal.woff` },
  },
  { family: 'Noto Emoji', files: { 400: EMOJI, 700: EMOJI } },
  { family: 'UnifontExMono', files: { 400: UNIFONT, 700: UNIFONT } },
];

const resolve = createRequire(import.meta.url).resolve;

/** Where the package has the file. Throws `FontUnavailable`. */
export function sourceOf(face: Face, weight: Weight): string {
  const file = face.files[weight];
  try {
    return resolve(file);
  } catch (error) {
    const name = file.split('/').slice(0, 2).join('/');
    throw new FontUnavailable(
      `the font ${face.family} is missing, so PDF and chart pictures cannot be made: install the package ${name} (npm ci)`,
      { cause: error },
    );
  }
}

const unpacked = new Map<string, string>();

/** Where a renderer finds the face as TrueType: in its package, or unpacked beside ours. Throws `FontUnavailable`. */
export function fileOf(face: Face, weight: Weight): string {
  const source = sourceOf(face, weight);
  if (!source.endsWith('.woff')) return source;
  const path = unpacked.get(source) ?? fontPath(ttfOf(readFileSync(source)));
  unpacked.set(source, path);
  return path;
}

/** Whether a path is one of those files: a document may read nothing else. */
export const isFontFile = (path: string): boolean =>
  [...unpacked.values()].includes(path) ||
  FACES.some((face) => WEIGHTS.some((weight) => sourceOf(face, weight) === path));
