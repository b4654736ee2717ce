import { FALLBACKS } from './layout.ts';

const NAMESPACE = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

const font = ([name, instead, family]: (typeof FALLBACKS)[number]): string =>
  `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="86"/><w:family w:val="${family}"/></w:font>`;

/** Names for every font what to take where it is not installed; the fonts themselves may not be passed on. */
export const FONT_TABLE = {
  path: 'word/fontTable.xml',
  data: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="${NAMESPACE}">${FALLBACKS.map(font).join('')}</w:fonts>`,
};
