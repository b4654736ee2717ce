import { Resvg } from '@resvg/resvg-js';
import { type PictureSize, sizeOf } from './pictureSize.ts';
import { pngOf } from './pixels.ts';
import { decodeWebp } from './webp.ts';
import { firstFrame } from './webpFrame.ts';

/** Neither side of a preview is longer. */
export const PREVIEW_SIDE = 320;
/** What has more is not unpacked: a pixel takes up to twelve bytes while it is drawn. */
export const MOST_PIXELS = 40_000_000;

/** Turns and mirrors that put a picture upright, by its orientation, as an SVG matrix. */
const UPRIGHT: readonly ((width: number, height: number) => readonly number[])[] = [
  () => [1, 0, 0, 1, 0, 0],
  (width) => [-1, 0, 0, 1, width, 0],
  (width, height) => [-1, 0, 0, -1, width, height],
  (_, height) => [1, 0, 0, -1, 0, height],
  () => [0, 1, 1, 0, 0, 0],
  (_, height) => [0, 1, -1, 0, height, 0],
  (width, height) => [0, -1, -1, 0, height, width],
  (width) => [0, -1, 1, 0, 0, width],
];

/** The renderer asks for what stands at it; we hand it the bytes, and it fetches nothing. */
const HREF = 'https://picture.invalid/';

function frameOf({ width, height, orientation }: PictureSize): string {
  const upright = UPRIGHT[orientation - 1] ?? (() => [1, 0, 0, 1, 0, 0]);
  const [across, down] = orientation > 4 && orientation <= 8 ? [height, width] : [width, height];
  const scale = Math.min(1, PREVIEW_SIDE / Math.max(across, down));
  const shown = (side: number): number => Math.max(1, Math.round(side * scale));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${shown(across)}" height="${shown(down)}" viewBox="0 0 ${across} ${down}" preserveAspectRatio="none"><g transform="matrix(${upright(width, height).join(' ')})"><image width="${width}" height="${height}" href="${HREF}"/></g></svg>`;
}

/**
 * A small PNG of a JPEG, PNG or WebP, the right way up, from its pixels alone; of an animation the first frame. Undefined for
 * what is none of them, has too many pixels, or cannot be drawn; what cannot be drawn may also end the process
 * (`drawApart.ts`).
 */
export async function draw(bytes: Buffer): Promise<Uint8Array | undefined> {
  const size = sizeOf(bytes);
  if (!size || size.width * size.height * (size.deep ? 2 : 1) > MOST_PIXELS) return undefined;
  try {
    const frame = firstFrame(bytes);
    if (!frame) return drawn(bytes, size);
    // Larger than it is shown, so that the renderer makes the last step.
    const pixels = await decodeWebp(frame, 2 * PREVIEW_SIDE);
    return drawn(pngOf(pixels), { ...size, width: pixels.width, height: pixels.height });
  } catch {
    return undefined;
  }
}

function drawn(bytes: Buffer, size: PictureSize): Uint8Array | undefined {
  const resvg = new Resvg(frameOf(size), { font: { loadSystemFonts: false }, logLevel: 'off' });
  resvg.resolveImage(HREF, bytes);
  const picture = resvg.render();
  // What could not be decoded leaves the paper as it was.
  const isDrawn = picture.pixels.some((value, index) => index % 4 === 3 && value > 0);
  return isDrawn ? picture.asPng() : undefined;
}
