const signWidth = (sign: string): number => ((sign.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1);

/** How wide a text is, in half-width characters: a Chinese one takes two. */
export const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + signWidth(sign), 0);

/** A name as far as there is room for it. */
export function cut(text: string, room: number): string {
  let width = 0;
  let kept = '';
  for (const sign of text) {
    width += signWidth(sign);
    if (width > room) return `${kept}…`;
    kept += sign;
  }
  return kept;
}

/** A name on as many lines as it takes, each within `room`; only what `lines` cannot hold is cut. */
export function wrap(text: string, room: number, lines: number): string[] {
  const parts = text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/gu) ?? [];
  const done: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line && widthOf(line + part.trimEnd()) > room && done.length < lines - 1) {
      done.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return [...done, cut(line.trimEnd(), room)].map((one) => cut(one, room));
}
