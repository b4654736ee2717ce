import type { yearOnYearZh } from './yearOnYear.zh-CN.ts';

/** Words of the page that holds a year against another; part of the English interface. */
export const yearOnYearEn: typeof yearOnYearZh = {
  yearOnYear: {
    title: 'Year on year',
    question: 'Better or worse than the year before?',
    answer:
      '{method}⟦, {up} ⟨unit/units⟩ gained⟧⟦, {down} ⟨unit/units⟩ lost⟧⟦, {same} ⟨unit/units⟩ kept the total⟧; the mean is {change}.',
    meanUp: 'up by {points} points',
    meanDown: 'down by {points} points',
    meanSame: 'unchanged',
    answerBest: '{unit} gained most ({points} points).',
    answerUnranked:
      '{n} more unit has no total in at least one of the years. | {n} more units have no total in at least one of the years.',
    answerUnbegun: 'Not compared: {units}.',
    unbegunUnit: '{unit} (there since {day})',
    since: 'since {day}',
    noneNow: '{year} has no totals yet that could be held against {other}.',
    noneBefore: 'There is no result of {other} to compare with.',
    noneBoth: 'There are no totals of {year} or {other} to compare on the days that are looked at.',
    noneCommon: 'No unit has a total both in {year} and in {other}.',
    noOther: 'No plan was in force for {other}, so {year} cannot be held against it.',
    days: 'Both years are seen to date, from the same day: {day} and {before}; the ranking compared with {other} takes that whole year.',
    methodLabel: 'Method',
    official: 'Each year under its own plan',
    underOwn: 'Both under the plan of {year}',
    underOther: 'Both under the plan of {year}',
    officialMeans: 'The official results of both whole years, each under its own plan',
    toDateMeans:
      'Each year under its own plan; this one to date, of what has fallen due, not an official result',
    unendedMeans:
      'Both whole years, each under its own plan; this one is not over, so it is not an official result',
    underOwnMeans: 'What differs comes from the work, not from the plan',
    underOtherMeans: 'Both years computed under the earlier plan',
    now: '{year}',
    before: '{year}',
    rank: 'Rank',
    total: 'Total',
    change: 'Change of total',
    places: 'Change of rank',
    absent: 'not ranked',
    plan: 'How the plans differ',
    samePlan: 'The plans are the same.',
    weight: 'Weight of {criterion}: {before} before, now {weight}',
    added: 'New requirements: {names}',
    dropped: 'Dropped requirements: {names}',
    changed: 'Other measure or points: {names}',
    leftOut: 'Left out of the computation in both years, since one plan does not know them: {names}',
    slope: 'Change of ranks',
    slopeCaption:
      'Ranks of {before} on the left, of {now} on the right; units among the top {n} in either year.',
    units: 'Units',
    showAll: 'Show all {n}',
  },
};
