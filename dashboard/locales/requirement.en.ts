import type { requirementZhCN } from './requirement.zh-CN.ts';

/** What the page of one requirement says in English. */
export const requirementEn: typeof requirementZhCN = {
  legend: 'Attainment',
  title: 'Requirement',
  question: 'How is “{name}” doing?',
  questionUnnamed: 'How is this requirement doing?',
  answer:
    'Of the {counted} ⟨unit/units⟩ for which it counts ⟦{full} ⟨meets/meet⟩¦none meets⟧ it in full and ⟦{short} ⟨falls/fall⟩¦none falls⟧ short; mean attainment {mean}.',
  answerAll: 'The {n} unit for which it counts meets it. | All {n} units for which it counts meet it.',
  answerNone: 'It has not fallen due yet, and no unit has met it early.',
  answerOpen:
    '{n} lacks only what ends today and still can be done. | {n} lack only what ends today and still can be done.',
  answerAlike: 'All of them fall short by the same.',
  answerWorst: 'Most points are lost by {names}.',
  answerLeast: 'Least is attained by {names}.',
  points:
    '{points} of the {of} points within {criterion}: {worth} points of the total once everything counts',
  distribution: 'Distribution over the units',
  distributionCaption: 'Attainment of “{name}”; a dot is a unit and opens its activities.',
  behind: 'Who falls short',
  behindMeans: 'most points lost first',
  nobodyBehind: 'Nobody falls short.',
  nobodyCounted: 'It does not count for any unit yet, so nobody can fall short.',
  nobodyOfCounted:
    'The {n} unit for which it counts meets it. | None of the {n} units for which it counts falls short.',
  best: 'How the best do it',
  bestMeans:
    'activities of units among the best at it, in the better half of the ranking (the middle place included) and without a veto',
  noBest: 'No model can be listed for this requirement yet.',
  notCounted: '{n} unit not due or not counted | {n} units not due or not counted',
  showMore: 'Show all {n}',
  showLess: 'Show fewer',
  missing: 'The plan has no requirement “{id}”.',
  tooltip: '{unit}: attainment {share}, {points} points lost',
  tooltipBin: '{bin}: {n} unit | {bin}: {n} units',
  verified: 'verified',
};
