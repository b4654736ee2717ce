import type { Awarding } from '#api/answers/meeting/awarding.ts';
import type { MeetingReads } from '#api/answers/meeting/meeting.ts';
import type { Notes } from '#api/answers/notes.ts';
import type { Attachments } from '#api/attachments/attachments.ts';
import type { Desk } from '#api/desk/desk.ts';
import type { SecondPerson } from '#api/desk/secondPerson.ts';
import type { InspectionDrafts } from '#api/drafts/inspectionDrafts.ts';
import type { Documents } from '#api/exports/exports.ts';
import type { Jobs } from '#api/exports/jobs/jobs.ts';
import type { Freezes } from '#api/freeze/freezes.ts';
import type { Route } from '#api/http/route.ts';
import type { Imports } from '#api/imports/imports.ts';
import type { Live } from '#api/live.ts';
import type { News } from '#api/news/news.ts';
import type { InboxReads, Intake, Log, PageReads, Projection, Reads, RegisterReads } from '#api/ports.ts';
import type { Views } from '#api/views/views.ts';
import { accessRoutes } from './access/routes.ts';
import type { AccessRouteDeps } from './access/shared.ts';
import { attachmentRoutes } from './attachments.ts';
import { commendationRoutes } from './commendations.ts';
import { eventRoutes } from './events.ts';
import { exportJobRoutes } from './exportJobs.ts';
import { exportRoutes } from './exports.ts';
import { freezeRoutes } from './freezes.ts';
import { importRoutes } from './imports.ts';
import { inboxRoutes } from './inbox.ts';
import { incidentRoutes } from './incidents.ts';
import { inspectionDraftRoutes } from './inspectionDrafts.ts';
import { liveRoutes } from './live.ts';
import { maintenanceRoutes } from './maintenance.ts';
import { meetingRoutes } from './meeting.ts';
import { newsRoutes } from './news.ts';
import { noteRoutes } from './notes.ts';
import { pageRoutes } from './pages.ts';
import { planRoutes } from './plans.ts';
import { previewRoutes } from './previews.ts';
import { publicationRoutes } from './publications.ts';
import { quarantineRoutes } from './quarantine.ts';
import { rankingRoutes } from './rankings.ts';
import { registerRoutes } from './register.ts';
import { reviewRoutes } from './reviews.ts';
import { unitRoutes } from './units.ts';
import { viewRoutes } from './views.ts';

/** What the routes of the table are made of. */
export type RouteDeps = AccessRouteDeps & {
  intake: Intake;
  reads: Reads;
  pages: PageReads;
  projection: Projection;
  freezes: Freezes;
  documents: Documents;
  jobs: Jobs;
  meeting: MeetingReads;
  awarding: Awarding;
  notes: Notes;
  live: Live;
  news: News;
  imports: Imports;
  attachments: Attachments;
  drafts: InspectionDrafts;
  views: Views;
  inbox: InboxReads;
  register: RegisterReads;
  desk: Desk;
  secondPerson: SecondPerson;
  uploadLimitMb: number;
  now: () => number;
  log: Pick<Log, 'warn'>;
};

/** Every route of the product. What is not here does not exist, for nobody. */
export const routeTable = (deps: RouteDeps): Route[] => [
  ...eventRoutes(deps),
  ...planRoutes(deps),
  ...publicationRoutes(deps),
  ...rankingRoutes(deps),
  ...unitRoutes(deps),
  ...previewRoutes(deps),
  ...attachmentRoutes(deps),
  ...inspectionDraftRoutes(deps),
  ...registerRoutes(deps),
  ...reviewRoutes(deps),
  ...inboxRoutes(deps),
  ...incidentRoutes(deps),
  ...noteRoutes(deps),
  ...quarantineRoutes(deps),
  ...pageRoutes(deps),
  ...exportRoutes(deps),
  ...exportJobRoutes(deps),
  ...commendationRoutes(deps),
  ...meetingRoutes(deps),
  ...freezeRoutes(deps),
  ...importRoutes(deps),
  ...maintenanceRoutes(deps),
  ...liveRoutes(deps),
  ...newsRoutes(deps),
  ...viewRoutes(deps),
  ...accessRoutes(deps),
];
