import { z } from 'zod';

/** The languages that answers and documents are made in. */
export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is spoken where nobody says. */
const DEFAULT: Language = 'zh-CN';

/** How `lang` may name them. */
const NAMES = /^(?:(zh|zh-cn|zh-hans)|en(?:-[a-z0-9]{1,8})*)$/i;
const ALLOWED = 'zh, zh-CN, zh-Hans, en or en-*';

/** The parameter `lang`. Left out, `languageFor` finds what the caller accepts. */
export const lang = z
  .string()
  .regex(NAMES, { error: `must be one of ${ALLOWED}` })
  .transform((tag): Language => (/^zh/i.test(tag) ? 'zh-CN' : 'en'))
  .meta({
    type: 'string',
    pattern: '^([zZ][hH](-([cC][nN]|[hH][aA][nN][sS]))?|[eE][nN](-[A-Za-z0-9]{1,8})*)$',
  })
  .optional();

/** The language that an Accept-Language header (RFC 9110 §12.5.4) likes best of ours. */
function accepted(header: string): Language | undefined {
  const ranges = header.split(',').flatMap((part) => {
    const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    const [language] = LANGUAGES.filter((one) => tag.split('-')[0] === one.slice(0, 2));
    return language && quality > 0 ? [{ language, quality }] : [];
  });
  return ranges.sort((a, b) => b.quality - a.quality)[0]?.language;
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
