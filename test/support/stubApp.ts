import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Access, openAccess } from '#api/access/access.ts';
import type { Role } from '#api/access/principal.ts';
import { type AppDeps, createApp } from '#api/app.ts';
import { passwordGuesses } from '#api/http/guesses.ts';
import type { Receipt } from '#schemas/results/results.ts';
import { rightsFor } from '#test/support/rights.ts';

/**
 * The application on a real port with real tokens, its insides answered by the test: for what concerns HTTP and
 * access alone. The whole product is `startProduct` in server.ts.
 */
export type StubApp = {
  url: string;
  access: Access;
  now: { at: number };
  /** The reviewer is bound to the criterion `integrity`. */
  tokens: Record<Role | 'otherUnit', string>;
  /** Events that reached the door. */
  submitted: unknown[];
  errors: object[];
  stop(): Promise<void>;
};

const page = { items: [], nextCursor: null, watermark: [0] };

const appended = (events: readonly unknown[]): Receipt[] =>
  events.map((event, index) => ({
    id: String((event as { id?: unknown }).id),
    status: 'appended',
    position: `0-${index}`,
  }));

const missing = (): never => {
  throw new Error('no such stub');
};

const unanswered = async (): Promise<never> => {
  throw new Error('secret of the inside: no such stub');
};

export async function startStubApp(overrides: Partial<AppDeps> = {}, port = 0): Promise<StubApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wuxing-stub-'));
  const now = { at: Date.parse('2026-11-22T00:00:00Z') };
  const access = openAccess(dataDir, () => now.at);
  const submitted: unknown[] = [];
  const errors: object[] = [];
  const deps: AppDeps = {
    access,
    now: () => now.at,
    lifetimes: { hours: 12, idleMinutes: 12 * 60 },
    passwordGuesses: passwordGuesses(() => now.at),
    secureCookie: false,
    publicUrl: () => 'http://127.0.0.1',
    intake: {
      submit: async (events, { actor }) => {
        // As the door does: the event names the account of whoever is signed in.
        submitted.push(
          ...(actor === undefined ? events : events.map((event) => ({ ...(event as object), actor }))),
        );
        return appended(events);
      },
      restore: async (body) => {
        let lines = 0;
        for await (const chunk of body) lines += String(chunk).split('\n').length - 1;
        return { events: lines, raised: 0 };
      },
      sample: async () => ({ events: 1 }),
    },
    freezes: {
      list: unanswered,
      seal: unanswered,
      preview: unanswered,
      read: unanswered,
      page: unanswered,
      file: unanswered,
      inclusion: unanswered,
      consistency: unanswered,
    },
    reads: {
      ranking: unanswered,
      standing: unanswered,
      gaps: unanswered,
      plan: unanswered,
      units: async () => page,
      activities: async () => page,
      attachments: async () => [],
      events: async () => page,
      quarantine: async () => ({ ...page, total: 0 }),
      quarantined: async () => 0,
    },
    documents: { make: unanswered },
    jobs: {
      start: unanswered,
      list: () => [],
      find: missing,
      file: missing,
      cancel: unanswered,
      whileThere: () => {},
      close: async () => {},
    },
    drafts: { read: async () => null, write: unanswered, drop: async () => {} },
    views: { list: unanswered, add: unanswered, change: unanswered, arrange: unanswered, drop: unanswered },
    attachments: {
      take: unanswered,
      find: async () => undefined,
      open: async () => undefined,
      preview: async () => undefined,
      list: async () => ({ files: [], limits: { file: 1, unit: 1 }, used: 0 }),
      keep: async () => {},
      prune: async () => 0,
    },
    imports: {
      receive: unanswered,
      start: unanswered,
      list: async () => [],
      find: unanswered,
      faulty: unanswered,
      undo: unanswered,
      close: async () => {},
    },
    meeting: {
      commendations: unanswered,
      awards: unanswered,
      bar: unanswered,
      teaching: unanswered,
      yearOnYear: unanswered,
    },
    inbox: {
      inbox: unanswered,
      counts: unanswered,
      summary: unanswered,
      decided: unanswered,
      found: async () => new Map(),
      effect: unanswered,
      decisionEffect: unanswered,
      incidents: unanswered,
    },
    register: {
      unitHistory: unanswered,
      unitEffect: unanswered,
      targets: unanswered,
      targetEffect: unanswered,
      onboarding: unanswered,
    },
    desk: {
      waiting: () => [],
      wait: unanswered,
      take: async () => undefined,
      handled: () => undefined,
      handledCount: () => 0,
      handle: unanswered,
      close: async () => {},
    },
    news: {
      list: async () => ({ items: [], unread: 0, nextCursor: null }),
      unread: async () => 0,
      markRead: async () => {},
      preferences: missing,
      choose: unanswered,
      setMail: unanswered,
      setWebhook: unanswered,
      drop: unanswered,
      confirm: async () => undefined,
      stop: async () => undefined,
      deliveries: missing,
      again: unanswered,
      setSettings: unanswered,
      round: async () => null,
      close: async () => {},
    },
    secondPerson: { asked: false, misfits: () => [], confirming: unanswered },
    awarding: { decide: unanswered },
    notes: { write: unanswered, list: unanswered, all: unanswered },
    pages: {
      planPreview: unanswered,
      importEffects: unanswered,
      publication: unanswered,
      wayUp: unanswered,
      peers: unanswered,
      trend: unanswered,
      history: unanswered,
      courses: unanswered,
      movement: unanswered,
      movements: unanswered,
      agenda: unanswered,
      calendar: unanswered,
      requirementPage: unanswered,
      criterionPage: unanswered,
      overview: unanswered,
      opening: unanswered,
      selfInspections: unanswered,
      preview: unanswered,
      reportEffects: unanswered,
      reportHints: unanswered,
    },
    projection: {
      watermark: () => [7],
      reached: async (wanted) => (wanted[0] ?? 0) <= 7,
      caughtUp: async () => true,
      onMove: () => () => {},
      rebuild: async () => ({ events: 0 }),
      troubles: () => [],
    },
    live: {
      async *follow() {
        yield { event: 'watermark', data: { watermark: '7' } };
      },
      close() {},
    },
    log: { info() {}, warn() {}, error: (fields) => void errors.push(fields) },
    uploadLimitMb: 1,
    trustProxy: 0,
    checkAnswers: true,
    ...overrides,
  };
  const server = createServer(createApp(deps));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issue = async (role: Role, unit?: string) =>
    (
      await access.issue({
        kind: 'bearer',
        rights: rightsFor(role, unit),
        label: `test ${role}`,
        expiresAt: null,
      })
    ).secret;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    access,
    now,
    submitted,
    errors,
    tokens: {
      unit: await issue('unit', 'farm-1'),
      otherUnit: await issue('unit', 'farm-2'),
      reviewer: await issue('reviewer'),
      leader: await issue('leader'),
      organisation: await issue('organisation'),
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await access.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
