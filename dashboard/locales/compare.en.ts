import type { compareZhCN } from './compare.zh-CN.ts';

/** What the page of units side by side says in English. */
export const compareEn: typeof compareZhCN = {
  question: 'Where do these units differ?',
  none: 'Choose two to four units to see their scores by type and the requirements in which they differ most side by side.',
  one: 'Choose one more unit to compare.',
  answer: '{first} leads with {total} points; last is {last} with {lead} less.',
  answerShared: '{first} share the lead with {total} points; {last} behind them by {lead}.',
  answerCapped:
    'A veto caps the total of {names}: without it, {first} would lead with {total} points, and {last} would be {lead} behind. | Vetoes cap the totals of {names}: without them, {first} would lead with {total} points, and {last} would be {lead} behind.',
  answerCappedShared:
    'A veto caps the total of {names}: without it, {first} would share the lead with {total} points, and {last} would be {lead} behind. | Vetoes cap the totals of {names}: without them, {first} would share the lead with {total} points, and {last} would be {lead} behind.',
  answerCappedTied:
    'A veto caps the total of {names}: without it, all would have the same total. | Vetoes cap the totals of {names}: without them, all would have the same total.',
  answerUnranked: '{names} has no total yet. | {names} have no total yet.',
  answerTied: '{names} have the same total, {total} points.',
  answerCriterion: 'They differ most in {criterion}: {best} {high} and {worst} {low}.',
  answerCriteria: 'They differ most in {names}, by {points} points in each.',
  answerRequirement: 'Among the requirements they differ most in {names}, by {points} points.',
  answerRequirements: 'Among the requirements they differ most in {names}, by {points} points in each.',
  add: 'Add a unit',
  full: 'Four units at most',
  remove: 'Remove {unit}',
  suggest: 'Begin with',
  topTwo: 'the first two',
  ends: 'the first and the last',
  groupTop: 'the first three of {group}',
  profile: 'Five types side by side',
  profileCaption: 'Five-type scores of {units}',
  requirements: 'Where they differ most',
  requirementsMeans: 'greatest difference in points lost first',
  allRequirements: 'All requirements',
  showAll: 'Show all {n}',
  showFew: 'Only the greatest differences',
  noDifference: 'They attain all requirements alike.',
  spread: 'Difference (points)',
  criterion: 'Type',
  noTrial:
    'Figures here follow the plan’s own weights; the trial weights in the address count in the ranking alone.',
  nothingThen: 'nothing to compare with in {year}, which has no plan',
  leftOut: '{why} It is left out.',
  notOpen: '“{unit}” is not your unit; the scores of other units are not open to units, so it is left out.',
};
