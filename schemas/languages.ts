import { z } from 'zod';

/** The languages that answers and documents are made in. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is spoken where nobody says. */
const DEFAULT: Language = 'zh-CN';

/**
 * Looks a tag up as BCP 47 does (RFC 4647 §3.4): subtags are left out from the end until what is left is there. We have
 * one Chinese and one English, so the first subtag decides: zh-Hans-CN, zh-SG and zh-TW are Chinese, en-US is English.
 */
const TAG = /^(?:(zh)|en)(?:-[a-z0-9]{1,8})*$/i;
const ALLOWED = 'zh, en, or one of them with a script or a region, such as zh-CN, zh-Hans or en-GB';

function lookUp(tag: string): Language | undefined {
  const found = TAG.exec(tag);
  return found ? (found[1] ? 'zh-CN' : 'en') : undefined;
}

/** The parameter `lang`. Left out, `languageFor` finds what the caller accepts. */
export const lang = z
  .string()
  .regex(TAG, { error: `must be ${ALLOWED}` })
  .transform((tag): Language => lookUp(tag) ?? DEFAULT)
  .meta({ type: 'string', pattern: '^([zZ][hH]|[eE][nN])(-[A-Za-z0-9]{1,8})*$' })
  .optional();

/** What is accepted with `*` is any language that the header does not name: ours before all others. */
const anyBut = (named: readonly (Language | undefined)[]): Language | undefined =>
  LANGUAGES.find((language) => !named.includes(language));

/** The language that an Accept-Language header (RFC 9110 §12.5.4) likes best of ours. */
function accepted(header: string): Language | undefined {
  const ranges = header.split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    return { tag, language: lookUp(tag), quality };
  });
  const named = ranges.map(({ language }) => language);
  const ours = ranges.flatMap(({ tag, quality, language = tag === '*' ? anyBut(named) : undefined }) =>
    language && quality > 0 ? [{ language, quality }] : [],
  );
  return ours.sort((a, b) => b.quality - a.quality)[0]?.language;
}

/** The language to answer in: the one asked for, else the one accepted, else Chinese. */
export const languageFor = (asked: Language | undefined, acceptLanguage: string | undefined): Language =>
  asked ?? accepted(acceptLanguage ?? '') ?? DEFAULT;

/** What an answer in a language that the header decided says of itself. */
export const spokenIn = (language: Language) => ({
  'Content-Language': language,
  Vary: 'Authorization, Cookie, Accept-Language',
});

export const shortOf = (language: Language): 'zh' | 'en' => (language === 'en' ? 'en' : 'zh');
