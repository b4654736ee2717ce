import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** Files for tests, made of bytes, so that each is exactly as good or bad as the test says. */

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value & 0xffff);
  return bytes;
};
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

export type ZipPart = {
  name: string;
  content: Buffer | string;
  encrypted?: boolean;
  /** What the archive says of its size, where it lies. */
  claims?: number;
};

/** An archive of deflated parts. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const list: Buffer[] = [];
  let offset = 0;
  for (const { name, content, encrypted = false, claims } of parts) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const label = Buffer.from(name);
    const shared = [
      u16(20),
      u16((encrypted ? 1 : 0) | 0x0800),
      u16(8),
      u32(0),
      u32(crc32(plain)),
      u32(packed.length),
      u32(claims ?? plain.length),
      u16(label.length),
      u16(0),
    ];
    const body = Buffer.concat([u32(0x04034b50), ...shared, label, packed]);
    bodies.push(body);
    list.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(20),
        ...shared,
        u16(0),
        u16(0),
        u16(0),
        u32(0),
        u32(offset),
        label,
      ]),
    );
    offset += body.length;
  }
  const directory = Buffer.concat(list);
  const count = u16(parts.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(directory.length), u32(offset), u16(0)];
  return Buffer.concat([...bodies, directory, ...end]);
}

const MAIN = {
  docx: 'wordprocessingml.document',
  xlsx: 'spreadsheetml.sheet',
  pptx: 'presentationml.presentation',
} as const;

const typesPart = (main: string): ZipPart => ({
  name: '[Content_Types].xml',
  content: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.${main}.main+xml"/></Types>`,
});

/** The bare bones of an Office file, with further parts. */
export const officeFile = (kind: keyof typeof MAIN, more: readonly ZipPart[] = []): Buffer =>
  zipOf([typesPart(MAIN[kind]), { name: 'main.xml', content: '<x/>' }, ...more]);

/** A workbook that its own list calls one with macros. */
export const macroWorkbook = (): Buffer =>
  zipOf([
    {
      name: '[Content_Types].xml',
      content:
        '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
    },
    { name: 'xl/vbaProject.bin', content: 'Sub AutoOpen()' },
  ]);

/** What Office makes of a file with a password. */
export const encryptedOffice = (): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(2_048),
    Buffer.from('EncryptedPackage', 'utf16le'),
    Buffer.alloc(512),
  ]);

export const pdfFile = (text = '证明'): Buffer =>
  Buffer.from(`%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n% ${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`);

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

/** A grey picture, with texts where they are wanted, and with another size than it has where it `claims` one. */
export function pngFile({
  side = 8,
  texts = [],
  claims,
}: {
  side?: number;
  texts?: readonly string[];
  claims?: number;
} = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(claims ?? side, 0);
  head.writeUInt32BE(claims ?? side, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(side * (side + 1), 0x80);
  for (let row = 0; row < side; row++) rows[row * (side + 1)] = 0;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    ...texts.map((text) => chunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1'))),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One grey pixel, by any decoder. */
const PIXEL = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
  'base64',
);

/** 16 × 8 pixels, the left upper quarter red, the rest white. */
export const QUARTER_RED = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAIABADAREAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAABQb/xAAYEAACAwAAAAAAAAAAAAAAAAAAF2Wk4v/EABUBAQEAAAAAAAAAAAAAAAAAAAQG/8QAGhEBAAEFAAAAAAAAAAAAAAAAABQWYWOh4f/aAAwDAQACEQMRAD8AXX0rX0DiXUlQ498W4xNv/9k=',
  'base64',
);

const segment = (marker: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff]), data]);

/** An Exif that tells which way up a picture is, and where it was taken. */
export function exif(orientation: number, secret: string): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.set([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation], 10);
  return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(secret)]);
}

/** A picture, of one pixel unless told otherwise, with what a camera writes into it, and something behind its end. */
export const jpegFile = ({
  of = PIXEL,
  exifData,
  comment,
  behind,
}: {
  of?: Buffer;
  exifData?: Buffer;
  comment?: string;
  behind?: Buffer | string;
} = {}): Buffer =>
  Buffer.concat([
    of.subarray(0, 20),
    ...(exifData ? [segment(0xe1, exifData)] : []),
    ...(comment === undefined ? [] : [segment(0xfe, Buffer.from(comment))]),
    of.subarray(20),
    Buffer.from(behind ?? ''),
  ]);

/** A WebP of these chunks, right or wrong. */
export function webpFile(chunks: readonly [name: string, data: Buffer][]): Buffer {
  const body = Buffer.concat(
    chunks.flatMap(([name, data]) => [
      Buffer.from(name, 'latin1'),
      u32(data.length),
      data,
      Buffer.alloc(data.length % 2),
    ]),
  );
  return Buffer.concat([Buffer.from('RIFF'), u32(body.length + 4), Buffer.from('WEBP'), body]);
}

const quarterRed = (base64: string): Buffer => Buffer.from(base64, 'base64');

/** The same picture as `QUARTER_RED`, in the ways that WebP has; the second frame of an animation is green. */
export const WEBP = {
  lossless: quarterRed('UklGRioAAABXRUJQVlA4TB4AAAAvD8ABAA8w//M///MfWlCQtgEz/6b/PET0fwLA9QE='),
  transparent: quarterRed(
    'UklGRmgAAABXRUJQVlA4WAoAAAAQAAAADwAABwAAQUxQSAoAAAABB1D/iAhERP8DVlA4IDgAAACwAQCdASoQAAgAAMASJagC7AEOjhCAAP79nBf/+7zl/+moIv/5ha/jBF/gM//9Czf/rfKZ/t8AAA==',
  ),
  animated: quarterRed(
    'UklGRpIAAABXRUJQVlA4WAoAAAACAAAADwAABwAAQU5JTQYAAAAAAAAAAABBTk1GNgAAAAAAAAAAAA8AAAcAAGQAAAJWUDhMHgAAAC8PwAEADzD/8z//8x9aUJC2ATP/prsnIqL/IR4AAEFOTUYoAAAAAAAAAAAADwAABwAAZAAAAFZQOEwPAAAALw/AAQAH0P+I/gciov8BAA==',
  ),
  animatedLossy: quarterRed(
    'UklGRtoAAABXRUJQVlA4WAoAAAACAAAADwAABwAAQU5JTQYAAAAAAAAAAABBTk1GWgAAAAAAAAAAAA8AAAcAAGQAAAJWUDggQgAAAFABAJ0BKhAACAABQCYlqAAFjAAA/vtTf/8ID/+EB/+EB/8FB//8ID/4QH/wSi//YR51RUlv//sJr/8s1W/8zwAAAEFOTUZMAAAAAAAAAAAADwAABwAAZAAAAFZQOCA0AAAANAEAnQEqEAAIAAAAJiWgAANwAP7pIh//958//7nz//ufP+jP//8p+//yOP//I4/+UCAAAA==',
  ),
} as const;

/** The lossless one as a device writes it that was held in another way. */
export function turnedWebp(exifData: Buffer): Buffer {
  const head = Buffer.from([0x08, 0, 0, 0, 15, 0, 0, 7, 0, 0]);
  return webpFile([
    ['VP8X', head],
    ['VP8L', WEBP.lossless.subarray(20, 50)],
    ['EXIF', exifData],
  ]);
}

/** A small WebP that says of itself that it has 268 million pixels, in its picture or in an animation's. */
export function hugeWebp(animated = false): Buffer {
  const data = Buffer.from(WEBP.lossless.subarray(20, 50));
  data.writeUInt32LE((data.readUInt32LE(1) | 0x0fffffff) >>> 0, 1);
  if (!animated) return webpFile([['VP8L', data]]);
  const frame = Buffer.concat([Buffer.alloc(16), webpFile([['VP8L', data]]).subarray(12)]);
  return webpFile([
    ['VP8X', Buffer.from([0x02, 0, 0, 0, 15, 0, 0, 7, 0, 0])],
    ['ANIM', Buffer.alloc(6)],
    ['ANMF', frame],
  ]);
}
