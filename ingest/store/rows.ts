import type { Position } from '#schemas/position.ts';

/**
 * The rows that projection makes and the store keeps, a type a table (`migrations/`).
 *
 * State that changes is kept as versions: an event closes the version before it and opens the next, so that the
 * store can answer as of any recorded time. A row is rewritten identically whenever its event is replayed; a
 * closed version replaces the open one because `closedBy` is the version column of its ReplacingMergeTree.
 * Instants are ms since the epoch; `recordedTo` of an open version is `OPEN_END`.
 */
export const OPEN_END = 9_999_999_999_999;

type Version = {
  fromPos: Position;
  /** The position of the event that closed it; 0 while it is current. */
  closedBy: Position;
  recordedFrom: number;
  recordedTo: number;
};

/** Every record of the stream, in its order: applied, there already, or quarantined. */
export type LedgerRow = {
  position: Position;
  verdict: 'applied' | 'already' | 'quarantined';
  subject: string;
  source: string;
  id: string;
  type: string;
  /** The activity that the event is about, else ''. */
  activity: string;
  recordedAt: number;
  /** The envelope as JSON text with `recordedtime`; base64 of the bytes where they were no JSON. */
  envelope: string;
};

export type QuarantineRow = {
  position: Position;
  subject: string;
  id: string;
  type: string;
  recordedAt: number;
  reason: string;
  content: string;
};

export const STATES = ['reported', 'verified', 'rejected', 'retracted'] as const;
export type ActivityState = (typeof STATES)[number];

export type ActivityVersion = Version & {
  year: number;
  unit: string;
  kind: string;
  activity: string;
  /** Position of the event that gave the present body: "latest" breaks ties by it. */
  bodyPos: Position;
  state: ActivityState;
  waived: boolean;
  appealOpen: boolean;
  recordedBy: 'unit' | 'organisation';
  occurredOn: string;
  title: string;
  quantity: number | null;
  due: number | null;
  done: number | null;
  members: readonly string[];
  form: string;
  score: number | null;
  indicator: string;
  value: number | null;
  ledByHead: boolean;
  evidence: readonly string[];
  note: string;
};

export type UnitVersion = Version & {
  unit: string;
  name: string;
  group: string;
  teamSize: number;
  head: string;
  since: string | null;
  closedOn: string | null;
};

export type TargetVersion = Version & {
  unit: string;
  year: number;
  indicator: string;
  target: number;
  direction: 'atLeast' | 'atMost';
};

export type SelfInspectionVersion = Version & {
  unit: string;
  year: number;
  /** `criteria` of the event, as JSON text. */
  criteria: string;
};

/** Plans, sealed results and commendations are never closed: they are read as of by `recordedAt`. */
export type PlanRow = {
  year: number;
  version: number;
  position: Position;
  recordedAt: number;
  document: string;
};
export type FreezeRow = { year: number; position: Position; recordedAt: number; document: string };
export type AwardRow = FreezeRow & { unit: string };

/** The rows of one projected batch, by table. */
export type Rows = {
  ledger: LedgerRow[];
  quarantine: QuarantineRow[];
  activity_versions: ActivityVersion[];
  unit_versions: UnitVersion[];
  target_versions: TargetVersion[];
  self_inspections: SelfInspectionVersion[];
  plans: PlanRow[];
  freezes: FreezeRow[];
  awards: AwardRow[];
};
