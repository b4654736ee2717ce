import type PptxGenJS from 'pptxgenjs';
import pptxgen from 'pptxgenjs';
import { escaped } from '../fonts/markup.ts';
import { wordsIn } from '../report/frame.ts';
import type { Report } from '../report/model.ts';
import { notesOf } from '../report/slides.ts';
import { type OwnParts, repaired } from './repair.ts';
import { addOpening, addSection } from './slides.ts';
import { faceOf } from './stage.ts';

/** The package's types describe CommonJS, its code is a module. */
const Presentation = pptxgen as unknown as new () => PptxGenJS.default;

/** The report as slides, one question each, with native charts, and notes for who presents them. */
export async function presentationOf(report: Report): Promise<Uint8Array> {
  const presentation = new Presentation();
  presentation.layout = 'LAYOUT_WIDE';
  presentation.title = report.opening.occasion;
  presentation.subject = report.subtitle;
  const signer = report.opening.organiser || wordsIn(report.language).letter.signer;
  presentation.author = signer;
  // The one text that the library writes as it is.
  presentation.company = escaped(signer);
  presentation.theme = { headFontFace: faceOf(report.language), bodyFontFace: faceOf(report.language) };
  const own: OwnParts = { dots: [], totals: [] };
  for (const one of report.slides) {
    const slide = presentation.addSlide();
    if (one === 'cover') addOpening(slide, report);
    else addSection(slide, report, one, own);
    slide.addNotes(notesOf(report, one).join('\n'));
  }
  const bytes = await presentation.write({ outputType: 'uint8array' });
  return repaired(bytes as Uint8Array, own);
}
