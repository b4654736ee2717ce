import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import decode, { init } from '@jsquash/webp/decode.js';
import { type Pixels, reduced } from './pixels.ts';
import { stillWebp, type WebpFrame } from './webpFrame.ts';

/**
 * The first picture of a WebP as pixels, no more of them than are needed for sides of `side`. The decoder is Google's own,
 * in WebAssembly. Throws what cannot be decoded.
 */
export async function decodeWebp(frame: WebpFrame, side: number): Promise<Pixels> {
  loaded ??= load();
  await loaded;
  const picture = await decode(new Uint8Array(stillWebp(frame)).buffer);
  return reduced(picture as Pixels, side);
}

let loaded: Promise<void> | undefined;

function load(): Promise<void> {
  // The decoder hands pixels out in the browser's own class, which Node does not have.
  Object.assign(globalThis, {
    ImageData: class {
      readonly data: Uint8ClampedArray;
      readonly width: number;
      readonly height: number;
      constructor(data: Uint8ClampedArray, width: number, height: number) {
        [this.data, this.width, this.height] = [data, width, height];
      }
    },
  });
  const program = fileURLToPath(import.meta.resolve('@jsquash/webp/codec/dec/webp_dec.wasm'));
  return initWith(new WebAssembly.Module(readFileSync(program)));
}

/** Its types leave out the module, which it takes (and, in Node, needs: it would fetch the file otherwise). */
const initWith = init as unknown as (module: WebAssembly.Module) => Promise<void>;
