import type { Inline, LayoutBuilder, Line } from './internals.ts';

/**
 * Texts of cells broken into lines once for each width, and shared by all cells that say the same: pdfmake keeps every
 * piece of every line until the last page is written, and a Chinese text has a piece for each sign.
 */

/** A line of some pieces in some width, and the pieces behind it. */
type Step = { line: Line; rest: Inline[] };

/** What follows from pieces that are shared: they are never changed. */
const stepsOf = new WeakMap<readonly Inline[], Map<number, Step>>();

/** Justified lines move their pieces: each has its own. */
export const canBeShared = (items: readonly Inline[]): boolean =>
  items.length > 0 && items.every(({ alignment }) => alignment !== 'justify');

/** Says that these pieces stay as they are, so that cells may share them. */
export function share(items: Inline[]): void {
  if (!stepsOf.has(items)) stepsOf.set(items, new Map());
}

export const isShared = (items: readonly Inline[]): boolean => stepsOf.has(items);

/** `buildNextLine` that breaks shared pieces once for each width; all others are left to `original`. */
export const brokenOnce = (original: LayoutBuilder['buildNextLine']): LayoutBuilder['buildNextLine'] =>
  function (this: LayoutBuilder, node) {
    const steps = node._inlines && stepsOf.get(node._inlines);
    if (!steps) return original.call(this, node);
    const width = this.writer.context().availableWidth;
    let step = steps.get(width);
    if (!step) {
      const own = { _inlines: node._inlines?.map((item) => ({ ...item })) ?? [] };
      const line = original.call(this, own);
      if (line === null) return null;
      step = { line, rest: own._inlines };
      if (step.rest.length > 0) share(step.rest);
      steps.set(width, step);
    }
    node._inlines = step.rest;
    // A line is placed: each cell has its own, of the same pieces.
    return step.line.clone();
  };
