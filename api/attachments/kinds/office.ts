import type { FileHandle } from 'node:fs/promises';
import type { FileKind } from '#schemas/attachments.ts';
import { FileRefused } from '../refused.ts';
import { type Entry, readEntries, readEntry, refuseLies } from './zip.ts';

/** Office files are archives whose first part lists what each other part is. */

const LIST = '[Content_Types].xml';
const LIST_BYTES = 2 * 1024 * 1024;

const MAIN: readonly [FileKind, string][] = [
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'],
  ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'],
];

/** Programs of any kind: macros, the sheets that Excel 4 kept them in, controls, and what is none of a document's parts. */
const PROGRAMS =
  /vbaproject|vbadata|macrosheets\/|activex\/|\.(exe|dll|scr|com|bat|cmd|js|vbs|ps1|jar|lnk|hta)$/i;

/** Which Office file it is. Throws `FileRefused` where it is none, or one that is not taken. */
export async function officeKind(file: FileHandle, size: number): Promise<FileKind> {
  const entries = await readEntries(file, size);
  const list = entries.find(({ name }) => name === LIST);
  if (!list) throw new FileRefused('archive');
  const types = (await readEntry(file, list, LIST_BYTES)).toString('utf8');
  if (/macroEnabled|vnd\.ms-office\.(vbaProject|activeX)/i.test(types) || entries.some(isProgram))
    throw new FileRefused('macros');
  const found = MAIN.filter(([, type]) => types.includes(type));
  const [kind] = found;
  if (!kind) throw new FileRefused('other');
  if (found.length > 1) throw new FileRefused('two-in-one');
  await refuseLies(file, entries);
  return kind[0];
}

const isProgram = ({ name }: Entry): boolean => PROGRAMS.test(name);
