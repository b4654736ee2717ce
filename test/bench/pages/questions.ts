import { YEAR } from '../server.ts';
import { unitName } from '../world.ts';
import { YEAR_BEFORE } from './twoYears.ts';

/**
 * Every GET that the dashboard makes, as one of its pages asks it of a year that is over. `test/unit/benchPages.test.ts`
 * looks for the calls in the dashboard's files and fails where one has no row here.
 */

/** ms that an answer may take: the first one after a start, and the median of the next. */
export type Goal = { first: number; again: number };

export type PageQuestion = {
  name: string;
  path: string;
  goal: Goal;
  /** The functions or components of the dashboard that ask it; none where only other programs do. */
  asks: readonly string[];
  /** Asked by the unit itself; else by the department. */
  asUnit?: true;
};

/** The unit that is looked at. */
export const UNIT_SEEN = unitName(7);

/** What is computed from the whole zone. */
const ZONE: Goal = { first: 500, again: 20 };
const RANKING: Goal = { first: 300, again: 20 };
/** What is about one unit. */
const UNIT: Goal = { first: 50, again: 20 };
/** Lists of the department, a page at a time. */
const LIST: Goal = { first: 100, again: 30 };
/** What the server has in memory. */
const KEPT: Goal = { first: 50, again: 20 };

const unit = UNIT_SEEN;
/** As many as a page draws one by one. */
const SOME_UNITS = Array.from({ length: 60 }, (_, index) => unitName(index)).join();
const seen = 'basis=year';
/** As the dashboard asks for a day: its end where the zone is. */
const EARLIER = `${YEAR}-09-30T15:59:59.999Z`;
const of = (question: string, query: string): string => `/units/${unit}/${question}?${query}`;
const mine = `year=${YEAR}&${seen}`;

/** In the order in which they are asked: the ranking first, as by whoever comes first in the morning. */
export const PAGE_QUESTIONS: readonly PageQuestion[] = [
  { name: 'ranking', path: `/rankings/${YEAR}?${seen}`, goal: RANKING, asks: ['useRanking'] },
  {
    name: 'ranking, as a unit sees it',
    path: `/rankings/${YEAR}?${seen}`,
    goal: RANKING,
    asks: ['useRanking'],
    asUnit: true,
  },
  {
    name: 'ranking, compared with an earlier day',
    path: `/rankings/${YEAR}?${seen}&compareTo=${EARLIER}`,
    goal: ZONE,
    asks: ['useRanking'],
  },
  {
    name: 'ranking, compared with the year before',
    path: `/rankings/${YEAR}?${seen}&compareTo=${YEAR_BEFORE}`,
    goal: ZONE,
    asks: ['useRanking'],
  },
  {
    name: 'ranking, on an earlier day',
    path: `/rankings/${YEAR}?basis=to-date&asOf=${EARLIER}`,
    goal: ZONE,
    asks: ['useRanking'],
  },
  {
    name: 'ranking, under other weights',
    path: `/rankings/${YEAR}?${seen}&weights=learning:30,unity:20`,
    goal: RANKING,
    asks: [],
  },
  { name: 'ranks month by month', path: `/history/${YEAR}?${seen}`, goal: ZONE, asks: ['useHistory'] },
  {
    name: 'a page of units month by month, with scores and what happened',
    path: `/history/${YEAR}?${seen}&units=${SOME_UNITS}`,
    goal: ZONE,
    asks: ['useHistory'],
  },
  { name: 'on course month by month', path: `/courses/${YEAR}?${seen}`, goal: ZONE, asks: ['useCourses'] },
  {
    name: 'overview of one type',
    path: `/overview/${YEAR}?${seen}&criterion=learning`,
    goal: ZONE,
    asks: ['useOverview'],
  },
  { name: 'overview', path: `/overview/${YEAR}?${seen}`, goal: ZONE, asks: ['useOverview'] },
  {
    name: 'movements',
    path: `/movements/${YEAR}?${seen}&from=${EARLIER}&top=10`,
    goal: ZONE,
    asks: ['useMovements'],
  },
  { name: 'calendar', path: `/calendar/${YEAR}?${seen}`, goal: ZONE, asks: ['useAgenda'] },
  {
    name: 'calendar of a unit',
    path: `/calendar/${YEAR}?${seen}&unit=${unit}`,
    goal: ZONE,
    asks: ['useAgenda'],
  },
  {
    name: 'calendar as a file',
    path: `/calendar/${YEAR}.ics?${seen}&lang=zh`,
    goal: ZONE,
    asks: ['ics'],
  },
  { name: 'gaps', path: `/gaps/${YEAR}?${seen}`, goal: RANKING, asks: ['useGaps'] },
  {
    name: 'gaps of the units that are drawn, over the whole year',
    path: `/gaps/${YEAR}?basis=year&units=${SOME_UNITS}`,
    goal: ZONE,
    asks: ['useGaps'],
  },
  {
    name: 'requirement',
    path: `/requirements/${YEAR}/learning.research?${seen}&limit=10000`,
    goal: RANKING,
    asks: ['useRequirement'],
  },
  { name: 'criterion', path: `/criteria/${YEAR}/learning?${seen}&limit=10000`, goal: RANKING, asks: [] },
  {
    name: 'self-inspections',
    path: `/self-inspections/${YEAR}?${seen}`,
    goal: ZONE,
    asks: ['useSelfInspections'],
  },
  {
    name: 'commendations',
    path: `/commendations/${YEAR}?${seen}&quota=10%25&perGroup=1`,
    goal: LIST,
    asks: ['useCommendations'],
  },
  { name: 'teaching', path: `/teaching/${YEAR}?${seen}`, goal: ZONE, asks: ['useTeaching'] },
  { name: 'year on year', path: `/year-on-year/${YEAR}?${seen}`, goal: ZONE, asks: ['useYearOnYear'] },

  {
    name: 'standing of a unit',
    path: of('standing', mine),
    goal: UNIT,
    asks: ['useStanding', 'useStandings', 'useYearStanding', 'standingNow'],
  },
  { name: 'way up of a unit', path: of('way-up', mine), goal: UNIT, asks: ['useWayUp'] },
  {
    name: 'trend of a unit, as known now',
    path: of('trend', `${mine}&known=now`),
    goal: ZONE,
    asks: ['useTrend'],
  },
  {
    name: 'trend of a unit, as known then',
    path: of('trend', `${mine}&known=then`),
    goal: ZONE,
    asks: ['useTrend'],
  },
  { name: 'peers of a unit', path: of('peers', mine), goal: UNIT, asks: ['usePeers'] },
  {
    name: 'movement of a unit, as known then',
    path: of('movement', `${mine}&from=${EARLIER}&known=then`),
    goal: ZONE,
    asks: ['useMovement'],
  },
  {
    name: 'movement of a unit, as known now',
    path: of('movement', `${mine}&from=${EARLIER}&known=now`),
    goal: ZONE,
    asks: ['useMovement'],
  },
  {
    name: 'activities behind a requirement',
    path: of('activities', `${mine}&requirement=learning.research`),
    goal: UNIT,
    asks: ['useActivities'],
  },
  {
    name: 'reports of a unit, the latest first',
    path: of('activities', `year=${YEAR}&order=latest&limit=30`),
    goal: UNIT,
    asks: ['useHistory'],
  },
  {
    name: 'last report of a unit',
    path: of('activities', `year=${YEAR}&order=latest&limit=1`),
    goal: UNIT,
    asks: ['useLastReport'],
  },
  {
    name: 'reports of a kind',
    path: of('activities', `year=${YEAR}&kind=research&order=latest`),
    goal: UNIT,
    asks: ['useReportsOfKind'],
  },
  {
    name: 'hints for a report',
    path: of('report-hints', `year=${YEAR}`),
    goal: UNIT,
    asks: ['useReportHints'],
  },
  { name: 'remarks of a year', path: `/notes/all?year=${YEAR}`, goal: UNIT, asks: ['useAllNotes'] },
  { name: 'remarks on a unit', path: `/notes?unit=${unit}&year=${YEAR}`, goal: UNIT, asks: ['useNotes'] },
  { name: 'files of a unit', path: `/units/${unit}/attachments`, goal: UNIT, asks: ['useStoredFiles'] },
  {
    name: 'draft of a self-inspection',
    path: `/units/${unit}/self-inspections/${YEAR}/draft`,
    goal: UNIT,
    asks: ['useInspectionDraft'],
    asUnit: true,
  },

  ...(['verification', 'appeals', 'late', 'duplicates'] as const).map((kind) => ({
    name: `inbox: ${kind}`,
    path: `/inbox?kind=${kind}&year=${YEAR}`,
    goal: ZONE,
    asks: ['readInbox'],
  })),
  ...(['verification', 'duplicates'] as const).map((kind) => ({
    name: `inbox by unit: ${kind}`,
    path: `/inbox/summary?kind=${kind}&year=${YEAR}`,
    goal: ZONE,
    asks: ['readSummary'],
  })),
  {
    name: 'what was decided',
    path: `/inbox/decided?year=${YEAR}&limit=30`,
    goal: ZONE,
    asks: ['useDecided'],
  },
  { name: 'what the inbox holds', path: `/inbox/counts?year=${YEAR}`, goal: ZONE, asks: ['useInboxCounts'] },
  { name: 'incidents', path: `/incidents?year=${YEAR}`, goal: ZONE, asks: ['useIncidents'] },
  {
    name: 'quarantine',
    path: '/quarantine?limit=200&handled=false',
    goal: LIST,
    asks: ['useQuarantine', 'usePending'],
  },

  { name: 'which year opens', path: '/opening', goal: KEPT, asks: ['whichYearOpens'] },
  { name: 'who is signed in', path: '/session', goal: KEPT, asks: ['readSession', 'atDoor'] },
  { name: 'plan', path: `/plans/${YEAR}`, goal: KEPT, asks: ['usePlan', 'setZone'] },
  { name: 'whether there is a unit', path: '/units?limit=1', goal: KEPT, asks: ['useHasUnits'] },
  { name: 'all units', path: '/units?limit=10000', goal: LIST, asks: ['useUnits'] },
  {
    name: 'names of some units',
    path: `/units?units=${SOME_UNITS}`,
    goal: UNIT,
    asks: ['useUnit', 'useRegistered'],
  },
  { name: 'publication', path: `/publications/${YEAR}`, goal: KEPT, asks: ['usePublication'] },
  { name: 'seals', path: `/freezes/${YEAR}/seals`, goal: KEPT, asks: ['sealOf', 'sealedYears', 'useSeals'] },
  { name: 'sealed year', path: `/freezes/${YEAR_BEFORE}?limit=200`, goal: ZONE, asks: ['sealOf'] },
  { name: 'what would be sealed', path: `/freezes/${YEAR}/preview`, goal: ZONE, asks: ['useSealPreview'] },
  {
    name: 'sealed year as a file',
    path: `/freezes/${YEAR_BEFORE}/file?freeze=1`,
    goal: ZONE,
    asks: ['SealList'],
  },
  {
    name: 'proof of an event',
    path: `/freezes/${YEAR_BEFORE}/proof?event=before-e0`,
    goal: ZONE,
    asks: ['saveEvent'],
  },
  {
    name: 'proof of a later seal',
    path: `/freezes/${YEAR_BEFORE}/proof?freeze=2&consistency=1`,
    goal: ZONE,
    asks: ['saveConsistency'],
  },

  { name: 'views', path: '/views', goal: KEPT, asks: ['useViews'] },
  { name: 'news', path: '/news?limit=50', goal: LIST, asks: ['useNews'] },
  { name: 'news, unread', path: '/news/unread', goal: KEPT, asks: ['useUnread'] },
  { name: 'news, wishes', path: '/news/preferences', goal: KEPT, asks: ['usePreferencesOfNews'] },
  { name: 'news, deliveries', path: '/news/deliveries', goal: LIST, asks: ['useDeliveries'] },
  { name: 'register of a unit', path: `/units/${unit}/history`, goal: UNIT, asks: ['useUnitHistory'] },
  { name: 'register of targets', path: `/targets?year=${YEAR}`, goal: ZONE, asks: ['allTargets'] },
  { name: 'register, first steps', path: `/onboarding?year=${YEAR}`, goal: LIST, asks: ['useOnboarding'] },

  { name: 'orders of documents', path: '/exports/jobs', goal: KEPT, asks: ['useExportJobs'] },
  { name: 'imports', path: '/imports', goal: KEPT, asks: ['ImportHistory'] },
  {
    name: 'template of an import',
    path: `/imports/template?kind=activities&year=${YEAR}&lang=zh-CN`,
    goal: ZONE,
    asks: ['saveTemplate'],
  },
  { name: 'accounts', path: '/accounts', goal: KEPT, asks: ['usePeople'] },
  { name: 'tokens', path: '/tokens', goal: KEPT, asks: ['useCredentials'] },
  { name: 'sessions', path: '/sessions', goal: KEPT, asks: ['useSessions'] },
  { name: 'audit log', path: '/audit?limit=100', goal: LIST, asks: ['useAudit'] },
  { name: 'audit log as a file', path: '/audit.csv', goal: LIST, asks: ['AuditPage'] },

  { name: 'a page of 1,000 events', path: '/events?limit=1000', goal: LIST, asks: [] },
];

/** GETs of the dashboard that have no row, and why. */
export const NOT_ASKED: Readonly<Record<string, string>> = {
  whenVisible: 'waits for what was just sent; measured from POST to ranking by `latency`',
  submitInspection: 'waits for what was just sent; measured from POST to ranking by `latency`',
  send: 'sends a file',
  bring: 'looks after an import that is under way',
  useReportEffects:
    'one report by its id, once somebody wants to know; the world that is measured draws its ids',
  saveFaulty: 'a sheet of the rows that an import of one’s own refused',
  attachmentAddress: 'the bytes of a file as it was sent',
  LettersPanel: 'the bytes of a document that was ordered and is there',
  SignInPage: 'leads to another server',
};
