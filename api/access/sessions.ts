import type { Database, RootDatabase } from 'lmdb';
import { hashOf, newId, newSecret } from './secrets.ts';

/** From where a request comes, as the audit log and the list of sessions tell it. */
export type From = { address: string; agent: string };

/** How long a sign-in lasts at most, and without a request. */
export type Lifetimes = { hours: number; idleMinutes: number };

/** `owner`: the account, or the credential of somebody without one. Who that is and what they may do is looked up anew at each request. */
export type Session = From & {
  id: string;
  owner: string;
  createdAt: number;
  seenAt: number;
  idleMs: number;
  expiresAt: number;
};

export type Sessions = {
  open(owner: string, lifetimes: Lifetimes, from: From): Promise<{ secret: string; session: Session }>;
  /** The living session of a secret. `touch`: the person did something, so that it is not idle. */
  find(secret: string, touch: boolean): Session | undefined;
  list(): Session[];
  end(secret: string): Promise<void>;
  /** Ends one by its id; undefined where there is none. */
  endById(id: string): Promise<Session | undefined>;
  endOf(owner: string, except?: string): Promise<number>;
};

/** Sessions of one person at a time; whoever signs in once more ends the oldest. */
const MOST_SESSIONS = 20;
const TOUCH_MS = 60_000;

export function openSessions(root: RootDatabase, now: () => number): Sessions {
  // Not the table of version 0.1, whose sessions held what somebody might do: they end, and people sign in again.
  const sessions: Database<Session, string> = root.openDB({ name: 'sessions2' });

  const isOver = ({ expiresAt, seenAt, idleMs }: Session): boolean =>
    expiresAt <= now() || seenAt + idleMs <= now();

  const all = () => [...sessions.getRange()];

  /** What is over goes, and of what one person opened the oldest beyond the bound. */
  const makeRoom = (owner: string): void => {
    const found = all();
    for (const { key, value } of found) if (isOver(value)) sessions.remove(key);
    const own = found.filter(({ value }) => value.owner === owner && !isOver(value));
    own.sort((a, b) => a.value.createdAt - b.value.createdAt);
    for (const { key } of own.slice(0, Math.max(0, own.length + 1 - MOST_SESSIONS))) sessions.remove(key);
  };

  /** Seen a moment ago, and on its way to the disk. */
  const touching = new Map<string, number>();

  const seen = (key: string, found: Session): void => {
    const seenAt = now();
    touching.set(key, seenAt);
    // Only where it is there still: a session that was ended meanwhile must not come back.
    const written = root.transaction(() => {
      if (sessions.get(key)) sessions.put(key, { ...found, seenAt });
    });
    void written.finally(() => {
      if (touching.get(key) === seenAt) touching.delete(key);
    });
  };

  const endWhere = async (which: (session: Session) => boolean): Promise<Session[]> => {
    const ended = all().filter(({ value }) => which(value));
    await root.transaction(() => {
      for (const { key } of ended) sessions.remove(key);
    });
    await root.flushed;
    return ended.map(({ value }) => value);
  };

  return {
    async open(owner, { hours, idleMinutes }, from) {
      const secret = newSecret('wxsession');
      const at = now();
      const session: Session = {
        id: newId(),
        owner,
        createdAt: at,
        seenAt: at,
        idleMs: idleMinutes * 60_000,
        expiresAt: at + hours * 3_600_000,
        ...from,
      };
      await root.transaction(() => {
        makeRoom(owner);
        sessions.put(hashOf(secret), session);
      });
      await root.flushed;
      return { secret, session };
    },
    find(secret, touch) {
      const key = hashOf(secret);
      const stored = sessions.get(key);
      const found = stored && { ...stored, seenAt: touching.get(key) ?? stored.seenAt };
      if (!found || isOver(found)) return undefined;
      if (touch && now() - found.seenAt >= TOUCH_MS) seen(key, found);
      return found;
    },
    list: () =>
      all()
        .map(({ value }) => value)
        .filter((session) => !isOver(session))
        .sort((a, b) => b.seenAt - a.seenAt),
    async end(secret) {
      await sessions.remove(hashOf(secret));
      await root.flushed;
    },
    endById: async (id) => (await endWhere((session) => session.id === id))[0],
    endOf: async (owner, except) =>
      (await endWhere((session) => session.owner === owner && session.id !== except)).length,
  };
}
