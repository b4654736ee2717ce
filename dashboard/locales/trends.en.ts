import type { trendsZhCN } from './trends.zh-CN.ts';

/** Words of trends and of what happened on their way; part of the English interface (`en.ts`). */
export const trendsEn: typeof trendsZhCN = {
  marks: {
    title: 'What happened',
    veto: 'Veto',
    deduction: 'Deducted',
    late: 'Late',
    plan: 'Plan',
    seal: 'Sealed',
    publication: 'Published',
    count: {
      veto: '{n} veto | {n} vetoes',
      deduction: '{n} deduction | {n} deductions',
      late: '{n} report more than 30 days late | {n} reports more than 30 days late',
      plan: 'plan adopted once | plan adopted {n} times',
      seal: 'sealed once | sealed {n} times',
      publication: 'published once | published {n} times',
    },
    version: 'version {number}',
    number: 'number {number}',
    times: '{n} times',
    reports: '{n} in {month}',
    onDay: '{day}: {what}',
    fromTo: '{from} to {to}',
    phrase: '{what} ({when})',
    sentence: 'Meanwhile: {list}.',
    none: 'Meanwhile no veto, deduction, late report, seal or publication.',
  },
};
