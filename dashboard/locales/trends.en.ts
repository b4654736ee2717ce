import type { trendsZhCN } from './trends.zh-CN.ts';

/** Words of trends and of what happened on their way; part of the English interface (`en.ts`). */
export const trendsEn: typeof trendsZhCN = {
  trends: {
    title: 'Trends',
    question: 'How did each team come through the year?',
    noMonths: 'There are no two months’ ends to compare yet.',
    rose: 'Since {since}, {units} rose most ({way}).',
    fell: '{units} fell most ({way}).',
    keptAll:
      'The one unit with a rank on both days kept it. | All {n} units with a rank on both days kept it.',
    kept: 'No unit with a rank on both days kept it. | {n} of {of} ⟨unit/units⟩ with a rank on both days kept it. | {n} of {of} ⟨unit/units⟩ with a rank on both days kept it.',
    knownNow: 'Ranks of earlier months are told {known}.',
    monthEnds: 'Months are looked at at their ends; what is told here begins with {day}.',
    movedThen:
      'The ranking’s “Moved” compares with what was known then; late and corrected reports make the two differ.',
    way: '{from} → {to}',
    told: 'rank {rank}, {total} points',
    toldAt: '{day}: rank {rank}, {what} {score}',
    order: 'Order',
    by: { rank: 'by rank', rose: 'rose most', fell: 'fell most', name: 'by name' },
    over: '{from} to {to}',
    span: '{from}–{to} of {of}',
    rule: 'plan, seal or publication',
    caption:
      'A panel a unit: total and scores of the types at the end of each month (to date, {known}), all from {bottom} to 100. The signs below are what happened in a month, by its own day and not that of the record, of several the gravest.',
    cut: 'Scores below {bottom} are drawn at the lower edge.',
    open: 'Over the year',
  },
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
    times: '{n} ⟨time/times⟩',
    reports: '{n} in {month}',
    monthOfYear: '{month} {year}',
    onDay: '{day}: {what}',
    recorded: 'of {on}, recorded {day}',
    fromTo: '{from} to {to}',
    phrase: '{what} ({when})',
    sentence: 'Meanwhile: {list}.',
    none: 'Meanwhile no veto, deduction, late report, seal or publication.',
  },
};
