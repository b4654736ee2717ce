import { crc32, deflateSync } from 'node:zlib';

/** Four bytes a pixel: red, green, blue and how much of it is seen. */
export type Pixels = { data: Uint8ClampedArray; width: number; height: number };

const CHANNELS = 4;

/** As many pixels of a side become one that what remains is no smaller than `side`. */
export function reduced({ data, width, height }: Pixels, side: number): Pixels {
  const step = Math.max(1, Math.floor(Math.max(width, height) / side));
  if (step === 1) return { data, width, height };
  const [across, down] = [Math.ceil(width / step), Math.ceil(height / step)];
  const made = new Uint8ClampedArray(across * down * CHANNELS);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      const [endX, endY] = [Math.min(width, (x + 1) * step), Math.min(height, (y + 1) * step)];
      let [red, green, blue, seen] = [0, 0, 0, 0];
      for (let fromY = y * step; fromY < endY; fromY++)
        for (let fromX = x * step; fromX < endX; fromX++) {
          const at = (fromY * width + fromX) * CHANNELS;
          const alpha = data[at + 3] ?? 0;
          // What is not seen gives no colour.
          red += (data[at] ?? 0) * alpha;
          green += (data[at + 1] ?? 0) * alpha;
          blue += (data[at + 2] ?? 0) * alpha;
          seen += alpha;
        }
      const count = (endX - x * step) * (endY - y * step);
      const share = seen || 1;
      made.set([red / share, green / share, blue / share, seen / count], (y * across + x) * CHANNELS);
    }
  return { data: made, width: across, height: down };
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

/** The same pixels as a PNG, for a renderer that reads such. */
export function pngOf({ data, width, height }: Pixels): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6], 8);
  const line = width * CHANNELS;
  const rows = Buffer.alloc(height * (line + 1));
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * line, (y + 1) * line), y * (line + 1) + 1);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
