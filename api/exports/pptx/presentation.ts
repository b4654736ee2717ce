import type PptxGenJS from 'pptxgenjs';
import pptxgen from 'pptxgenjs';
import { wordsIn } from '../report/frame.ts';
import type { Report } from '../report/model.ts';
import { repaired } from './repair.ts';
import { addSection, addTitle } from './slides.ts';
import { faceOf } from './stage.ts';

/** The package's types describe CommonJS, its code is a module. */
const Presentation = pptxgen as unknown as new () => PptxGenJS.default;

/** The report as slides, one question each, with native charts. */
export async function presentationOf(report: Report): Promise<Uint8Array> {
  const presentation = new Presentation();
  presentation.layout = 'LAYOUT_WIDE';
  presentation.title = report.title;
  presentation.subject = report.subtitle;
  const { signer } = wordsIn(report.language).letter;
  presentation.author = signer;
  presentation.company = signer;
  presentation.theme = { headFontFace: faceOf(report.language), bodyFontFace: faceOf(report.language) };
  addTitle(presentation.addSlide(), report);
  for (const section of report.sections) addSection(presentation.addSlide(), report, section);
  const bytes = await presentation.write({ outputType: 'uint8array' });
  return repaired(bytes as Uint8Array);
}
