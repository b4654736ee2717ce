import type { newsZh } from './news.zh-CN.ts';

export const newsEn: typeof newsZh = {
  news: {
    title: 'News',
    question: 'What is new?',
    answer: '{n} unread piece of news. | {n} unread pieces of news.',
    answerMany: 'More than {n} unread pieces of news.',
    answerNone: 'You have seen everything.',
    since: '{n} piece of news since you last looked. | {n} pieces of news since you last looked.',
    sinceMany: 'More than {n} pieces of news since you last looked.',
    none: 'There is no news yet. You are told here 7 days and 1 day before something is due, when it is overdue, when a report is rejected, an appeal decided, a veto falls, or a rank drops. Kept for 90 days.',
    noneUnread: 'Nothing is unread.',
    onlyUnread: 'Unread only',
    readAll: 'Mark all as read',
    unread: 'unread',
    bell: 'News, {n} unread',
    bellNone: 'News, nothing unread',
    ways: 'How news reach you',
    deliveries: 'Deliveries',
  },
};
