/** How large text of so many pixels is in the page's type. */
export type Measure = {
  width(text: string, size: number): number;
  /** What is blank before the ink of the first sign: half of an opening mark in Chinese type. */
  lead(text: string, size: number): number;
};

/** A Latin letter takes at most so much of its size, but for the widest capitals; Chinese and arrows take all of it. */
const LETTER = 0.56;
const isFull = (sign: string): boolean => /[\u2190-\u27bf\u2e80-\uffff]/.test(sign) || sign.length > 1;

/** Where nothing can be measured: rather too much than too little. */
export const estimated: Measure = {
  width: (text, size) => [...text].reduce((sum, sign) => sum + (isFull(sign) ? size : LETTER * size), 0),
  lead: (text, size) => (/^[“‘「『（《〈【]/.test(text) ? size / 2 : 0),
};

/** As the browser draws it. */
export function measuredIn(font: string): Measure {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return estimated;
  const measure = (text: string, size: number): TextMetrics => {
    context.font = `${size}px ${font}`;
    return context.measureText(text);
  };
  return {
    width: (text, size) => measure(text, size).width,
    lead: (text, size) => Math.max(0, -measure([...text][0] ?? '', size).actualBoundingBoxLeft),
  };
}

/** A text as far as there is room for it, in pixels. */
export function cutTo(text: string, room: number, size: number, { width }: Measure): string {
  if (width(text, size) <= room) return text;
  const signs = [...text];
  let kept = signs.length;
  while (kept > 1 && width(`${signs.slice(0, kept).join('')}…`, size) > room) kept--;
  return `${signs.slice(0, kept).join('')}…`;
}

/** A text on as many lines as it takes, each within the room; a word that is longer than a line is parted. */
export function linesWithin(text: string, room: number, size: number, { width }: Measure): string[] {
  const parts = text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/gu) ?? [];
  const lines: string[] = [];
  let line = '';
  const put = (part: string): void => {
    if (line && width((line + part).trimEnd(), size) > room) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  };
  for (const part of parts) {
    if (width(part.trimEnd(), size) <= room) put(part);
    else for (const sign of part) put(sign);
  }
  return [...lines, line.trimEnd()].filter(Boolean);
}
