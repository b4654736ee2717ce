import { inQuotes } from '#schemas/presentation/names.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import type { zhSay } from './zhSay.ts';

const n = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;

const unpaired = (what: string, most: number, parts: string): string =>
  `At most ${n(most, 'pair')} of each ${what} ${most === 1 ? 'is' : 'are'} listed, the units furthest below their model first. Units that are well below as well and are not listed: ${parts}. `;
const unpairedAt = (topic: string, left: number, level: number): string =>
  `${topic} ${countText(left)}${level ? ` (${level === left && left > 1 ? 'all' : countText(level)} level with the last one listed)` : ''}`;

/** The sentences that findings are written with, in English. */
export const enSay: typeof zhSay = {
  overall: (units, ranked, mean, max, min) =>
    `Of ${n(units, 'unit')} evaluated, ${countText(ranked)} ${ranked === 1 ? 'is' : 'are'} ranked; the mean total is ${mean} points, the highest ${max} and the lowest ${min}. `,
  nothing: 'Nothing has fallen due or been done yet, so there is no ranking. ',
  noWeight: 'All weights tried are zero, so there is no ranking: at least one type must weigh. ',
  noUnits: 'No unit takes part. ',
  noGroup: (group) => `No unit belongs to the group ${inQuotes(group)}. `,
  unranked: (units, count) =>
    `${n(count, 'unit')} with nothing to count yet ${count === 1 ? 'is' : 'are'} not ranked: ${units}. `,
  leader: (unit, total) => `${unit} leads with ${total} points`,
  leaders: (units, total) => `${units} share first place with ${total} points`,
  leaderAlone: (unit, total) => `Only ${unit} is ranked, with ${total} points`,
  leadersAll: (units, total) => `All ${n(units, 'ranked unit')} have ${total} points and share first place`,
  followers: (units, level) =>
    ` followed by ${units}${level ? `; ${countText(level)} more ${level === 1 ? 'has' : 'have'} the total of the last` : ''}`,
  withTotal: (unit, total) => `${unit} (${total})`,
  stable: (units, count, top) =>
    `With each weight varied by up to a quarter, ${n(count, 'unit')} always ${count === 1 ? 'stays' : 'stay'} in the top ${countText(top)}: ${units}. `,
  stableBand: (units, count) =>
    `Rank bands hold nine tenths of the draws and “always” means all of them, so ${units}, though in the top by ${count === 1 ? 'its band' : 'their bands'}, ${count === 1 ? 'does' : 'do'} not always stay there. `,
  noneStable: (top) =>
    `With each weight varied by up to a quarter, no unit always stays in the top ${countText(top)}; the order at the head should be read with care. `,
  overlap: (unit, others) =>
    `${unit} cannot be told apart from ${others}: the difference is smaller than the play in the weights. `,
  overallEqual: (units, ranked) =>
    units === ranked
      ? `${n(units, 'unit')} ${units === 1 ? 'is' : 'are'} evaluated. `
      : `Of ${n(units, 'unit')} evaluated, ${countText(ranked)} ${ranked === 1 ? 'is' : 'are'} ranked. `,
  since: (since) => `${since.charAt(0).toUpperCase()}${since.slice(1)}, `,
  risers: (units, places) => `${units} rose most (up ${countText(places)}). `,
  moversNotCompared: 'No day to compare with was chosen: changes of rank are not shown. ',
  moversNothingThen: 'At the time to compare with there was no ranking: changes of rank are not shown. ',
  moversNone: (since) => `${since.charAt(0).toUpperCase()}${since.slice(1)}, no unit rose. `,
  moversMost: (since, n, units, places) =>
    `${since.charAt(0).toUpperCase()}${since.slice(1)}, ${n === 1 ? '1 unit' : `${countText(n)} units`} rose; ${units} rose most (up ${countText(places)}). `,
  oneGroup: (group) => `All ranked units belong to ${group}: there are no groups to compare. `,
  fallers: (units, places) => `${units} fell most (down ${countText(places)}). `,
  vetoed: (unit, vetoes, total, uncapped) =>
    `${unit} is vetoed (${vetoes}): its total counts as ${total} points (${uncapped} without the veto). `,
  vetoedBelow: (unit, vetoes, total) =>
    `${unit} is vetoed (${vetoes}); its total of ${total} points is not above the cap anyway. `,
  vetoedUnranked: (unit, vetoes) => `${unit} is vetoed (${vetoes}), and not ranked: nothing counts yet. `,
  alsoVetoed: (count) => `${n(count, 'more unit')} ${count === 1 ? 'is' : 'are'} vetoed; see the table. `,
  group: (group, units, mean, best) => `${group}: ${n(units, 'unit')}, mean ${mean} points, best ${best}. `,
  groups: (best, bestMean, lowest, lowestMean) =>
    `By group, the highest mean is ${bestMean} points (${best}), the lowest ${lowestMean} (${lowest}). `,
  criteria: (best, bestMean, lowest, lowestMean) =>
    `By type, the highest mean is ${bestMean} points (${best}), the lowest ${lowestMean} (${lowest}). `,
  criterion: (mean, best, lowest, below) =>
    `Mean ${mean} points; best ${best}, lowest ${lowest}; ${below ? `${n(below, 'unit')} below 60 points` : 'no unit below 60 points'}. `,
  groupsEqual: (mean) => `By group, the means are all ${mean} points. `,
  criteriaEqual: (mean) => `The types that are counted all have a mean of ${mean} points. `,
  criterionEqual: (score, units, below) =>
    units === 1
      ? `Only one unit has a score: ${score} points. `
      : `All ${n(units, 'unit')} with a score have ${score} points${below ? ', below 60' : ''}. `,
  andMore: (names, more) => `${names} and ${countText(more)} more`,
  noCriterion: 'Nothing has fallen due or been done yet, so there is no score. ',
  missesTold: (shown, level) =>
    `Below ${shown === 1 ? 'is the one' : `are the ${countText(shown)}`} that the greatest share of units does not meet${level ? `; ${countText(level)} more ${level === 1 ? 'has' : 'have'} the same share as the last of them` : ''}: `,
  misses: (requirements, short) =>
    `Of ${n(requirements, 'requirement')} counted, ${countText(short)} ${short === 1 ? 'is' : 'are'} not met by every unit. `,
  missesNone: 'All units meet everything that is counted. ',
  missesOpen: 'Nothing has been missed; what is due today can still be done. ',
  stillOpen:
    'What is due today can still be done and is not missed yet, but counts in attainment and points. ',
  miss: (clause, counted, short, share) =>
    ` [${clause}]: of the ${n(counted, 'unit')} for which it counts, ${countText(short)} ${short === 1 ? 'falls' : 'fall'} short; mean attainment ${share}. `,
  incidents: (times, units, kinds) =>
    `${n(times, 'incident')} at ${n(units, 'unit')} ${times === 1 ? 'costs' : 'cost'} points: ${kinds}. `,
  incidentTimes: (kind, times) => `${kind} × ${countText(times)}`,
  incidentsNone: 'There are no deductions and no vetoes. ',
  candidates: (met, open, ranked, quota, candidates) =>
    `Of ${n(ranked, 'ranked unit')}, ${met === 0 ? 'none' : countText(met)} ${met < 2 ? 'meets' : 'meet'} all conditions for commendation${open ? `, and ${countText(open)} without a veto ${open === 1 ? 'has' : 'have'} missed none but ${open === 1 ? 'has' : 'have'} some still to meet` : ''}. From the top, ${n(quota, 'place')} overall and one in each group go to units without a veto or a missed condition; ${n(candidates, 'unit')} ${candidates === 1 ? 'is' : 'are'} proposed to the leading group. `,
  candidatesTied: (beyond) =>
    `Units share the last place overall, so there ${beyond === 1 ? 'is' : 'are'} ${countText(beyond)} more than places. `,
  candidatesTiedZone: 'More units of the zone share the last place overall than there are places. ',
  candidatesNone: 'No unit can be proposed for now. ',
  whyTop: (top) => `within ${n(top, 'place')} overall`,
  whyGroup: 'within the place of its group',
  awards: (awards, units) =>
    awards === units
      ? `The following ${n(units, 'unit')} ${units === 1 ? 'is' : 'are'} commended. `
      : `${n(units, 'unit')} ${units === 1 ? 'is' : 'are'} commended, ${countText(awards)} times in all. `,
  pairs: {
    criterion: (count) =>
      `By type score, and within the same group where possible, ${n(count, 'pair')} ${count === 1 ? 'is' : 'are'} proposed for exchange at the meeting and visits afterwards. `,
    requirement: (count) =>
      `By type score there are no pairs to propose; by attainment of single requirements, and within the same group where possible, ${n(count, 'pair')} ${count === 1 ? 'is' : 'are'} proposed for exchange at the meeting and visits afterwards. `,
  },
  unpaired: {
    criterion: (most, parts) => unpaired('type', most, parts),
    requirement: (most, parts) => unpaired('requirement', most, parts),
  },
  unpairedAt: { criterion: unpairedAt, requirement: unpairedAt },
  pairsLeft: (count) =>
    `In ${n(count, 'more requirement')} units can learn from others, too; ${count === 1 ? 'it is' : 'these are'} not listed. `,
  pairsNone: 'There are no pairs to propose, neither by type score nor by single requirements. ',
  practice: (requirement) => requirement,
  whole: (criterion) => `${criterion} as a whole`,
  next: (first, level) =>
    `Each unit closes its gaps one by one, naming who is responsible and by when. What the largest shares of units do not meet comes first: ${first}${level ? ` (${countText(level)} more ${level === 1 ? 'has' : 'have'} the same share as the last)` : ''}. `,
  nextPlain: 'All units keep up what they have achieved and complete in time what is not yet due. ',
  nextKept: 'All units meet everything that is counted, and keep it up. ',
  nextVeto:
    'Units with vetoes or deductions find out the causes, settle responsibilities and prevent a repetition. ',
  nextPairs: 'Units that are paired to learn go to the other with questions and come back with methods. ',
  cut: (head, tail, of, level) =>
    `The table shows the first ${countText(head)} and the last ${countText(tail)} lines${level ? `; ${countText(level)} more ${level === 1 ? 'shares' : 'share'} the rank of line ${countText(head)}` : ''}; the workbook has all ${countText(of)} units.`,
  losesMost: (units, count, points) =>
    count === 1 ? `${units} loses most: ${points} points.` : `${units} lose most: ${points} points each.`,
  cutTop: (shown, of, level) =>
    `The first ${countText(shown)} of ${countText(of)} ${shown === 1 ? 'is' : 'are'} shown${level ? `, ${countText(level)} more ${level === 1 ? 'is' : 'are'} level with the last of them` : ''}; the workbook has the rest.`,
  firstOf: (shown, of, level) =>
    `The chart shows the first ${countText(shown)} of ${countText(of)} units${level ? `; ${countText(level)} more ${level === 1 ? 'shares' : 'share'} the rank of the last` : ''}.`,
  placeOnly: (total) => `Your unit has ${total} points, and is the only one that is ranked. `,
  placeUnit: (total, rank, of, group, groupRank, groupOf) =>
    `Your unit has ${total} points: place ${countText(rank)} of ${countText(of)}, and place ${countText(groupRank)} of ${countText(groupOf)} in ${group}. `,
  bandUnit: (high, low) =>
    `With each weight varied by up to a quarter, nine draws out of ten place it between ${countText(high)} and ${countText(low)}. `,
  bandUnitSure:
    'With each weight varied by up to a quarter, at least nine draws out of ten leave the place the same. ',
  noPlace: 'Nothing has fallen due or been done yet at your unit, so there is no score and no place. ',
  met: (met, counted) =>
    `Of ${n(counted, 'requirement')} counted, ${met === 0 ? 'none' : countText(met)} ${met < 2 ? 'is' : 'are'} met. `,
  bestType: (best, score, weak, weakScore) =>
    `By type, your highest score is ${score} points (${best}), your lowest ${weakScore} (${weak}). `,
  aboveGroup: (criteria) => `Above the median of your group: ${criteria}. Keep this up. `,
  belowGroup: (criteria) => `Below the median of your group: ${criteria}. These deserve most attention. `,
  fullyMet: (criterion, names) => `${criterion}: ${names}. `,
  noneMet: 'No requirement is fully met yet. ',
  unitStillOpen: (count) =>
    `${countText(count)} of these ${count === 1 ? 'lacks' : 'lack'} only what ends today, and can still be done. `,
  unitGaps: (count, lost, open, told, level) =>
    `${n(count, 'requirement')} ${count === 1 ? 'is' : 'are'} not fully met and ${count === 1 ? 'costs' : 'cost'} ${lost} points in all. ${open}${told < count ? `Most points are lost by these ${countText(told)}` : 'In detail'}${level ? ` (${countText(level)} more ${level === 1 ? 'costs' : 'cost'} as much as the last)` : ''}: `,
  unitGapsNone: 'Everything that is counted is met in full. ',
  gapFree: (clause, share) => ` [${clause}]: attainment ${share}`,
  roundedParts: 'Each loss is rounded; their sum is made of the exact figures, so its last digit may differ.',
  unitGapsFree: (count, open, told) =>
    `${n(count, 'requirement')} ${count === 1 ? 'is' : 'are'} not fully met, at no cost in points. ${open}${told < count ? `${countText(told)} of them` : 'In detail'}: `,
  gap: (clause, share, lost) => ` [${clause}]: attainment ${share}, ${lost} points lost`,
  gapMissed: (windows) => `; lacking ${windows}`,
  gapMissedYear: (actual, required) => `; ${actual} of ${required} done`,
  gapClosed: (rank, now) => `; if met, place ${countText(rank)} (now ${countText(now)})`,
  unitFloored: 'No score goes below 0. ',
  unitClean: 'There are no deductions and no vetoes. ',
  unitIncident: (kind, times, effect) => `${kind} × ${countText(times)}: ${effect}`,
  unitVeto: (vetoes, total, uncapped) =>
    `The unit is vetoed (${vetoes}): its total counts as ${total} points (${uncapped} without the veto) and it cannot be commended this year. `,
  unitVetoUnranked: (vetoes) => `The unit is vetoed (${vetoes}) and cannot be commended this year. `,
  unitVetoBelow: (vetoes, total) =>
    `The unit is vetoed (${vetoes}) and cannot be commended this year; its total of ${total} points is not above the cap anyway. `,
  eligible: 'The unit meets all conditions for commendation. ',
  openConditions: (count) =>
    `No condition for commendation has been missed; ${countText(count)} ${count === 1 ? 'is' : 'are'} still to be met. `,
  notEligible: (why) => `The unit is not eligible for commendation for now: ${why}. `,
  notYetEligible: 'The unit does not meet all conditions for commendation yet. ',
  conditionMissing: (name) => `${inQuotes(name)} was missed`,
  conditionsOpen: (names) => `Still to be met: ${names}. `,
  conditionBy: (name, day) => `${name} (by ${day})`,
  vetoBars: 'vetoed',
  dueLate: (count, year) =>
    `${n(count, 'requirement')} not met can no longer be made up in ${year}; take the lessons into the next year’s plan. `,
  dueNone: 'Nothing is left to complete. ',
  dueAhead: (count) =>
    `${n(count, 'requirement')} met so far ${count === 1 ? 'has' : 'have'} more to be done this year, to be completed in time. `,
  dueSome: (count) =>
    `${n(count, 'requirement')} ${count === 1 ? 'is' : 'are'} still to be completed in time: `,
  dueBy: (day) => `By ${day}: `,
  dueItem: (name, clause) => `${name} [${clause}]`,
  self: (count) =>
    `Your self-inspection has been received. In ${n(count, 'type')} its score is at least 10 points above the evaluation; check it against the facts. `,
  selfFair:
    'Your self-inspection has been received. In no type is its score 10 points or more above the evaluation. ',
};
