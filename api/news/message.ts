import type { Language } from '#schemas/languages.ts';
import { newsPath, newsText, newsWords } from '#schemas/presentation/news/newsText.ts';
import { stopped } from '#schemas/presentation/stopped.ts';
import type { NewsBody } from '#schemas/results/news.ts';

/** What a message says: as a letter, in a chat, and for a program. */
export type Message = { subject: string; text: string; html: string; chat: string; data: object };

export type MessageParts = {
  language: Language;
  /** Begins every link. */
  base: string;
  weekly: boolean;
  /** News that fits, and how much more there is. */
  bodies: readonly NewsBody[];
  more: number;
  seesAll: boolean;
  /** Turns the way off. */
  stop: string;
};

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
/** Names may hold line breaks of their own kinds: a line of ours stays one. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const link = (href: string, word: string): string => `<a href="${escaped(href)}">${escaped(word)}</a>`;
const paragraph = (html: string): string => `<p style="margin:0 0 12px">${html}</p>`;
const page = (language: Language, inner: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body style="font:14px/1.6 sans-serif;color:#1F2328;max-width:640px">${inner}</body></html>`;

export const stopLink = (base: string, stop: string): string => `${base}/news/stop#token=${stop}`;
export const confirmLink = (base: string, secret: string): string => `${base}/news/confirm#token=${secret}`;

export function messageOf({ language, base, weekly, bodies, more, seesAll, stop }: MessageParts): Message {
  const words = newsWords(language);
  const told = bodies.map((body) => {
    const { title, more: rest } = newsText(language, body, { seesAll });
    return {
      title: oneLine(title),
      rest: rest.map((sentence) => stopped(language, oneLine(sentence))),
      href: base + newsPath(body, { seesAll }),
    };
  });
  const count = bodies.length + more;
  const [first] = told;
  const subject = weekly ? words.weekly(count) : words.subject(first?.title ?? '', count - 1);
  const all = `${base}/news`;
  const account = `${base}/account#news`;
  const end = stopLink(base, stop);
  const alsoMore = more > 0 ? [words.alsoMore(more)] : [];
  const text = [
    words.intro(count),
    '',
    ...told.flatMap(({ title, rest, href }) => [
      `· ${stopped(language, title)}`,
      ...rest.map((one) => `  ${one}`),
      `  ${href}`,
      '',
    ]),
    ...alsoMore,
    `${words.all}: ${all}`,
    '',
    words.why,
    `${words.change}: ${account}`,
    `${words.stopMail}: ${end}`,
    '',
  ].join('\n');
  const html = page(
    language,
    [
      paragraph(escaped(words.intro(count))),
      '<ul style="padding-left:20px">',
      ...told.map(
        ({ title, rest, href }) =>
          `<li style="margin-bottom:12px"><b>${escaped(stopped(language, title))}</b><br>${rest.map(escaped).join(' ')} ${link(href, words.open)}</li>`,
      ),
      '</ul>',
      ...alsoMore.map((one) => paragraph(escaped(one))),
      paragraph(link(all, words.all)),
      `<p style="margin:24px 0 0;color:#59636E;font-size:12px">${escaped(words.why)} ${link(account, words.change)} · ${link(end, words.stopMail)}</p>`,
    ].join(''),
  );
  const chat = [
    subject,
    ...told.flatMap(({ title, rest }) => [`· ${stopped(language, title)}${rest.join('')}`]),
    ...alsoMore,
    `${words.all}: ${all}`,
  ].join('\n');
  const data = {
    type: 'news',
    weekly,
    more,
    link: all,
    news: bodies.map((body, at) => ({ ...body, text: told[at]?.title, link: told[at]?.href })),
  };
  return { subject, text, html, chat, data };
}

/** The question whether an address is right: the one message that goes to it before it is confirmed. */
export function confirmationOf({
  language,
  base,
  secret,
  name,
}: {
  language: Language;
  base: string;
  secret: string;
  name: string;
}): Message {
  const words = newsWords(language);
  const href = confirmLink(base, secret);
  const asked = words.confirm(oneLine(name));
  return {
    subject: words.confirmSubject,
    text: [asked, '', words.confirmStep, href, '', words.confirmNot, ''].join('\n'),
    html: page(
      language,
      paragraph(escaped(asked)) +
        paragraph(`${escaped(words.confirmStep)} ${link(href, href)}`) +
        paragraph(escaped(words.confirmNot)),
    ),
    chat: [words.confirmSubject, asked, words.confirmNot, `${words.confirmStep} ${href}`].join('\n'),
    data: { type: 'confirmation', link: href, text: asked },
  };
}
