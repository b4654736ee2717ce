import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hasRoom, roomIn } from '#ingest/process/room.ts';
import { type Access, openAccess } from './access/access.ts';
import type { Purpose } from './access/credentials.ts';
import { hashOf, newSecret } from './access/secrets.ts';
import { removeServerNote, writeServerNote } from './access/serverNote.ts';
import type { createSingleSignOn, SingleSignOn } from './access/singleSignOn.ts';
import type { Awarding } from './answers/meeting/awarding.ts';
import type { MeetingReads } from './answers/meeting/meeting.ts';
import type { Notes } from './answers/notes.ts';
import { createApp } from './app.ts';
import type { Attachments } from './attachments/attachments.ts';
import type { Config } from './config.ts';
import type { Desk } from './desk/desk.ts';
import type { SecondPerson } from './desk/secondPerson.ts';
import type { InspectionDrafts } from './drafts/inspectionDrafts.ts';
import type { Documents } from './exports/exports.ts';
import type { Jobs } from './exports/jobs/jobs.ts';
import type { Freezes } from './freeze/freezes.ts';
import { passwordGuesses } from './http/guesses.ts';
import type { Imports } from './imports/imports.ts';
import { createLive, type LiveDeps } from './live.ts';
import type { Looks } from './news/looks.ts';
import { type News, openNews } from './news/news.ts';
import type { InboxReads, Intake, Log, PageReads, Projection, Reads, RegisterReads } from './ports.ts';
import { signInLink } from './routes/access/shared.ts';
import type { Views } from './views/views.ts';

/** The product without its outside: what `main.ts` opens, and closes. */
export type System = {
  intake: Intake;
  reads: Reads;
  pages: PageReads;
  projection: Projection;
  freezes: Freezes;
  documents: Documents;
  jobs: Jobs;
  imports: Imports;
  attachments: Attachments;
  drafts: InspectionDrafts;
  views: Views;
  inbox: InboxReads;
  register: RegisterReads;
  desk: Desk;
  secondPerson: SecondPerson;
  meeting: MeetingReads;
  awarding: Awarding;
  notes: Notes;
  looks: Looks;
  /** This year's ranking to date, for those who listen. */
  liveRanking: LiveDeps['ranking'];
  close(): Promise<void>;
};

export type ServeOptions = {
  dashboard?: string;
  checkAnswers?: boolean;
  clock?: () => number;
  /** One that listens already, and has answered for somebody else so far. */
  server?: Server | undefined;
};

export type Served = {
  url: string;
  access: Access;
  news: News;
  /** The administrator's token, in the one start that made it. */
  firstToken: string | undefined;
  /** True where nobody could sign in before this start. */
  unmanned: boolean;
  /** Makes a one-time link for the organisation department: to sign in, or to set up its first account. */
  signInUrl(purpose?: Extract<Purpose, 'sign-in' | 'set-up'>): Promise<string>;
  /** Stops listening, ends what runs, and closes the system with it. */
  close(): Promise<void>;
};

const LINK_HOURS = 24;
const UPLOAD_MS = 30 * 60_000;
/**
 * How long a connection waits for its next request: longer than clients and reverse proxies keep theirs (nginx 60 s), so
 * that it is they who end it. With Node's own 5 s, a client that was held up for as long sends into the end of it.
 */
const IDLE_MS = 75_000;

/** Puts the product on the network. */
export async function serve(
  config: Config,
  system: System,
  log: Log,
  { clock = Date.now, server: waiting, ...options }: ServeOptions = {},
): Promise<Served> {
  const access = openAccess(config.dataDir, clock);
  let url = '';
  const publicUrl = (): string => config.publicUrl ?? url;
  const live = createLive({ ...system, ranking: system.liveRanking, log });
  const news = openNews({
    ...system,
    dataDir: config.dataDir,
    access,
    mail: config.mail,
    allowPrivate: config.webhookAllowPrivate,
    publicUrl,
    log,
    now: clock,
  });
  const singleSignOn = config.oidc && (await openSingleSignOn(config.oidc, publicUrl));
  const app = createApp({
    hasRoom: () => hasRoom(roomIn(config.dataDir)),
    ...system,
    ...options,
    access,
    now: clock,
    live,
    news,
    log,
    publicUrl,
    lifetimes: { hours: config.sessionHours, idleMinutes: config.sessionIdleMinutes },
    passwordGuesses: passwordGuesses(),
    ...(singleSignOn && { singleSignOn }),
    secureCookie: config.publicUrl?.startsWith('https:') ?? false,
    uploadLimitMb: config.uploadLimitMb,
    trustProxy: config.trustProxy,
  });
  // A restored stream may be long under way; headers keep Node's own limit.
  const server = waiting ?? createServer();
  server.requestTimeout = UPLOAD_MS;
  server.keepAliveTimeout = IDLE_MS;
  server.removeAllListeners('request').on('request', app);
  try {
    url = await listen(server, config);
  } catch (error) {
    live.close();
    await news.close();
    await access.close();
    throw error;
  }
  const unmanned = config.adminToken === undefined && !access.isManned();
  const firstToken = await admitAdministrators(config, access, url);
  return {
    url,
    access,
    news,
    firstToken,
    unmanned,
    async signInUrl(purpose = 'sign-in') {
      const expiresAt = clock() + LINK_HOURS * 3_600_000;
      const rights = { roles: ['organisation' as const] };
      const request = { kind: 'link', purpose, rights, label: 'administrator', expiresAt } as const;
      return signInLink(publicUrl(), (await access.issue(request)).secret);
    },
    async close() {
      removeServerNote(config.dataDir);
      live.close();
      await stop(server);
      await news.close();
      await system.close();
      await access.close();
    },
  };
}

/** Its client is loaded where there is a provider. */
async function openSingleSignOn(...parts: Parameters<typeof createSingleSignOn>): Promise<SingleSignOn> {
  return (await import('./access/singleSignOn.ts')).createSingleSignOn(...parts);
}

async function listen(server: Server, { host, port }: Config): Promise<string> {
  if (!server.listening) {
    server.listen(port, host);
    await once(server, 'listening');
  }
  const { port: actual } = server.address() as AddressInfo;
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${actual}`;
}

/** ADMIN_TOKEN where it is set, else a token made once; and one for the tool on this machine, which dies with the process. */
async function admitAdministrators(config: Config, access: Access, url: string): Promise<string | undefined> {
  const token = newSecret('wx');
  access.admit(token, { id: 'local', roles: ['organisation'], label: 'wuxing on this machine' });
  writeServerNote(config.dataDir, { url, pid: process.pid, token });
  if (config.adminToken === undefined) return access.firstToken();
  // Named after the token: sessions that came from another one end when it is changed.
  const id = `admin-${hashOf(config.adminToken).slice(0, 8)}`;
  access.admit(config.adminToken, { id, roles: ['organisation'], label: 'ADMIN_TOKEN' });
  return undefined;
}

/** Lets answers that are under way end, but not for long. */
async function stop(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), 3_000);
  await closed;
  clearTimeout(patience);
}
