import { z } from 'zod';
import { ANY, confinedTo, OVERSEERS, type Principal } from '#api/access/principal.ts';
import { rankingQuery, unitPath, viewpoint, whole, yearParameter, yearPath } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import type { AgendaQuestion, GroupSeen, Known, PageReads, Seen, Since } from '#api/ports.ts';
import { day } from '#schemas/dates.ts';
import { itemId, openId, unitId } from '#schemas/ids.ts';
import { type Language, lang, languageFor, shortOf, spokenIn } from '#schemas/languages.ts';
import { opening } from '#schemas/opening.ts';
import { agenda } from '#schemas/results/agenda.ts';
import { movement, movements } from '#schemas/results/movement.ts';
import { overview } from '#schemas/results/overview.ts';
import { peers } from '#schemas/results/peers.ts';
import { criterionPage, requirementPage } from '#schemas/results/practice.ts';
import { selfInspections } from '#schemas/results/selfInspections.ts';
import { known, trend } from '#schemas/results/trend.ts';
import { wayUp } from '#schemas/results/wayUp.ts';
import { historyRoutes } from './histories.ts';
import { keptReply as reply, viewerOf } from './rankings.ts';

type Unit = { unit: string };
type Year = { year: number };
type ById = Year & { id: string };
/** What is asked about a year that stands in the path. */
type Of<Q> = Omit<Q, 'year'>;

const ofUnit = { year: yearParameter, ...viewpoint };
const ofGroup = { ...viewpoint, group: rankingQuery.shape.group, limit: whole(1, 10_000).default(1_000) };
/** A recorded time or a year, as in `compareTo`. */
const from = rankingQuery.shape.compareTo.unwrap();
const idPath = yearPath.extend({ id: itemId });

/** The answers that the pages need beside ranking, standing and gaps. */
export const pageRoutes = (deps: { pages: PageReads }): Route[] => [
  openingRoute(deps),
  ...unitRoutes(deps),
  ...historyRoutes(deps),
  ...movementRoutes(deps),
  ...agendaRoutes(deps),
  ...zoneRoutes(deps),
];

const openingRoute = ({ pages }: { pages: PageReads }): Route =>
  route<unknown, object>({
    method: 'get',
    path: '/opening',
    tag: 'answers',
    roles: ANY,
    summary: 'Which year opens where nobody asks for one',
    description:
      'The current year, by the clock of the server; the one before while the new year has no ranks and the one before is not sealed.',
    query: z.strictObject({}),
    answers: { 200: { description: 'The year, and why', schema: opening } },
    handler: async () => ({ body: await pages.opening() }),
  });

const unitRoutes = ({ pages }: { pages: PageReads }): Route[] => [
  route<Unit, Seen>({
    method: 'get',
    path: '/units/:unit/way-up',
    tag: 'answers',
    roles: ANY,
    ownUnit: true,
    summary: 'The cheapest set of gaps that still can be closed to gain the next place',
    description:
      'While all others stay where they are. Cheapest: first the fewest results that others measure (indicators, appraisals), then the fewest things to do (activities, windows of a sum, members, forms, matters); of equal ways the one that brings most. Totals and ranks are exact.',
    params: unitPath,
    query: z.strictObject(ofUnit),
    answers: { 200: { description: 'The next place, the best one, and those between', schema: wayUp } },
    handler: async ({ params, query }) => ({ body: await pages.wayUp(params.unit, query) }),
  }),
  route<Unit, Seen & Known>({
    method: 'get',
    path: '/units/:unit/trend',
    tag: 'answers',
    roles: ANY,
    ownUnit: true,
    summary: 'Total, criteria and rank at the end of each month',
    description:
      'To date at each month’s end up to `on`, and on that day itself, whatever the basis. `known=then` shows each day with what was recorded by its end, `now` with what is known now.',
    params: unitPath,
    query: z.strictObject({ ...ofUnit, known: known.default('now') }),
    answers: { 200: { description: 'A point a month', schema: trend } },
    handler: async ({ params, query }) => ({ body: await pages.trend(params.unit, query) }),
  }),
  route<Unit, Seen>({
    method: 'get',
    path: '/units/:unit/peers',
    tag: 'answers',
    roles: ANY,
    ownUnit: true,
    summary: 'A unit beside median and best of its group and of the zone, nobody named',
    description:
      'For a unit itself these are null where fewer than five units stand in them, and where the plan’s `others` withholds totals.',
    params: unitPath,
    query: z.strictObject(ofUnit),
    answers: { 200: { description: 'Total and criteria', schema: peers } },
    handler: async ({ params, query, principal }) => ({
      body: await pages.peers(params.unit, query, viewerOf(principal)),
    }),
  }),
];

const movementRoutes = ({ pages }: { pages: PageReads }): Route[] => [
  route<Unit, Since & Known>({
    method: 'get',
    path: '/units/:unit/movement',
    tag: 'answers',
    roles: ANY,
    ownUnit: true,
    summary: 'Why a unit moved: what each requirement, deduction and veto did, and the events behind it',
    description:
      'Against `from`, a recorded time or a year. Effects add up to the difference of the totals without veto, with `vetoEffect` to that of the totals. `known=then` (the default) sees the earlier day with what was known then, `now` with what is known now, to date; `recast` is the latter beside the former. `split` says how many places are the unit’s own doing and how many others’; who passed it is named to those who may see all units. An event is new, late (it happened before, nobody had recorded it) or corrected.',
    params: unitPath,
    query: z.strictObject({ ...ofUnit, from, known: known.default('then') }),
    answers: { 200: { description: 'Effects, greatest first, and events in order', schema: movement } },
    handler: async ({ params, query, principal }) => ({
      body: await pages.movement(params.unit, query, viewerOf(principal)),
    }),
  }),
  route<Year, Of<Since & { group?: string; top: number }>>({
    method: 'get',
    path: '/movements/:year',
    tag: 'answers',
    roles: OVERSEERS,
    summary: 'The units that moved furthest against an earlier time or year, each with its main reason',
    params: yearPath,
    query: z.strictObject({
      ...viewpoint,
      from,
      group: rankingQuery.shape.group,
      top: whole(1, 10_000).default(20),
    }),
    answers: { 200: { description: 'Most places first', schema: movements } },
    handler: async ({ params, query }) => reply(await pages.movements({ ...query, ...params })),
  }),
];

/** A unit has a calendar of its own only. */
function ownCalendar<Q extends { unit?: string }>(query: Q, who: Principal): Q {
  const unit = confinedTo(who);
  if (unit === undefined) return query;
  if (query.unit !== undefined && query.unit !== unit)
    throw new Problem('forbidden', `You are bound to the unit ${unit}.`);
  return { ...query, unit, group: undefined };
}

const calendarQuery = { ...ofGroup, unit: unitId.optional(), limit: whole(0, 10_000).default(100) };

const agendaRoutes = ({ pages }: { pages: PageReads }): Route[] => [
  // Before the other one, which would take `2026.ics` for a year.
  route<Year, Of<AgendaQuestion> & { lang?: Language | undefined }>({
    method: 'get',
    path: '/calendar/:year.ics',
    tag: 'answers',
    roles: ANY,
    summary: 'What is still owed, as an iCalendar file (RFC 5545)',
    description:
      'Of all units or one; a unit has its own. Entries keep their UID, and their SEQUENCE and DTSTAMP rise with what is recorded, so that a file that is saved again replaces what was saved before; what has been done meanwhile is cancelled in it.',
    params: yearPath,
    query: z.strictObject({ ...calendarQuery, lang }),
    answers: { 200: { description: 'A day for each obligation', type: 'text/calendar' } },
    async handler({ params, query, principal, headers }) {
      const { lang: requested, ...asked } = ownCalendar(query, principal);
      const language = languageFor(requested, headers['accept-language']);
      const content = await pages.calendar({ ...asked, ...params, language: shortOf(language) });
      const name = `wuxing-${params.year}${asked.unit === undefined ? '' : `-${asked.unit}`}.ics`;
      return {
        headers: {
          'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
          ...spokenIn(language),
        },
        bytes: { content, type: 'text/calendar; charset=utf-8' },
      };
    },
  }),
  route<Year, Of<AgendaQuestion>>({
    method: 'get',
    path: '/calendar/:year',
    tag: 'answers',
    roles: ANY,
    summary: 'What is due when, and who still owes it',
    description:
      'Requirements window by window, and conditions with the self-inspection; the whole year unless `from` and `to` say otherwise. `limit` is the number of units listed with each; all are counted. A unit has its own.',
    params: yearPath,
    query: z.strictObject({ ...calendarQuery, from: day.optional(), to: day.optional() }),
    answers: { 200: { description: 'By due day', schema: agenda } },
    handler: async ({ params, query, principal }) =>
      reply(await pages.agenda({ ...ownCalendar(query, principal), ...params })),
  }),
];

const zoneRoutes = ({ pages }: { pages: PageReads }): Route[] => [
  route<Year, Of<Seen> & { group?: string; criterion?: string }>({
    method: 'get',
    path: '/overview/:year',
    tag: 'answers',
    roles: OVERSEERS,
    summary: 'The state of the zone in one answer',
    description:
      'To date, whatever the basis. With `criterion`, course, dues and misses are those of that type alone, without conditions and vetoes, which are of no type. On course is a team that has done at least nine tenths of what was due by then (total to date of 90 or more), has met every condition due, and has no veto. With `group`, that group alone; ranks stay those of the whole zone, and so do pending work and freshness.',
    params: yearPath,
    query: z.strictObject({ ...viewpoint, group: rankingQuery.shape.group, criterion: openId.optional() }),
    answers: { 200: { description: 'Course, dues, misses, vetoes, pending work', schema: overview } },
    handler: async ({ params, query }) => reply(await pages.overview({ ...query, ...params })),
  }),
  route<ById, Of<GroupSeen>>({
    method: 'get',
    path: '/requirements/:year/:id',
    tag: 'answers',
    roles: OVERSEERS,
    summary: 'One requirement across all units: how it spreads, who is behind, what the best teams did',
    params: idPath,
    query: z.strictObject(ofGroup),
    answers: { 200: { description: 'Furthest behind first', schema: requirementPage } },
    handler: async ({ params: { year, id }, query }) =>
      reply(await pages.requirementPage(id, { ...query, year })),
  }),
  route<ById, Of<GroupSeen>>({
    method: 'get',
    path: '/criteria/:year/:id',
    tag: 'answers',
    roles: OVERSEERS,
    summary: 'One criterion across all units: scores, and what of it is missed',
    params: idPath,
    query: z.strictObject(ofGroup),
    answers: { 200: { description: 'Highest score first', schema: criterionPage } },
    handler: async ({ params: { year, id }, query }) =>
      reply(await pages.criterionPage(id, { ...query, year })),
  }),
  route<Year, Of<Seen>>({
    method: 'get',
    path: '/self-inspections/:year',
    tag: 'answers',
    roles: OVERSEERS,
    summary: 'Self-inspections against the evidence: where units claim more than their record shows',
    params: yearPath,
    query: z.strictObject(viewpoint),
    answers: { 200: { description: 'The largest overclaim first', schema: selfInspections } },
    handler: async ({ params, query }) => reply(await pages.selfInspections({ ...query, ...params })),
  }),
];
