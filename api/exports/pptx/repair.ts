import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { DotsXml } from './dots.ts';
import { type TotalLabels, withTotals } from './totals.ts';

/**
 * What the library writes against the schemas of ECMA-376 or against what programs expect, put right, so that none of
 * them offers to repair the file. Lying bars are also turned, so that the first category stands on top as in every
 * other format.
 */

const CONTENT_TYPES = '[Content_Types].xml';
const OVERRIDE = /<Override [^>]*PartName="\/([^"]+)"[^>]*\/>/g;
const AXIS = /<c:axId val="(\d+)"\/>/g;
const DEFINED = /<c:(?:catAx|valAx|serAx|dateAx)>\s*<c:axId val="(\d+)"\/>/g;

/** Slide masters are declared that do not exist. */
const declared = (xml: string, parts: Record<string, Uint8Array>): string =>
  xml.replace(OVERRIDE, (override, part: string) => (part in parts ? override : ''));

/** Charts refer to a third axis that they do not define. */
function withoutUndefinedAxes(xml: string): string {
  const defined = new Set(Array.from(xml.matchAll(DEFINED), (match) => match[1]));
  return xml.replace(AXIS, (axis, id: string) => (defined.has(id) ? axis : ''));
}

/** How often labels stand is said behind what it must precede. */
const skipInOrder = (xml: string): string =>
  xml.replace(/(<c:noMultiLvlLbl val="\d"\/>)\s*(<c:tickLblSkip val="\d+"\/>)/g, '$2$1');

function firstOnTop(xml: string): string {
  if (!xml.includes('<c:barDir val="bar"/>')) return xml;
  return xml
    .replace(/<c:catAx>.*?<\/c:catAx>/s, (axis) =>
      axis.replace('<c:orientation val="minMax"/>', '<c:orientation val="maxMin"/>'),
    )
    .replace(/<c:valAx>.*?<\/c:valAx>/s, (axis) =>
      axis.replace(/<c:crosses val="autoZero"\/>/, '<c:crosses val="max"/>'),
    );
}

/** The list of note masters stands behind that of the slides, which it must precede. */
const mastersInOrder = (xml: string): string =>
  xml.replace(
    /(<p:sldIdLst>.*?<\/p:sldIdLst>)(<p:notesMasterIdLst>.*?<\/p:notesMasterIdLst>)/s,
    (_, slides: string, notes: string) => notes + slides,
  );

/** As large as its text is what a bullet is anyway; the number for it is out of the schema's range. */
const withoutBulletSize = (xml: string): string => xml.replaceAll('<a:buSzPct val="100000"/>', '');

/** PowerPoint wants to hear of a background's effects, and of a shape's text, even where there are none. */
const withEffects = (xml: string): string =>
  xml.replace(/(<p:bgPr>(?:(?!<a:effectLst\/>).)*?)(<\/p:bgPr>)/gs, '$1<a:effectLst/>$2');
const withTexts = (xml: string): string =>
  xml.replaceAll(
    '</p:spPr></p:sp>',
    '</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>',
  );

/** Notes in paragraphs, which the library writes as one. */
const inParagraphs = (xml: string): string =>
  xml.replace(
    /<a:p>(<a:r><a:rPr[^>]*\/><a:t>)([^<]*\n[^<]*)(<\/a:t><\/a:r>)(<a:endParaRPr[^>]*\/>)<\/a:p>/g,
    (_, open: string, text: string, close: string) =>
      text
        .split(/\r?\n/)
        .map((line) => `<a:p>${open}${line}${close}</a:p>`)
        .join(''),
  );

const MENDED: readonly { parts: RegExp; mends: readonly ((xml: string) => string)[] }[] = [
  { parts: /^ppt\/presentation\.xml$/, mends: [mastersInOrder] },
  { parts: /^ppt\/charts\/chart\d+\.xml$/, mends: [withoutUndefinedAxes, skipInOrder, firstOnTop] },
  { parts: /^ppt\/notesSlides\/\w+\.xml$/, mends: [inParagraphs] },
  {
    parts: /^ppt\/(?:slides|slideLayouts|slideMasters)\/\w+\.xml$/,
    mends: [withoutBulletSize, withEffects, withTexts],
  },
];

const CHART = /^ppt\/charts\/chart(\d+)\.xml$/;
const chartNumber = (name: string): number => Number(CHART.exec(name)?.[1] ?? 0);

/** What the library cannot write of charts, in the order of the slides: scatter charts whole, labels of stacked bars. */
export type OwnParts = { dots: DotsXml[]; totals: TotalLabels[] };

/** Charts that have the sign, in the order of the slides, as they become. */
function charts(
  parts: Record<string, Uint8Array>,
  sign: string,
  become: (xml: string, at: number) => string,
): void {
  const xmlOf = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
  const found = Object.keys(parts)
    .filter((name) => CHART.test(name) && xmlOf(name).includes(sign))
    .sort((a, b) => chartNumber(a) - chartNumber(b));
  for (const [at, name] of found.entries()) parts[name] = strToU8(become(xmlOf(name), at));
}

/** The presentation, sound, with its own parts. */
export function repaired(pptx: Uint8Array, { dots, totals }: OwnParts): Uint8Array {
  const parts = unzipSync(pptx);
  if (dots.length) charts(parts, '<c:scatterChart>', (_, at) => dots[at] ?? '');
  if (totals.length)
    charts(parts, '<c:grouping val="stacked"/>', (xml, at) =>
      totals[at] ? withTotals(xml, totals[at]) : xml,
    );
  for (const [name, bytes] of Object.entries(parts)) {
    if (name.endsWith('/')) delete parts[name];
    else if (name === CONTENT_TYPES) parts[name] = strToU8(declared(strFromU8(bytes), parts));
    else {
      const mends = MENDED.filter((one) => one.parts.test(name)).flatMap((one) => one.mends);
      if (mends.length) parts[name] = strToU8(mends.reduce((xml, mend) => mend(xml), strFromU8(bytes)));
    }
  }
  return zipSync(parts);
}
