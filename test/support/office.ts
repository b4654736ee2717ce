import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';

/** Other people's programs that open our documents: LibreOffice and poppler. Tests skip, with the reason, without them. */

const run = promisify(execFile);
const CONVERSION_MS = 300_000;

const missing = (program: string, flag: string): boolean => spawnSync(program, [flag]).error !== undefined;

/** Why documents cannot be opened here, or null. */
export function officeUnavailable(): string | null {
  if (missing('soffice', '--version'))
    return 'LibreOffice (soffice) is not installed: documents are not opened';
  return popplerUnavailable() ? 'poppler (pdftotext) is not installed: pages are not read' : null;
}

/** Pages cannot be read here. */
export const popplerUnavailable = (): boolean => missing('pdftotext', '-v');

/** A folder that is gone after `use`. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-office-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Office documents as PDF, by their names; one start of LibreOffice for all. A document that does not open is missing. */
export const toPdf = (documents: Record<string, Uint8Array>): Promise<Map<string, Uint8Array>> =>
  inFolder(async (folder) => {
    const paths = Object.entries(documents).map(([name, bytes]) => {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    });
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const out = join(folder, 'out');
    await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', out, ...paths], {
      timeout: CONVERSION_MS,
    });
    return new Map(
      readdirSync(out).map((name) => [basename(name, extname(name)), readFileSync(join(out, name))]),
    );
  });

const withPdf = (pdf: Uint8Array, program: string, args: (path: string) => string[]): Promise<string> =>
  inFolder(async (folder) => {
    const path = join(folder, 'document.pdf');
    writeFileSync(path, pdf);
    const { stdout } = await run(program, args(path), { maxBuffer: 2 ** 26 });
    return stdout;
  });

/** The text of all pages; a form feed ends each. */
export const textOf = (pdf: Uint8Array): Promise<string> =>
  withPdf(pdf, 'pdftotext', (path) => ['-layout', path, '-']);

/** Text without spaces and line ends, which depend on who sets the page. */
export const bare = (text: string): string => text.replace(/\s+/g, '');

export async function pagesOf(pdf: Uint8Array): Promise<number> {
  const info = await withPdf(pdf, 'pdfinfo', (path) => [path]);
  return Number(/Pages:\s+(\d+)/.exec(info)?.[1] ?? 0);
}

/** Each font of the file: its name, and whether it is embedded and a subset. */
export async function fontsOf(
  pdf: Uint8Array,
): Promise<{ name: string; embedded: boolean; subset: boolean }[]> {
  const list = await withPdf(pdf, 'pdffonts', (path) => [path]);
  return list
    .split('\n')
    .slice(2)
    .filter(Boolean)
    .map((line) => {
      const [embedded, subset] = line.trim().split(/\s+/).slice(-5);
      return { name: line.split(/\s+/)[0] ?? '', embedded: embedded === 'yes', subset: subset === 'yes' };
    });
}

type Word = { text: string; left: number; right: number; top: number; bottom: number };
export type PageOfWords = { page: { width: number; height: number }; words: Word[] };

/** Where each word stands on each page, in points from its upper left corner. */
export async function boxesOf(pdf: Uint8Array): Promise<PageOfWords[]> {
  const markup = await withPdf(pdf, 'pdftotext', (path) => ['-bbox', path, '-']);
  return Array.from(
    markup.matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs),
    ([, width, height, inside = '']) => ({
      page: { width: Number(width), height: Number(height) },
      words: Array.from(
        inside.matchAll(
          /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</g,
        ),
        ([, left, top, right, bottom, text = '']) => ({
          text,
          left: Number(left),
          right: Number(right),
          top: Number(top),
          bottom: Number(bottom),
        }),
      ),
    }),
  );
}

/** Lines as poppler sees them, each with where it stands. */
export async function linesOf(pdf: Uint8Array): Promise<Word[][]> {
  const markup = await withPdf(pdf, 'pdftotext', (path) => ['-bbox-layout', path, '-']);
  return Array.from(markup.matchAll(/<page .*?<\/page>/gs), ([page]) =>
    Array.from(
      page.matchAll(
        /<line xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/line>/gs,
      ),
      ([, left, top, right, bottom, inside = '']) => ({
        text: Array.from(inside.matchAll(/>([^<]+)<\/word>/g), ([, word]) => word).join(''),
        left: Number(left),
        right: Number(right),
        top: Number(top),
        bottom: Number(bottom),
      }),
    ),
  );
}

const isLatin = ({ text }: Word): boolean => /^[\x21-\x7E–−○▲▼]+$/.test(text);

/** Words that are printed over each other, and figures that touch: columns of a table that are too narrow. */
export async function overlapsIn(pdf: Uint8Array): Promise<string[]> {
  const pages = await boxesOf(pdf);
  return pages.flatMap(({ words }) => [
    // Fonts for Chinese tell taller and wider boxes than their ink, so that lines seem to overlap.
    ...words.filter(isLatin).flatMap((one, at, latin) =>
      latin.slice(at + 1).flatMap((other) => {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        const line = Math.min(one.bottom - one.top, other.bottom - other.top);
        return across > 1 && down > 0.75 * line ? [`${one.text} over ${other.text}`] : [];
      }),
    ),
    ...words.flatMap(({ text }) =>
      /\d\.\d+\.\d|\d\.\d\d\p{L}|\d\/\d+[.○]/u.test(text) ? [`touching: ${text}`] : [],
    ),
  ]);
}
