import { pointsText } from '#schemas/presentation/numbers.ts';

/** A number of things that are not there: said as none, or not at all. Of a ratio it is a figure: `0 of 7 done`. */
const ZERO_OF = /(?<![\d.,–:/+−-])0(?= ?(?:\p{Script=Han}|[a-z]))(?! ?(?:分|points?\b|of [\d.,]+ done))/gu;

/** What a text says beyond names and figures that the rows under it have: numbers that nobody can recompute. */
export function strayWords(
  said: readonly string[],
  names: readonly (string | null)[],
  figures: readonly (string | number | null)[],
): string[] {
  let text = said.join('\n');
  // The longest first: a name may be part of another.
  const known = names.filter((name) => name).map(String);
  for (const name of known.sort((a, b) => b.length - a.length)) text = text.replaceAll(name, '·');
  const allowed = new Set(
    figures.filter((figure) => figure !== null).map((figure) => String(figure).replaceAll(',', '')),
  );
  const stray = (text.match(/\d[\d,.]*\d|\d/g) ?? []).filter(
    (number) => !allowed.has(number.replaceAll(',', '')),
  );
  return [
    ...stray,
    ...Array.from(text.matchAll(ZERO_OF), ({ index }) => `zero: ${text.slice(index, index + 20)}`),
  ];
}

/** What stands written, as a number. */
export const numberOf = (text: string): number => Number(text.replaceAll(',', '').replace('−', '-'));

/**
 * Two figures and what lies between them, as they are written beside each other: with the fewest decimals, from
 * `least` on, with which a reader who subtracts what is written gets what is written.
 */
export function writtenBetween(a: number | null, b: number | null, least = 2): string[] {
  if (a === null || b === null) return [];
  const apart = Math.abs(Math.round(a * 1e6) - Math.round(b * 1e6)) / 1e6;
  for (let decimals = least; ; decimals++) {
    const [one = '', other = '', between = ''] = [a, b, apart].map((value) => pointsText(value, decimals));
    const off = Math.abs(Math.abs(numberOf(one) - numberOf(other)) - numberOf(between));
    const isSeen = apart === 0 || numberOf(between) !== 0;
    if (decimals === 6 || (off < 1e-9 && isSeen)) return [one, other, between];
  }
}

/** Two figures with so many decimals, and what a reader gets who subtracts them. */
export function writtenApart(a: number, b: number, decimals: number): string[] {
  const [one = '', other = ''] = [a, b].map((value) => pointsText(value, decimals));
  return [one, other, pointsText(Math.abs(numberOf(one) - numberOf(other)), decimals)];
}

/** The greatest of some totals, the next that differs, and the lead. */
export function writtenLead(rows: readonly { total: number | null }[], decimals: number): string[] {
  const totals = new Set(rows.flatMap(({ total }) => total ?? []));
  const [first, second] = [...totals].sort((a, b) => b - a);
  return first === undefined || second === undefined ? [] : writtenApart(first, second, decimals);
}
