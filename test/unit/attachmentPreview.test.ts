import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanJpeg } from '#api/attachments/kinds/jpeg.ts';
import { cleanWebp } from '#api/attachments/kinds/webp.ts';
import { draw, MOST_PIXELS, PREVIEW_SIDE } from '#api/attachments/preview/draw.ts';
import { drawApart } from '#api/attachments/preview/drawApart.ts';
import { sizeOf } from '#api/attachments/preview/pictureSize.ts';
import { reduced } from '#api/attachments/preview/pixels.ts';
import { createPreviews } from '#api/attachments/preview/previews.ts';
import {
  exif,
  hugeWebp,
  jpegFile,
  pdfFile,
  pngFile,
  QUARTER_RED,
  turnedWebp,
  WEBP,
  webpFile,
} from '#test/support/files.ts';

/** Small pictures of what strangers upload: drawn from pixels, bounded before anything is unpacked. */

const chunksOf = (png: Buffer): [name: string, data: Buffer][] => {
  const chunks: [string, Buffer][] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push([png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  return chunks;
};
const drawn = async (bytes: Buffer): Promise<Buffer> => Buffer.from((await draw(bytes)) ?? []);
/** As a camera writes it that is held in another way. */
const turned = (orientation: number): Buffer =>
  cleanJpeg(jpegFile({ of: QUARTER_RED, exifData: exif(orientation, 'GPS 45.5') }));
const pieces = async function* (bytes: Buffer) {
  yield bytes;
};
const { signal } = new AbortController();

describe('given a picture', () => {
  test('when it is large, then its preview is small, and holds pixels and nothing else', async () => {
    const preview = await drawn(pngFile({ side: 1_000, texts: ['secret'] }));
    expect(sizeOf(preview)).toMatchObject({ width: PREVIEW_SIDE, height: PREVIEW_SIDE });
    expect(new Set(chunksOf(preview).map(([name]) => name))).toEqual(new Set(['IHDR', 'IDAT', 'IEND']));
    expect(preview.includes('secret')).toBe(false);
  });

  test('when it is small, then it is not made larger', async () => {
    expect(sizeOf(await drawn(pngFile()))).toMatchObject({ width: 8, height: 8 });
    expect(sizeOf(await drawn(jpegFile()))).toMatchObject({ width: 1, height: 1 });
  });

  test.each([
    [1, 16, 8, [0, 0]],
    [2, 16, 8, [15, 0]],
    [3, 16, 8, [15, 7]],
    [4, 16, 8, [0, 7]],
    [5, 8, 16, [0, 0]],
    [6, 8, 16, [7, 0]],
    [7, 8, 16, [7, 15]],
    [8, 8, 16, [0, 15]],
  ] as const)(
    'when it was held as Exif %i says, then its preview stands upright',
    async (orientation, width, height, red) => {
      for (const picture of [turned(orientation), cleanWebp(turnedWebp(exif(orientation, 'GPS 45.5')))])
        expect(await redCorners(picture, width, height)).toEqual([red]);
    },
  );

  test.each(Object.entries(WEBP))(
    'when it is a WebP (%s), then its first picture is shown',
    async (_, picture) => {
      expect(await redCorners(picture, 16, 8)).toEqual([[0, 0]]);
      expect(await redCorners(cleanWebp(picture), 16, 8)).toEqual([[0, 0]]);
    },
  );

  test('when it is made smaller before it is drawn, then colours are those of what is seen', () => {
    const [white, red, unseen] = [
      [255, 255, 255, 255],
      [255, 0, 0, 255],
      [0, 255, 0, 0],
    ] as const;
    const rows = [...white, ...white, ...red, ...unseen, ...white, ...white, ...red, ...unseen];
    const { data, ...size } = reduced({ data: new Uint8ClampedArray(rows), width: 4, height: 2 }, 2);
    expect([size, [...data]]).toEqual([{ width: 2, height: 1 }, [...white, 255, 0, 0, 128]]);
  });
});

/** Which corners of a picture's preview are red. */
async function redCorners(picture: Buffer, width: number, height: number): Promise<(readonly number[])[]> {
  const preview = await drawn(picture);
  expect(sizeOf(preview)).toMatchObject({ width, height });
  const isRed = pixelsOf(preview, width, height);
  const corners = [0, width - 1].flatMap((x) => [0, height - 1].map((y) => [x, y] as const));
  return corners.filter(([x, y]) => isRed(x, y));
}

/** Whether a pixel of an RGBA picture is rather red than white. */
function pixelsOf(png: Buffer, width: number, height: number): (x: number, y: number) => boolean {
  const packed = chunksOf(png).flatMap(([name, data]) => (name === 'IDAT' ? [data] : []));
  const bytes = inflateSync(Buffer.concat(packed));
  const line = width * 4;
  const rows: number[][] = [];
  for (let y = 0; y < height; y++) {
    const filter = bytes[y * (line + 1)] ?? 0;
    const row: number[] = [];
    for (let at = 0; at < line; at++) {
      const [left, up, corner] = [row[at - 4] ?? 0, rows[y - 1]?.[at] ?? 0, rows[y - 1]?.[at - 4] ?? 0];
      const guess = left + up - corner;
      const near = [left, up, corner].toSorted((a, b) => Math.abs(guess - a) - Math.abs(guess - b))[0] ?? 0;
      const added = [0, left, up, (left + up) >> 1, near][filter] ?? 0;
      row.push(((bytes[y * (line + 1) + 1 + at] ?? 0) + added) & 0xff);
    }
    rows.push(row);
  }
  return (x, y) => (rows[y]?.[x * 4 + 1] ?? 0) < 128;
}

describe('given what is to do harm', () => {
  const bomb = pngFile({ claims: 50_000 });

  test('when it claims more pixels than are drawn, then it is not unpacked', async () => {
    const before = process.memoryUsage().rss;
    for (const [picture, side] of [
      [bomb, 50_000],
      [hugeWebp(), 16_384],
      [hugeWebp(true), 16_384],
    ] as const) {
      expect(sizeOf(picture)).toMatchObject({ width: side, height: side });
      expect(side ** 2).toBeGreaterThan(MOST_PIXELS);
      expect(await draw(picture)).toBeUndefined();
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  test('when it is no picture, or one that is damaged, then there is no preview', async () => {
    const picture = pngFile();
    for (const bytes of [
      pdfFile(),
      Buffer.alloc(0),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'),
      picture.subarray(0, 40),
      pngFile({ claims: 0 }),
      QUARTER_RED.subarray(0, 30),
      WEBP.lossless.subarray(0, 30),
      WEBP.animated.subarray(0, 70),
      webpFile([['VP8 ', Buffer.alloc(40, 7)]]),
      webpFile([['ANMF', Buffer.alloc(40)]]),
      // Its container is whole, and its picture ends early.
      webpFile([['VP8L', WEBP.lossless.subarray(20, 32)]]),
    ])
      expect(await draw(bytes)).toBeUndefined();
  });

  test('when bytes of a picture are changed by chance, then looking at its size ends, and says something or nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(pngFile(), QUARTER_RED, turned(6), ...Object.values(WEBP), turnedWebp(exif(6, ''))),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
        fc.nat(),
        (picture, changes, length) => {
          const bytes = Buffer.from(picture.subarray(0, length % (picture.length + 1)));
          for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
          const size = sizeOf(bytes);
          expect(size === undefined || size.width * size.height > 0).toBe(true);
        },
      ),
    );
  });

  test('when it is drawn apart, then the bomb is answered at once, and what takes too long is ended', async () => {
    expect(await drawApart(pieces(bomb), signal)).toBeUndefined();
    expect(sizeOf(Buffer.from((await drawApart(pieces(WEBP.animated), signal)) ?? []))).toMatchObject({
      width: 16,
    });
    const never = async function* () {
      yield pngFile();
      await new Promise(() => undefined);
    };
    expect(await drawApart(never(), signal, 200)).toBeUndefined();
  });

  test('when its bytes cannot be read, or whoever asked has gone, then that is no answer about the picture', async () => {
    const lost = async function* (): AsyncGenerator<Uint8Array> {
      yield pngFile().subarray(0, 20);
      throw new Error('the bucket is away');
    };
    await expect(drawApart(lost(), signal)).rejects.toThrow('the bucket is away');
    const gone = new AbortController();
    const asked = drawApart(pieces(pngFile()), gone.signal);
    gone.abort();
    await expect(asked).rejects.toThrow(/abort/i);
  });
});

describe('given previews that are asked for again', () => {
  test('when several ask at once, then it is drawn once, and what cannot be drawn is not tried again', async () => {
    let times = 0;
    const previewOf = createPreviews(async (bytes) => {
      times++;
      for await (const piece of bytes) return piece.length > 5 ? piece : undefined;
      return undefined;
    });
    const ask = (sha256: string, bytes: string) =>
      previewOf(sha256, () => pieces(Buffer.from(bytes)), signal);
    const all = await Promise.all([ask('a', 'a picture'), ask('a', 'a picture'), ask('b', 'none')]);
    expect(all.map((png) => png?.length)).toEqual([9, 9, undefined]);
    expect(await ask('b', 'none')).toBeUndefined();
    expect(times).toBe(2);
  });

  test('when it could not be read, then it is read again', async () => {
    let isThere = false;
    const previewOf = createPreviews(async () => {
      if (!isThere) throw new Error('away');
      return pngFile();
    });
    const ask = () => previewOf('a', () => pieces(pngFile()), signal);
    await expect(ask()).rejects.toThrow('away');
    isThere = true;
    expect(await ask()).toEqual(pngFile());
  });
});
