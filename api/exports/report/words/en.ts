import { inQuotes } from '#schemas/presentation/names.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import { enWords } from '#schemas/presentation/vocabulary/en.ts';
import { enSay } from './enSay.ts';
import type { Words } from './zh.ts';

/** A whole number of things. */
const counted = (count: number, one: string): string =>
  `${countText(count)} ${count === 1 ? one : `${one}s`}`;

/** The words of documents in English. */
export const en: Words = {
  ...enWords,
  stop: '. ',
  between: '; ',
  comma: ', ',
  colon: ': ',
  programme: 'Five-type leadership teams',
  filter: {
    year: (year) => String(year),
    basis: { year: 'whole year', 'to-date': 'to date' },
    allGroups: 'all groups',
    on: (day) => `as of ${day}`,
    seenFrom: (day) => `deadlines seen from ${day}, all that is known counted`,
    asOf: (day) => `as known on ${day}`,
    compareDay: (day) => `compared with ${day}`,
    compareKnown: (day) => `compared with what was known on ${day}`,
    compareVersion: enWords.compareVersion,
    comparePlan: 'compared with the ranks under the plan’s weights',
    compareNothing: 'no ranking at the time to compare with',
    compareYear: (year) => `compared with the whole year ${year}`,
  },
  title: {
    table: (year, scope) => `Five-type Leadership Teams${scope && ` (${scope})`}: Tables of ${year}`,
    trial: (year, scope) =>
      `Five-type Leadership Teams${scope && ` (${scope})`}: Trial of Other Weights, ${year}`,
    ranking: (year, scope) =>
      `Circular on the Evaluation of the Five-type Leadership Teams${scope && ` (${scope})`}, ${year}`,
    unit: (year, unit) => `Feedback to ${unit} on its Leadership Team, ${year}`,
    gaps: (year, scope) => `Five-type Leadership Teams${scope && ` (${scope})`}: Gaps of ${year}`,
    meeting: enWords.opening.occasion,
  },
  file: {
    table: (year, scope) => `Five-type leadership teams ${year} – tables${scope}`,
    trial: (year, scope) => `Five-type leadership teams ${year} – trial of other weights${scope}`,
    circular: (year, scope) => `Five-type leadership teams ${year} – circular${scope}`,
    slides: (year, scope) => `Five-type leadership teams ${year} – slides${scope}`,
    unit: (year, unit) => `${unit} – feedback ${year}`,
    unitTable: (year, unit) => `${unit} – details ${year}`,
    gaps: (year, scope) => `Five-type leadership teams ${year} – gaps${scope}`,
    meeting: (year, scope) => `Five-type leadership teams ${year} – exchange meeting${scope}`,
    slidesOf: (document) => `${document} slides`,
    letters: (year) => `Five-type leadership teams ${year} – feedback`,
    chart: (year, chart, scope) => `Five-type leadership teams ${year} – ${chart}${scope}`,
    unitChart: (year, chart, unit) => `${unit} – ${chart} ${year}`,
    scope: (group) => ` (${group})`,
    toDate: (day) => `to date ${day}`,
    asOf: (day) => `as known ${day}`,
  },
  letter: {
    number: (year) => `No.      [${year}]`,
    everybody: 'To the leadership teams of all units:',
    unit: (unit) => `To the leadership team of ${unit}:`,
    signer: enWords.opening.organiser,
    opening: (plan, version, units, basis) =>
      `Under the ${inQuotes(plan)} (version ${version}), the organisation department has evaluated the leadership teams of ${counted(units, 'unit')} (${basis}). The results are as follows.`,
    openingTrial: (plan, version, units, basis) =>
      `This is a trial computation: the types of ${counted(units, 'unit')} are scored under the ${inQuotes(plan)} (version ${version}; ${basis}), and the totals and ranks are then made with the weights named above, which are not those of the plan. They are not results of the evaluation, and nobody is commended or called on by them.`,
    openingUnit: (plan, version, basis) =>
      `Under the ${inQuotes(plan)} (version ${version}), the organisation department has evaluated your leadership team (${basis}). The results are as follows.`,
    openingMeeting: (plan, version, units, basis) =>
      `These are the results of ${counted(units, 'unit')} under the ${inQuotes(plan)} (version ${version}; ${basis}), and what the exchange meeting is about.`,
    openingGaps: (plan, version, units, basis) =>
      `These are the gaps of ${counted(units, 'unit')} under the ${inQuotes(plan)} (version ${version}; ${basis}).`,
    closing: 'This circular is issued for your information and action.',
    closingUnit:
      'Please act on this feedback and report what has been put right to the organisation department.',
    closingOther: '',
    captionOf: (title, note) => `${title} – ${note}`,
    marked: (signs) =>
      `Note: 〓 stands for what the fonts here do not have: ${signs}; the system and the spreadsheets have it.`,
    table: 'Table ',
    figure: 'Figure ',
    notesTo: (slide, title) => `Notes to slide ${slide}: ${title}`,
    page: (page, of) => `Page ${page} of ${of}`,
  },
  cover: {
    title: 'About',
    plan: 'Plan',
    planIs: (title, version) => `${title} (version ${version})`,
    filters: 'Scope',
    basis: 'Basis',
    basisIs: {
      year: 'Whole year: every window of the year counts; the year-end evaluation is on this basis',
      'to-date': 'To date: only what has fallen due counts; nobody is marked down for what is not yet due',
    },
    basisOpen: (basis) =>
      `${basis}; what is due today can still be done and is not missed yet, but counts in attainment and points`,
    on: 'As of',
    asOf: 'As known',
    asOfNow: 'as known now',
    watermark: 'Stream position',
    complete: 'State of the data',
    note: 'Mind',
    completeIs: {
      true: 'complete',
      false: 'not complete yet: records are in quarantine or still being read, and ranks may change',
    },
    madeAt: 'Made at',
    units: 'Units',
    unitsOf: (units, ranked) =>
      `${countText(units)}, of which ${countText(ranked)} ${ranked === 1 ? 'is' : 'are'} ranked`,
    item: 'Item',
    value: 'Value',
    sheets: 'Sheets',
    sealed: (year, number) =>
      `${year} is sealed (no. ${number}), and the sealed result stands; this document is of later than the seal. What is reported or decided after the seal changes nothing in it. `,
    notFinal:
      'The data is not complete yet: ranks in this document may change, and it should not be issued as final.',
  },
  section: {
    overall: { question: 'Who leads?', heading: 'Overall results' },
    groups: { question: 'How do the groups compare?', heading: 'Results by group' },
    criteria: { question: 'Where is each type strong, where weak?', heading: 'The types' },
    misses: { question: 'Which obligations are commonly missed?', heading: 'Main gaps' },
    movers: { question: 'Who has moved up?', heading: 'Changes of rank' },
    incidents: { question: 'What should be a warning?', heading: 'Deductions and vetoes' },
    candidates: { question: 'Who can be commended?', heading: 'Candidates for commendation' },
    awards: { question: 'Who is commended?', heading: 'Commendation' },
    pairs: { question: 'Who can teach whom?', heading: 'Learning in pairs' },
    next: { question: 'What comes next?', heading: 'Next steps' },
    profile: { question: 'How is the unit doing?', heading: 'Overall assessment' },
    strengths: { question: 'What is going well?', heading: 'What is going well' },
    unitGaps: { question: 'What is still missing?', heading: 'Gaps' },
    conditions: { question: 'Can it be commended?', heading: 'Conditions for commendation' },
    due: { question: 'What is left to do this year?', heading: 'What to put right' },
    self: { question: 'Is the self-score borne out?', heading: 'Self-inspection against evidence' },
    byCriterion: { question: 'Where does each unit fall short?', heading: 'Attainment by unit' },
  },
  annex: { heading: 'Annex: the clauses that are named', title: 'Clauses', text: 'Text' },
  say: enSay,
  chart: {
    ranking: 'Totals of the units by type',
    rankingTable: 'Ranking of the units',
    rankingAlt: (n) => `Totals of the first ${counted(n, 'unit')}, divided by the share of each type`,
    dots: 'Totals and rank bands of the first units',
    dotsAlt: (n, from) =>
      `Totals and rank bands of the first ${counted(n, 'unit')}; the axis begins at ${from} points, not at 0`,
    dotEnd: (total, band) => (band ? `${total}\u2003rank ${band}` : total),
    dotRow: 'Row',
    withheld: 'not counted because of a veto',
    points: 'points',
    misses: 'Requirements that the greatest share of units does not meet',
    missesAlt: 'The requirements that the greatest share of units does not meet',
    missedBy: 'Share of units that do not meet it',
    requirementMeans: 'Mean attainment of each requirement',
    groups: 'Mean of each type by group',
    groupsAlt: 'For each group, the mean of each type',
    profile: 'Five types against the group',
    profileAlt: (unit, group) => `${unit}: scores by type against the median and the best of ${group}`,
    own: 'This unit',
    total: 'Total',
    attainment: 'Attainment',
    gapsLost: 'Requirements that cost most',
    vetoEnd: (total, uncapped) => `${total} (${uncapped} without)`,
  },
};
