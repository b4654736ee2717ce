import type { Offsets } from '#schemas/position.ts';
import { createActivityLists } from './answers/activityLists.ts';
import { createCompleteness } from './answers/completeness.ts';
import { createLists } from './answers/lists.ts';
import { createMeeting, type MeetingReads } from './answers/meeting/meeting.ts';
import { createSources, type Sources } from './answers/meeting/sources.ts';
import { createAgendas } from './answers/pages/agendas.ts';
import { createAlike } from './answers/pages/alike.ts';
import { createDecided } from './answers/pages/decided.ts';
import { createDecidedLists } from './answers/pages/decidedLists.ts';
import { createDecisionEffects } from './answers/pages/decisionEffects.ts';
import { createEffects } from './answers/pages/effects.ts';
import { createHistories } from './answers/pages/histories.ts';
import { createImportEffects } from './answers/pages/importEffects.ts';
import { createInboxes } from './answers/pages/inboxes.ts';
import { createInboxRows } from './answers/pages/inboxRows.ts';
import { createIncidentLists } from './answers/pages/incidentLists.ts';
import { createMovements } from './answers/pages/movements.ts';
import { createOpenings } from './answers/pages/openings.ts';
import { createOverviews } from './answers/pages/overviews.ts';
import type { PageParts } from './answers/pages/parts.ts';
import { createPlanPreviews } from './answers/pages/planPreviews.ts';
import { createPractices } from './answers/pages/practices.ts';
import { createPreviews } from './answers/pages/previews.ts';
import { createPublications } from './answers/pages/publications.ts';
import { createReportEffects } from './answers/pages/reportEffects.ts';
import { createReportHints } from './answers/pages/reportHints.ts';
import { createUnitAnswers } from './answers/pages/unitAnswers.ts';
import { createUnitHeads } from './answers/pages/unitHeads.ts';
import { createWaiting } from './answers/pages/waiting.ts';
import { presentIn } from './answers/present.ts';
import { createPublicationShelf } from './answers/publicationShelf.ts';
import { createQuarantineCount } from './answers/quarantineCount.ts';
import { createRankings } from './answers/rankings.ts';
import { createOnboardings } from './answers/register/onboardings.ts';
import { createRegisterEffects } from './answers/register/registerEffects.ts';
import { createRegisters } from './answers/register/registers.ts';
import { createResponseCache, type ResponseCache } from './answers/responseCache.ts';
import { createStandings } from './answers/standings.ts';
import type { LiveDeps } from './live.ts';
import { createLooks, type Looks } from './news/looks.ts';
import type { InboxReads, PageReads, Reads, RegisterReads } from './ports.ts';
import type { Ask } from './queries/ask.ts';
import type { BandMaker } from './ranking-cache/bandPool.ts';
import type { DayFiles } from './ranking-cache/dayFiles.ts';
import { createMonths } from './ranking-cache/months.ts';
import { createDayPreparing } from './ranking-cache/prepareDays.ts';
import type { Progress } from './ranking-cache/progress.ts';
import { createRankingCache, type RankingCache } from './ranking-cache/rankingCache.ts';
import type { TallyFiles } from './ranking-cache/tallyFiles.ts';

export type ReadParts = {
  store: Ask;
  ingest: Progress;
  stream: { end(): Promise<Offsets> };
  now?(): number;
  /** Who computes bands aside. */
  bandsOf: BandMaker['bandsOf'];
  tallyFiles?: TallyFiles | undefined;
  dayFiles?: DayFiles | undefined;
};

export type OpenReads = {
  /** What everyone's place is found from; the answers below ask it. */
  cache: RankingCache;
  /** Keeps aside what took long to find out, for the next start. */
  keep(): Promise<void>;
  /** Answers as bytes, kept while nothing moves. */
  cached: ResponseCache;
  reads: Reads;
  pages: PageReads;
  inbox: InboxReads;
  register: RegisterReads;
  meeting: MeetingReads;
  sources: Sources;
  looks: Looks;
  /** Prepares the next day that is over; false where none is left. */
  prepareDay(): Promise<boolean>;
  liveRanking: LiveDeps['ranking'];
};

/** Fits the questions (`queries/`, `ranking-cache/`) to what the routes ask. */
export function createReads(parts: ReadParts): OpenReads {
  const { store, ingest, stream, bandsOf, tallyFiles, dayFiles, now = Date.now } = parts;
  const cache = createRankingCache({ ask: store, progress: ingest, bandsOf, tallyFiles, now });
  const { offsets } = ingest;
  const quarantined = createQuarantineCount(store, ingest);
  const isComplete = createCompleteness({
    ask: store,
    end: () => stream.end(),
    quarantined,
  });
  const lists = { ask: store, plans: cache.plans, offsets: () => offsets(), quarantined, now };
  let moves = 0;
  ingest.subscribe(() => moves++);
  const cached = createResponseCache(() => moves);
  const months = createMonths(store, ingest, dayFiles);
  const pages: PageParts = {
    ask: store,
    cache,
    months,
    cached,
    isComplete,
    publications: createPublicationShelf(store, ingest),
    offsets: () => offsets(),
    quarantined: () => ingest.quarantined(),
    now,
  };
  const waiting = createWaiting(store, ingest);
  const alike = createAlike(store, ingest);
  const heads = createUnitHeads(store, ingest);
  const rows = createInboxRows(store, ingest, alike);
  const inboxes = createInboxes({ ...pages, waiting, alike, rows, heads });
  return {
    cache,
    cached,
    async keep() {
      await cache.keep();
      await months.keep();
    },
    pages: {
      ...createUnitAnswers(pages),
      ...createHistories(pages),
      ...createMovements(pages),
      ...createAgendas(pages),
      ...createPractices(pages),
      ...createOverviews(pages),
      ...createOpenings(pages),
      ...createPlanPreviews(pages),
      ...createPublications(pages),
      ...createImportEffects(pages),
      ...createPreviews(pages),
      ...createReportEffects(pages),
      ...createReportHints(pages),
    },
    register: {
      ...createRegisters(pages),
      ...createRegisterEffects(pages),
      ...createOnboardings({ ...pages, progress: ingest }),
    },
    inbox: {
      ...inboxes,
      ...createEffects(pages),
      ...createIncidentLists({ ...pages, progress: ingest }),
      ...createDecisionEffects(pages, inboxes),
      ...createDecidedLists({ ...pages, decided: createDecided(store, ingest), heads, progress: ingest }),
    },
    meeting: createMeeting(pages),
    sources: createSources(pages),
    looks: createLooks(pages),
    reads: {
      ...createRankings({ ask: store, cache, cached, isComplete, offsets: () => offsets(), now }),
      ...createStandings({ ask: store, cache, isComplete }),
      ...createLists(lists),
      ...createActivityLists(lists),
    },
    prepareDay: createDayPreparing({
      plans: cache.plans,
      months,
      year: async () => (await presentIn(cache.plans, now())).year,
      now,
    }),
    async liveRanking() {
      const { year } = await presentIn(cache.plans, now());
      const answer = await cache.answer({ year, basis: 'to-date' });
      return answer && { year, on: answer.on, rows: answer.ranked.rows };
    },
  };
}
