import { ZONE } from '#schemas/events.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Offsets } from '#schemas/position.ts';
import { identityKey } from '../admission/admit.ts';
import { TABLES, VERSIONED_NAMES, type Versioned, type VersionOf } from '../tables/tables.ts';
import { type Identity, identityCodec } from './identityCodec.ts';
import { createPackedChanges, type PackedChanges } from './packed/packedChanges.ts';
import { openVersionCodec } from './rowCodec.ts';

/**
 * What a decision on the next event asks of all events before it. The projection keeps it beside the store, at the
 * store's checkpoint; the door reads it, with its own pending events laid over.
 */

/** The tables of the state: each row by its key (`keys` below), always the open version. */
export type StateTables = {
  /** By subject: the recorded time (ms) of its last event. */
  clocks: number;
  identities: Identity;
  /** By year: the greatest version adopted. */
  plans: Plan;
} & { [T in Versioned]: VersionOf<T> };
export type StateTable = keyof StateTables;
export const STATE_TABLES: readonly StateTable[] = ['clocks', 'identities', 'plans', ...VERSIONED_NAMES];

/** Reads at once: what a decision needs has been loaded before. The rows are never to be changed. */
export type StateView = {
  get<T extends StateTable>(table: T, key: string): StateTables[T] | undefined;
};

export type StateChanges = {
  [T in Exclude<StateTable, 'identities' | 'activities'>]: Map<string, StateTables[T]>;
} & { identities: PackedChanges<Identity>; activities: PackedChanges<VersionOf<'activities'>> };

/** A row that takes its key's place. */
export type Write = { [T in StateTable]: { table: T; key: string; value: StateTables[T] } }[StateTable];

/** The keys under which an event's decision will look. */
export type Wanted = { table: StateTable; key: string };

/**
 * Where a door looks state up: the projection's own database in this process, else the store. The view reflects
 * at least what had been projected when `load` was called, and answers for the wanted keys.
 */
export type StateReader = { load(wanted: () => readonly Wanted[]): Promise<StateView> };

/** How far the projection has come: what state and store agree on. */
export type Checkpoint = {
  /** Where to read on. */
  offsets: Offsets;
  /** Behind the last record of each partition that the store has been given. */
  written: Offsets;
  /** Events in quarantine, all in all. */
  quarantined: number;
};

/** What a write batch leaves behind: the changed rows of the state and the checkpoint that they belong to. */
export type StateCommit = Checkpoint & { changes: StateChanges };

/** The state database of a projection. */
export type StateStore = StateReader & {
  /** Reads what is committed, whenever it is asked. */
  readonly view: StateView;
  /** The last checkpoint; undefined while there is none. */
  last(): Checkpoint | undefined;
  /** All of it or, after a crash, nothing. */
  commit(commit: StateCommit): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
};

export const activityCodec = openVersionCodec(TABLES.activity_versions);

export const noChanges = (): StateChanges => ({
  ...emptyTables(),
  identities: createPackedChanges(identityCodec),
  activities: createPackedChanges(activityCodec),
});

export const keys = {
  identity: identityKey,
  plan: (year: number): string => String(year),
  activity: (unit: string, activity: string): string => `${unit}/${activity}`,
  target: (unit: string, year: number, indicator: string): string => `${unit}/${year}/${indicator}`,
  selfInspection: (unit: string, year: number): string => `${unit}/${year}`,
};

/** Whom a row is about, by its key; plans concern the zone. */
export const subjectOfKey = ({ table, key }: Wanted): string => {
  const slash = key.indexOf('/');
  return table === 'plans' ? ZONE : slash < 0 ? key : key.slice(0, slash);
};

/** Every table as a plain map. */
export const emptyTables = (): { [T in StateTable]: Map<string, StateTables[T]> } =>
  Object.fromEntries(STATE_TABLES.map((table) => [table, new Map()])) as unknown as ReturnType<
    typeof emptyTables
  >;
