import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/**
 * What the library writes wrongly, put right, so that no program offers to repair the file: slide masters that are
 * declared but do not exist, and a third axis that charts refer to but do not define. Lying bars are also turned, so
 * that the first category stands on top as in every other format.
 */

const CONTENT_TYPES = '[Content_Types].xml';
const OVERRIDE = /<Override [^>]*PartName="\/([^"]+)"[^>]*\/>/g;
const AXIS = /<c:axId val="(\d+)"\/>/g;
const DEFINED = /<c:(?:catAx|valAx|serAx|dateAx)>\s*<c:axId val="(\d+)"\/>/g;

const declared = (xml: string, parts: Record<string, Uint8Array>): string =>
  xml.replace(OVERRIDE, (override, part: string) => (part in parts ? override : ''));

function withoutUndefinedAxes(xml: string): string {
  const defined = new Set(Array.from(xml.matchAll(DEFINED), (match) => match[1]));
  return xml.replace(AXIS, (axis, id: string) => (defined.has(id) ? axis : ''));
}

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

export function repaired(pptx: Uint8Array): Uint8Array {
  const parts = unzipSync(pptx);
  for (const [name, bytes] of Object.entries(parts)) {
    if (name.endsWith('/')) delete parts[name];
    else if (name === CONTENT_TYPES) parts[name] = strToU8(declared(strFromU8(bytes), parts));
    else if (/^ppt\/charts\/chart\d+\.xml$/.test(name))
      parts[name] = strToU8(firstOnTop(withoutUndefinedAxes(strFromU8(bytes))));
  }
  return zipSync(parts);
}
