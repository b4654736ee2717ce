/** Formats of other programs that are text, too, and often lie behind the name of a spreadsheet. */
export type ForeignFormat = 'web-page' | 'xml-sheet' | 'sylk' | 'dif';

const BEGINNING = 4_096;

const FORMATS: readonly [ForeignFormat, RegExp][] = [
  [
    'xml-sheet',
    /^(?:<\?xml\b[^>]*>\s*)?(?:<\?mso-application\b[^>]*>\s*)?<(?:\w+:)?(?:workbook|document|document-content)\b/i,
  ],
  [
    'web-page',
    /^(?:<\?xml\b[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|style|div|table|center|font)\b/i,
  ],
  // A web page with its pictures in one file.
  ['web-page', /^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,9}?MIME-Version:[^\n]*\n/i],
  ['sylk', /^ID;P[^\r\n]*[\r\n]+[A-Z]{1,2};/],
  ['dif', /^TABLE\s*\r?\n0,1\r?\n/i],
];

/** What a text is where it is none that is separated by signs; told by how it begins, and not by the file's name. */
export function foreignFormat(text: string): ForeignFormat | undefined {
  const beginning = text.slice(0, BEGINNING).replace(/^[\s\ufeff\0]+/, '');
  return FORMATS.find(([, pattern]) => pattern.test(beginning))?.[0];
}
