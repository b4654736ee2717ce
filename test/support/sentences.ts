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
  const allowed = new Set(figures.filter((figure) => figure !== null).map(String));
  return (text.match(/\d[\d,.]*\d|\d/g) ?? []).filter((number) => !allowed.has(number.replaceAll(',', '')));
}
