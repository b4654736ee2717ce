import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanJpeg } from '#api/attachments/kinds/jpeg.ts';
import { kindOf } from '#api/attachments/kinds/kind.ts';
import { cleanPng } from '#api/attachments/kinds/png.ts';
import { cleanWebp } from '#api/attachments/kinds/webp.ts';
import { sizeOf } from '#api/attachments/preview/pictureSize.ts';
import { FileRefused } from '#api/attachments/refused.ts';
import { attachmentName, FILE_KINDS, KINDS_OF_FILE } from '#schemas/attachments.ts';
import { attachment } from '#schemas/events.ts';
import {
  encryptedOffice,
  exif,
  jpegFile,
  macroWorkbook,
  officeFile,
  pdfFile,
  pngFile,
  turnedWebp,
  webpFile,
  zipOf,
} from '#test/support/files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wuxing-kinds-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function told(bytes: Buffer): Promise<string> {
  const path = join(folder, 'file');
  await writeFile(path, bytes);
  const file = await open(path);
  try {
    return await kindOf(file, bytes.length);
  } catch (error) {
    if (error instanceof FileRefused) return `refused: ${error.code}`;
    throw error;
  } finally {
    await file.close();
  }
}

const zipEnd = (bytes: Buffer): Buffer =>
  bytes.subarray(bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')));

describe('what a file is, its bytes say', () => {
  test.each([
    ['pdf', pdfFile()],
    ['png', pngFile()],
    ['jpeg', jpegFile()],
    ['webp', webpFile([['VP8 ', Buffer.alloc(10)]])],
    ['docx', officeFile('docx')],
    ['xlsx', officeFile('xlsx')],
    ['pptx', officeFile('pptx', [{ name: 'ppt/media/图片.png', content: pngFile() }])],
  ])('%s', async (kind, bytes) => {
    expect(await told(bytes)).toBe(kind);
  });

  const docx = officeFile('docx');
  const overlapping = (): Buffer => {
    const bytes = Buffer.from(docx);
    const second = bytes.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bytes.writeUInt32LE(0, second + 42);
    return bytes;
  };

  test.each<[string, string, Buffer]>(
    [
      ['nothing', 'empty', Buffer.alloc(0)],
      ['text', 'other', Buffer.from('写在文本里')],
      ['GIF', 'other', Buffer.from('GIF89a')],
      [
        'SVG with a script',
        'svg',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      ],
      [
        'SVG behind an XML head and a byte order mark',
        'svg',
        Buffer.from('\ufeff<?xml version="1.0"?>\n<svg/>'),
      ],
      ['HTML', 'html', Buffer.from(' \n<!DOCTYPE html><script>alert(1)</script>')],
      ['a Windows program', 'program', Buffer.from('MZ\x90\0')],
      ['a Linux program', 'program', Buffer.from('\x7fELF', 'latin1')],
      ['a script', 'program', Buffer.from('#!/bin/sh\nrm -rf /')],
      ['a HEIC photo', 'heic', Buffer.from('\0\0\0\x18ftypheic', 'latin1')],
      ['RAR', 'archive', Buffer.from('Rar!\x1a\x07')],
      ['7z', 'archive', Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1')],
      ['gzip', 'archive', Buffer.from('1f8b0800', 'hex')],
      ['a plain archive', 'archive', zipOf([{ name: 'a.txt', content: 'a' }])],
      [
        'an old workbook',
        'old-office',
        Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      ],
      ['a workbook with a password', 'encrypted', encryptedOffice()],
      ['an archive with a password', 'encrypted', zipOf([{ name: 'a', content: 'a', encrypted: true }])],
      ['a workbook with macros, by its list', 'macros', macroWorkbook()],
      [
        'a document with macros, by its parts',
        'macros',
        officeFile('docx', [{ name: 'word/vbaProject.bin', content: '' }]),
      ],
      [
        'a document with a control',
        'macros',
        officeFile('docx', [{ name: 'word/activeX/activeX1.xml', content: '' }]),
      ],
      [
        'a document that carries a program',
        'macros',
        officeFile('docx', [{ name: 'word/embeddings/a.exe', content: '' }]),
      ],
      [
        'a part that leads out of its folder',
        'broken',
        officeFile('docx', [{ name: '../../etc/passwd', content: '' }]),
      ],
      ['a part twice', 'broken', officeFile('docx', [{ name: 'MAIN.xml', content: '' }])],
      ['parts that lie over one another', 'bomb', overlapping()],
      [
        'a part larger than it says',
        'bomb',
        officeFile('docx', [{ name: 'a', content: Buffer.alloc(9e6), claims: 100 }]),
      ],
      [
        'parts that unpack to gigabytes',
        'bomb',
        officeFile('docx', [{ name: 'a', content: 'a', claims: 2 ** 31 }]),
      ],
      ['a document cut off', 'broken', docx.subarray(0, docx.length - 30)],
      [
        'a document behind other bytes',
        'broken',
        Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(90)]),
      ],
      ['a PDF cut off', 'broken', pdfFile().subarray(0, 40)],
      [
        'a PDF that is an archive, too',
        'two-in-one',
        Buffer.concat([pdfFile(), zipOf([{ name: 'a', content: 'a' }])]),
      ],
      [
        'a picture that is an archive, too',
        'two-in-one',
        jpegFile({ behind: zipOf([{ name: 'a', content: 'a' }]) }),
      ],
      ['an archive before a picture', 'other', Buffer.concat([Buffer.from(' '), pngFile()])],
      [
        'an archive whose list lies elsewhere',
        'two-in-one',
        Buffer.concat([docx.subarray(0, -22), Buffer.from('between'), zipEnd(docx)]),
      ],
    ].filter(([, , bytes], index) => index === 0 || (bytes as Buffer).length > 0) as [
      string,
      string,
      Buffer,
    ][],
  )('%s is refused as %s', async (_, code, bytes) => {
    expect(await told(bytes)).toBe(`refused: ${code}`);
  });

  test('whatever comes, it is told or refused, and nothing else happens', async () => {
    const starts = [pdfFile(), pngFile(), jpegFile(), officeFile('xlsx'), encryptedOffice()];
    const damaged = fc
      .tuple(fc.constantFrom(...starts), fc.nat(), fc.uint8Array({ maxLength: 12 }))
      .map(([bytes, at, other]) => {
        const copy = Buffer.from(bytes);
        copy.set(other.subarray(0, copy.length), Math.min(at % copy.length, copy.length - other.length));
        return copy;
      });
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        expect(await told(bytes)).toMatch(/^(refused: )?[a-z-]+$/);
        for (const clean of [cleanJpeg, cleanPng, cleanWebp])
          try {
            clean(bytes);
          } catch (error) {
            expect(error instanceof FileRefused || error instanceof RangeError).toBe(true);
          }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a picture is kept without what the camera wrote into it', () => {
  const secret = 'GPS 47.35N 130.27E';

  test('JPEG: place, comments and what stands behind its end go; which way up it is stays', () => {
    const bytes = cleanJpeg(jpegFile({ exifData: exif(6, secret), comment: secret, behind: secret }));
    expect(bytes.includes(secret)).toBe(false);
    expect(bytes.subarray(-2).toString('hex')).toBe('ffd9');
    const at = bytes.indexOf('Exif\0\0');
    expect(at).toBeGreaterThan(0);
    expect(bytes.readUInt16BE(at + 6 + 18)).toBe(6);
    expect(cleanJpeg(bytes)).toEqual(bytes);
  });

  test('JPEG: one that stands upright has no Exif at all, and one without stays as it is', () => {
    expect(cleanJpeg(jpegFile({ exifData: exif(1, secret) }))).toEqual(jpegFile());
    expect(cleanJpeg(jpegFile())).toEqual(jpegFile());
  });

  test('PNG: texts and what stands behind its end go', () => {
    expect(cleanPng(Buffer.concat([pngFile({ texts: [secret] }), Buffer.from(secret)]))).toEqual(pngFile());
  });

  test('WebP: Exif and XMP go, and it no longer announces them', () => {
    const head = Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const bytes = cleanWebp(
      webpFile([
        ['VP8X', head],
        ['VP8 ', Buffer.alloc(11, 7)],
        ['EXIF', Buffer.from(secret)],
        ['XMP ', Buffer.from(secret)],
      ]),
    );
    expect(bytes.includes(secret)).toBe(false);
    expect(bytes[20]).toBe(0x20);
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  });

  test.each([
    ['as cameras write it', exif(6, secret)],
    ['without its own head', exif(6, secret).subarray(6)],
  ])('WebP: which way up it is stays, %s', (_, exifData) => {
    const bytes = cleanWebp(turnedWebp(exifData));
    expect(bytes.includes(secret)).toBe(false);
    expect(bytes[20]).toBe(0x08);
    expect(sizeOf(bytes)).toMatchObject({ width: 16, height: 8, orientation: 6 });
    expect(cleanWebp(bytes)).toEqual(bytes);
    expect(cleanWebp(turnedWebp(exif(1, secret)))[20]).toBe(0);
  });
});

describe('the name of a file', () => {
  test.each([
    ['专题调研报告.PDF', 'pdf', '专题调研报告.pdf'],
    ['../../etc/passwd', 'pdf', 'passwd.pdf'],
    ['C:\\Users\\wang\\报告.pdf', 'pdf', '报告.pdf'],
    ['a\0b\u202Efdp.pdf', 'pdf', 'abfdp.pdf'],
    ['照片\u200f\u2066.jpg', 'jpeg', '照片.jpg'],
    ['', 'png', 'file.png'],
    ['...', 'png', 'file.png'],
    ['报告 v1.2', 'docx', '报告 v1.2.docx'],
    ['=HYPERLINK("x").xlsx', 'xlsx', '=HYPERLINK(x).xlsx'],
    ['\u2800.pdf', 'pdf', 'file.pdf'],
  ] as const)('%j of a %s becomes %j', (given, kind, name) => {
    expect(attachmentName(given, kind)).toBe(name);
  });

  test('whatever it was, an event takes it, and its end says what it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 400 }),
          fc.string({ unit: 'grapheme', maxLength: 400 }),
        ),
        fc.constantFrom(...KINDS_OF_FILE),
        (given, kind) => {
          const name = attachmentName(given, kind);
          const { type } = FILE_KINDS[kind];
          expect(attachment.safeParse({ sha256: 'a'.repeat(64), name, type, size: 1 }).success).toBe(true);
          expect(name).not.toMatch(/[/\\\p{C}]/u);
          expect(FILE_KINDS[kind].extensions.some((one) => name.toLowerCase().endsWith(`.${one}`))).toBe(
            true,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a megabyte of it is cut', () => {
    expect(attachmentName(`${'长'.repeat(1e6)}.pdf`, 'pdf').length).toBeLessThanOrEqual(200);
  });
});
