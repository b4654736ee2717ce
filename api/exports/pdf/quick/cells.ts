import { type Inline, type Inlines, type StyleStack, type TextInlines, textBreaker } from './internals.ts';
import { canBeShared, isShared, share } from './wrapped.ts';

/**
 * Texts of table cells, measured once each. pdfmake looks two dozen properties of every word up through all styles
 * around it; cells of a table that say the same of their type have the same ones.
 */

/** A look that cells share, and what was measured in it. */
type Look = { inline: Inline; known: Map<string, Inlines> };

/** What cells may say of their type, and what else they have that no word takes its look from. */
const OWN = ['alignment', 'bold', 'color', 'fontSize'] as const;
const OTHER = new Set(['text', 'margin', '_margin', 'fillColor', 'fillOpacity', 'colSpan']);
const isKnown = (key: string): boolean => OTHER.has(key) || (OWN as readonly string[]).includes(key);

/** What changes how a text is broken or measured: left to pdfmake. */
const BREAKING = [
  'noWrap',
  'wordBreak',
  'leadingIndent',
  'preserveLeadingSpaces',
  'preserveTrailingSpaces',
  'characterSpacing',
  'fontFeatures',
  'sup',
  'sub',
];

const looksOfTable = new WeakMap<object, Map<string, Look | null>>();
const looksOfDocument = new WeakMap<object, Map<string, Look>>();

function within<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** The cell that a text stands in, with its table; null where it is no cell, or says more than cells of ours do. */
function cellIn({ styleOverrides }: StyleStack): { table: object; own: string } | null {
  const cell = styleOverrides.at(-1);
  if (typeof cell !== 'object') return null;
  let at = styleOverrides.length - 1;
  while (styleOverrides[at] === cell) at--;
  const table = styleOverrides[at];
  if (typeof table !== 'object' || !table.table) return null;
  for (const key in cell) if (!isKnown(key)) return null;
  return { table, own: `${cell.alignment}|${cell.bold}|${cell.color}|${cell.fontSize}` };
}

/** The look of what pdfmake has measured itself. */
function lookOf(texts: TextInlines, { items }: Inlines, styles: StyleStack): Look | null {
  const [first] = items;
  if (!first || !texts.pdfDocument || BREAKING.some((name) => styles.getProperty(name))) return null;
  const { lineEnd: _, ...inline } = first;
  const { font, text: __, width: ___, leadingCut: ____, trailingCut: _____, ...rest } = inline;
  const looks = within(looksOfDocument, texts.pdfDocument, () => new Map<string, Look>());
  const name = `${font.id} ${JSON.stringify(rest)}`;
  const look = looks.get(name) ?? { inline, known: new Map() };
  looks.set(name, look);
  return look;
}

/** Blanks at the ends of lines take no room. */
function cut(texts: TextInlines, blanks: RegExpMatchArray | null, inline: Inline): number {
  return blanks ? texts.widthOfText(blanks[0], inline) : 0;
}

const trimmed = (item: Pick<Inline, 'width' | 'leadingCut' | 'trailingCut'>): number =>
  Math.max(0, item.width - item.leadingCut - item.trailingCut);

function measured(texts: TextInlines, text: string, { inline }: Look): Inlines {
  const items = textBreaker.getBreaks(text, null).map(
    (word): Inline => ({
      ...inline,
      ...word,
      width: texts.widthOfText(word.text, inline),
      leadingCut: cut(texts, word.text.match(/^\s+/), inline),
      trailingCut: cut(texts, word.text.match(/\s+$/), inline),
    }),
  );
  let minWidth = 0;
  let maxWidth = 0;
  let line: { width: number; leadingCut: number; trailingCut: number } | null = null;
  for (const item of items) {
    minWidth = Math.max(minWidth, trimmed(item));
    line ??= { width: 0, leadingCut: item.leadingCut, trailingCut: 0 };
    line.width += item.width;
    line.trailingCut = item.trailingCut;
    maxWidth = Math.max(maxWidth, trimmed(line));
    if (item.lineEnd) line = null;
  }
  return { items, minWidth, maxWidth };
}

/** `buildInlines` that measures every text of a look once; what is no plain cell is left to `original`. */
export const onceEach = (original: TextInlines['buildInlines']): TextInlines['buildInlines'] =>
  function (this: TextInlines, text, styles) {
    const cell = typeof text === 'string' ? cellIn(styles) : null;
    if (typeof text !== 'string' || !cell) return original.call(this, text, styles);
    const looks = within(looksOfTable, cell.table, () => new Map<string, Look | null>());
    let look = looks.get(cell.own);
    if (look === undefined) {
      look = lookOf(this, original.call(this, text, styles), styles);
      looks.set(cell.own, look);
    }
    if (look === null) return original.call(this, text, styles);
    let found = look.known.get(text);
    if (!found) {
      found = measured(this, text, look);
      if (canBeShared(found.items)) share(found.items);
      look.known.set(text, found);
    }
    // Pieces are placed, and torn where they are too wide.
    return isShared(found.items) ? found : { ...found, items: found.items.map((item) => ({ ...item })) };
  };
