import { once } from 'node:events';
import { crc32, createDeflateRaw, inflateRawSync } from 'node:zlib';
import { strFromU8, Zip, type ZipInputFile } from 'fflate';

/**
 * The parts of a workbook as they lie in its file. They are copied as they are, packed; a part that is written anew is
 * packed by threads of the engine, so that whoever writes it is never held up.
 */

export type Part = {
  name: string;
  method: number;
  crc: number;
  size: number;
  packed: Uint8Array<ArrayBuffer>;
};

const END = 0x0605_4b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;

/** The parts of a ZIP file that we have made: without a comment, below 4 GiB. */
export function partsOf(file: Uint8Array): Part[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const end = file.length - END_SIZE;
  if (end < 0 || view.getUint32(end, true) !== END) throw new TypeError('this is no file of ours');
  const count = view.getUint16(end + 10, true);
  const parts: Part[] = [];
  for (let at = view.getUint32(end + 16, true); parts.length < count; ) {
    const [packed, nameSize] = [view.getUint32(at + 20, true), view.getUint16(at + 28, true)];
    const local = view.getUint32(at + 42, true);
    const from = local + LOCAL_SIZE + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    parts.push({
      name: strFromU8(file.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameSize)),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
      packed: file.subarray(from, from + packed) as Uint8Array<ArrayBuffer>,
    });
    at += ENTRY_SIZE + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}

export const textOf = ({ method, packed }: Part): string =>
  strFromU8(method === STORED ? packed : inflateRawSync(packed));

/** Ours are large and much alike: more effort gains next to nothing. */
const EFFORT = 4;

export type PartWriter = {
  write(text: string): Promise<void>;
  end(): Promise<void>;
  /** Gives up; whatever was written is lost. */
  destroy(): void;
};

/** A ZIP file that is written part after part. */
export function newPackage() {
  const ready: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else ready.push(chunk);
  });
  const added = (file: ZipInputFile): NonNullable<ZipInputFile['ondata']> => {
    zip.add(file);
    return (error, chunk, final) => file.ondata?.(error, chunk, final);
  };
  return {
    copy({ name, method, crc, size, packed }: Part): void {
      added({ filename: name, compression: method, crc, size })(null, packed, true);
    },
    part(name: string): PartWriter {
      const file = { filename: name, compression: DEFLATED, crc: 0, size: 0 };
      const give = added(file);
      const deflate = createDeflateRaw({ level: EFFORT });
      deflate.on('data', (chunk: Buffer<ArrayBuffer>) => give(null, chunk, false));
      return {
        async write(text) {
          const bytes = Buffer.from(text);
          file.crc = crc32(bytes, file.crc);
          file.size += bytes.length;
          if (!deflate.write(bytes)) await once(deflate, 'drain');
        },
        async end() {
          deflate.end();
          await once(deflate, 'end');
          give(null, new Uint8Array(0), true);
        },
        destroy: () => deflate.destroy(),
      };
    },
    end: (): void => zip.end(),
    /** What is ready to go out. */
    taken(): Uint8Array[] {
      if (failed) throw failed;
      return ready.splice(0);
    },
  };
}
