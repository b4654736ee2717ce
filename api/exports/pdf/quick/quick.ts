import { onceEach } from './cells.ts';
import { layoutBuilder, pdfDocument, renderer, textInlines } from './internals.ts';
import { gathering, plainly } from './lines.ts';
import { brokenOnce } from './wrapped.ts';

/**
 * pdfmake, made quicker for long tables from within: of a page of 300 cells most of its time went into asking for the same
 * styles, widths and glyphs again. What comes out is the same, to the byte.
 */
const own = {
  buildInlines: textInlines.buildInlines,
  buildNextLine: layoutBuilder.buildNextLine,
  renderLine: renderer.renderLine,
  addPage: pdfDocument.addPage,
};

/** Switched on where documents are made; off, pdfmake is as it comes. */
export function quicken(isQuick: boolean): void {
  textInlines.buildInlines = isQuick ? onceEach(own.buildInlines) : own.buildInlines;
  layoutBuilder.buildNextLine = isQuick ? brokenOnce(own.buildNextLine) : own.buildNextLine;
  renderer.renderLine = isQuick ? plainly(own.renderLine) : own.renderLine;
  pdfDocument.addPage = isQuick ? gathering(own.addPage) : own.addPage;
}
