import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import type { IncidentRequest } from '#schemas/results/inbox.ts';

/** A veto that one person recorded and nobody has confirmed yet. */
export type WaitingIncident = IncidentRequest & {
  recordedBy: { id: string; label: string };
  recordedAt: number;
};

/** What the department did about an event in quarantine: sent it again behind all others, or left it aside. */
export type Handled = {
  how: 'replayed' | 'dismissed';
  reason: string;
  by: { id: string; label: string };
  at: number;
};

/**
 * What the department has under way and no event tells of, in `DATA_DIR/desk`. The stream knows nothing of it: a veto
 * that waits counts nowhere until it is confirmed, and then as an event like any other. Writes resolve once durable.
 */
export type Desk = {
  waiting(): WaitingIncident[];
  /** False where one waits under that id already. */
  wait(incident: WaitingIncident): Promise<boolean>;
  /** Takes it out; undefined where somebody else did. Only one of several who ask gets it. */
  take(unit: string, activity: string): Promise<WaitingIncident | undefined>;
  handled(position: string): Handled | undefined;
  handledCount(): number;
  /** False where it is handled already. */
  handle(position: string, how: Handled): Promise<boolean>;
  close(): Promise<void>;
};

const keyOf = (unit: string, activity: string): string => JSON.stringify([unit, activity]);

export function openDesk(dataDir: string): Desk {
  const path = join(dataDir, 'desk');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const root: RootDatabase = open({ path, maxDbs: 4 });
  const vetoes: Database<WaitingIncident, string> = root.openDB({ name: 'vetoes' });
  const events: Database<Handled, string> = root.openDB({ name: 'quarantine' });
  const write = async <T>(change: () => T): Promise<T> => {
    const result = await root.transaction(change);
    await root.flushed;
    return result as T;
  };
  /** Keys of LMDB are short: an activity's id may be longer than they hold. */
  const find = (unit: string, activity: string): string | undefined => {
    const wanted = keyOf(unit, activity);
    for (const { key, value } of vetoes.getRange())
      if (keyOf(value.unit, value.activity) === wanted) return key;
    return undefined;
  };

  return {
    waiting: () => [...vetoes.getRange()].map(({ value }) => value),
    wait: (incident) =>
      write(() => {
        if (find(incident.unit, incident.activity) !== undefined) return false;
        const [last = '0'] = vetoes.getKeys({ reverse: true, limit: 1 });
        vetoes.put(String(Number(last) + 1).padStart(12, '0'), incident);
        return true;
      }),
    take: (unit, activity) =>
      write(() => {
        const key = find(unit, activity);
        const found = key === undefined ? undefined : vetoes.get(key);
        if (key !== undefined) vetoes.remove(key);
        return found;
      }),
    handled: (position) => events.get(position),
    handledCount: () => events.getCount(),
    handle: (position, how) =>
      write(() => {
        if (events.get(position)) return false;
        events.put(position, how);
        return true;
      }),
    close: () => root.close(),
  };
}
