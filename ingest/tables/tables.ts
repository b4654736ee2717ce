import {
  bool,
  date,
  decimal,
  decimalOrNone,
  oneOf,
  type RowOf,
  text,
  textOrNone,
  texts,
  whole,
} from './columns.ts';

/**
 * The tables of the store, each described once: the type of its rows, what is written and read, and how the state
 * keeps them follow from here (`columns.ts`, `state/rowCodec.ts`). The SQL that makes the tables is written by hand
 * (`migrations/`), and a test holds it against this.
 *
 * State that changes is kept as versions: an event closes the version before it and opens the next, so that the
 * store can answer as of any recorded time. A row is rewritten identically whenever its event is replayed; a
 * closed version replaces the open one because `closedBy` is the version column of its ReplacingMergeTree.
 * Instants are ms since the epoch; `recordedTo` of an open version is `OPEN_END`.
 */
export const OPEN_END = 9_999_999_999_999;

const version = {
  fromPos: whole,
  /** The position of the event that closed it; 0 while it is current. */
  closedBy: whole,
  recordedFrom: whole,
  recordedTo: whole,
};

/** Every record of the stream, in its order: applied, there already, or quarantined. */
const ledger = {
  position: whole,
  verdict: oneOf(['applied', 'already', 'quarantined']),
  subject: text,
  source: text,
  id: text,
  type: text,
  /** The activity that the event is about, else ''. */
  activity: text,
  recordedAt: whole,
  /** The envelope as JSON text with `recordedtime`; base64 of the bytes where they were no JSON. */
  envelope: text,
};

const quarantine = {
  position: whole,
  subject: text,
  id: text,
  type: text,
  recordedAt: whole,
  reason: text,
  content: text,
};

export const STATES = ['reported', 'verified', 'rejected', 'retracted'] as const;
export type ActivityState = (typeof STATES)[number];

const activities = {
  ...version,
  year: whole,
  unit: text,
  kind: text,
  activity: text,
  /** Position of the event that gave the present body: "latest" breaks ties by it. */
  bodyPos: whole,
  state: oneOf(STATES),
  waived: bool,
  appealOpen: bool,
  recordedBy: oneOf(['unit', 'organisation']),
  occurredOn: date,
  title: text,
  quantity: decimalOrNone,
  due: decimalOrNone,
  done: decimalOrNone,
  members: texts,
  form: text,
  score: decimalOrNone,
  indicator: text,
  value: decimalOrNone,
  ledByHead: bool,
  evidence: texts,
  /** Those of the event as JSON text; '' where it has none. */
  attachments: text,
  note: text,
};

const units = {
  ...version,
  unit: text,
  name: text,
  group: text,
  teamSize: whole,
  head: text,
  since: textOrNone,
  closedOn: textOrNone,
};

const targets = {
  ...version,
  unit: text,
  year: whole,
  indicator: text,
  target: decimal,
  direction: oneOf(['atLeast', 'atMost']),
};

const selfInspections = {
  ...version,
  unit: text,
  year: whole,
  /** `criteria` of the event, as JSON text. */
  criteria: text,
};

/** Plans, sealed results and commendations are never closed: they are read as of by `recordedAt`. */
const plans = { year: whole, version: whole, position: whole, recordedAt: whole, document: text };
const freezes = { year: whole, position: whole, recordedAt: whole, document: text };
const awards = { ...freezes, unit: text };

/** Each table, in the order in which a batch is written: the ledger last, since it is the checkpoint. */
export const TABLES = {
  quarantine,
  plans,
  freezes,
  awards,
  unit_versions: units,
  target_versions: targets,
  self_inspections: selfInspections,
  activity_versions: activities,
  ledger,
};

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as TableName[];

/** The rows of one projected batch, by table. */
export type Rows = { [T in TableName]: RowOf<(typeof TABLES)[T]>[] };

export const noRows = (): Rows =>
  Object.fromEntries(TABLE_NAMES.map((table) => [table, []])) as unknown as Rows;

/** Tables of versions, by what the state calls the open version of each row that it keeps. */
export const VERSIONED = {
  units: 'unit_versions',
  activities: 'activity_versions',
  targets: 'target_versions',
  selfInspections: 'self_inspections',
} as const satisfies Readonly<Record<string, TableName>>;

export type Versioned = keyof typeof VERSIONED;
export const VERSIONED_NAMES = Object.keys(VERSIONED) as Versioned[];
export type VersionOf<T extends Versioned> = Rows[(typeof VERSIONED)[T]][number];

export type LedgerRow = Rows['ledger'][number];
export type QuarantineRow = Rows['quarantine'][number];
export type ActivityVersion = Rows['activity_versions'][number];
export type UnitVersion = Rows['unit_versions'][number];
export type TargetVersion = Rows['target_versions'][number];
export type SelfInspectionVersion = Rows['self_inspections'][number];
export type PlanRow = Rows['plans'][number];
export type FreezeRow = Rows['freezes'][number];
export type AwardRow = Rows['awards'][number];
