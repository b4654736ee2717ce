import type { Language } from '../../languages.ts';
import type { NewsBody, OwedItem } from '../../results/news.ts';
import { dayText } from '../days.ts';
import { inARow } from '../names.ts';
import { plainText } from '../numbers.ts';
import { type Speech, speechOf } from '../speech.ts';
import { enNews } from './en.ts';
import { type NewsWords, zhNews } from './zh.ts';

/** News in words: the same on screen, in letters and in group chats. */

const WORDS: Record<Language, NewsWords> = { 'zh-CN': zhNews, en: enNews };
export const newsWords = (language: Language): NewsWords => WORDS[language];

/** A line that says it, and sentences that say more. */
export type NewsText = { title: string; more: string[] };

/** What is owed on one day, by name; of more than these the rest is counted. */
const MOST_NAMED = 5;

type Said = { speech: Speech; words: NewsWords };

function owedSentence({ speech, words }: Said, owed: readonly OwedItem[], ofZone: boolean): string {
  const windowed = ({ name, id, window, owing }: OwedItem): string => {
    const called = words.quoted(name ? speech.name(name) : id);
    const told = [speech.window(window), ofZone ? words.owing(owing) : ''].filter((text) => text !== '');
    if (told.length === 0) return called;
    const inner = told.join(words.join);
    return speech.language === 'zh-CN' ? `${called}（${inner}）` : `${called} (${inner})`;
  };
  const named = owed.slice(0, MOST_NAMED).map(windowed);
  const rest = owed.length - named.length;
  return inARow(speech.language, [...named, ...(rest > 0 ? [words.more(rest)] : [])]);
}

function titleOf({ speech, words }: Said, body: NewsBody): string {
  const day = (of: string): string => dayText(speech.language, of);
  const quoted = (title: string): string => words.quoted(title);
  switch (body.kind) {
    case 'due':
      return (body.about ? words.due : words.dueZone)(day(body.due), body.owed.length, body.days);
    case 'overdue':
      return (body.about ? words.overdue : words.overdueZone)(day(body.due), body.owed.length);
    case 'rejected':
      return words.rejected(quoted(body.title));
    case 'appeal':
      return (body.outcome === 'granted' ? words.granted : words.dismissed)(quoted(body.title));
    case 'veto':
      return (body.lifted ? words.vetoLifted : words.veto)(
        body.name ? speech.name(body.name) : speech.term(body.of),
      );
    case 'quota':
      return words.quota;
    case 'rank':
      return words.rank(body.before, body.after);
    case 'waiting':
      return words.waiting;
    case 'publication':
      return (body.stage === 'opened' ? words.opened : words.ending)(body.year);
  }
}

function moreOf(said: Said, body: NewsBody): string[] {
  const { speech, words } = said;
  switch (body.kind) {
    case 'due':
    case 'overdue':
      return [owedSentence(said, body.owed, body.about === null)];
    case 'rejected':
    case 'appeal':
      return [words.reason(body.reason)];
    case 'veto':
      return [body.lifted ? words.capLifted : words.cap(plainText(body.cap))];
    case 'quota':
      if (body.why === 'not-eligible') return [words.quotaBar];
      return body.rank === null ? [] : [words.quotaRank(body.rank)];
    case 'rank':
      return [
        words.since(dayText(speech.language, body.since)),
        ...(body.replanned ? [words.replanned] : []),
      ];
    case 'waiting':
      return [
        inARow(speech.language, [
          words.verification(body.verification),
          ...(body.account === null ? [words.appeals(body.appeals), words.quarantine(body.quarantine)] : []),
        ]),
      ];
    case 'publication':
      return [words.until(dayText(speech.language, body.until))];
  }
}

/** Whether the reader sees all units, and not their own alone. */
export type NewsReader = { seesAll: boolean };

/** A unit's own people are not told its name: all that they hear of is about it. */
function beginning(words: NewsWords, body: NewsBody, title: string, { seesAll }: NewsReader): string {
  if (seesAll && 'about' in body && body.about) return words.of(body.about.name) + title;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

export function newsText(language: Language, body: NewsBody, reader: NewsReader): NewsText {
  const said: Said = { speech: speechOf(language), words: WORDS[language] };
  return { title: beginning(said.words, body, titleOf(said, body), reader), more: moreOf(said, body) };
}

/** Where the dashboard shows what the news tells of. */
export function newsPath(body: NewsBody, { seesAll }: NewsReader): string {
  const unit = 'about' in body && body.about ? encodeURIComponent(body.about.unit) : '';
  const year = `?year=${body.year}`;
  switch (body.kind) {
    case 'due':
    case 'overdue':
      return body.about ? `/desk${year}` : `/calendar${year}`;
    case 'rejected':
    case 'appeal':
      return seesAll ? `/units/${unit}${year}` : `/desk/history${year}`;
    case 'quota':
      return seesAll ? `/meeting/commendation${year}` : `/units/${unit}${year}`;
    case 'veto':
    case 'rank':
      return `/units/${unit}${year}`;
    case 'waiting':
      return `/inbox${year}`;
    case 'publication':
      return `/freeze${year}`;
  }
}
