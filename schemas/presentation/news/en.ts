import { inQuotes } from '../names.ts';
import { countText } from '../numbers.ts';
import type { NewsWords } from './zh.ts';

const n = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;
const within = (days: number): string => (days === 0 ? 'today' : `within ${n(days, 'day')}`);
const is = (count: number): string => (count === 1 ? 'is' : 'are');

/** The sentences of news, in English. */
export const enNews: NewsWords = {
  kind: {
    due: 'Due soon',
    overdue: 'Overdue',
    rejected: 'Rejected',
    appeal: 'Appeal decided',
    veto: 'Veto',
    quota: 'Commendation',
    rank: 'Rank fell',
    waiting: 'Inbox',
    publication: 'Publication',
  },
  quoted: (name) => `${inQuotes(name)}`,
  due: (day, count, days) => `${n(count, 'obligation')} still open, due by ${day} (${within(days)})`,
  dueZone: (day, count, days) =>
    `${n(count, 'obligation')} due by ${day} (${within(days)}) that some units still owe`,
  overdue: (day, count) =>
    `${n(count, 'obligation')} ${is(count)} overdue (due ${day}); what was done in time can still be reported`,
  overdueZone: (day, count) => `${n(count, 'obligation')} fell due on ${day} and some units missed them`,
  owing: (units) => `${n(units, 'unit')} ${units === 1 ? 'owes' : 'owe'} it`,
  more: (count) => `${countText(count)} more`,
  rejected: (title) => `${title} was not verified; correct it and report it again, or appeal`,
  granted: (title) => `The appeal about ${title} was granted`,
  dismissed: (title) => `The appeal about ${title} was dismissed`,
  of: (unit) => `${unit}: `,
  reason: (reason) => `Reason: ${reason}`,
  veto: (veto) => `a veto fell: ${veto}`,
  vetoLifted: (veto) => `a veto was lifted: ${veto}`,
  capLifted: 'It no longer caps the total; the ranks were computed again',
  cap: (points) => `The total counts as ${points} at most, and commendation is barred`,
  quota: 'lost its place for commendation',
  quotaRank: (rank) => `It is now ranked ${countText(rank)}`,
  quotaBar: 'It is not eligible now',
  rank: (before, after) => `fell from rank ${countText(before)} to ${countText(after)}`,
  since: (day) => `Compared with ${day}`,
  replanned: 'The plan changed to another version in between, which moved ranks, too',
  waiting: 'Your inbox is waiting',
  verification: (count) => `${n(count, 'report')} to verify`,
  appeals: (count) => `${n(count, 'appeal')} undecided`,
  quarantine: (count) => `${n(count, 'record')} in quarantine`,
  opened: (year) => `The result of ${year} lies open to all units`,
  ending: (year) => `The publication of ${year}’s result ends soon`,
  until: (day) => `Objections can be made until ${day}`,
  join: ', ',
  subject: (first, more) =>
    more > 0 ? `Wuxing: ${first} (and ${countText(more)} more)` : `Wuxing: ${first}`,
  weekly: (count) => `Wuxing: ${n(count, 'piece')} of news this week`,
  intro: (count) => `${n(count, 'new piece')} of news:`,
  alsoMore: (count) => `${countText(count)} more once you are signed in.`,
  open: 'Open',
  all: 'See all news',
  why: 'You get this because of your choice on your account page.',
  change: 'Change the choice',
  stopMail: 'Send nothing to this address any more',
  confirmSubject: 'Wuxing: please confirm where news shall go',
  confirm: (name) =>
    `The account ${inQuotes(name)} wants Wuxing to send its news here. Nothing is sent before you confirm.`,
  confirmStep: 'If you agree, open this link within 3 days and press “Confirm”:',
  confirmNot: 'If you did not ask for it, do nothing: nothing more will come.',
};
