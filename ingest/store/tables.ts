import { bool, type Columns, date, decimal, list, nullable, text, whole } from './nativeWriter.ts';
import type {
  ActivityVersion,
  AwardRow,
  FreezeRow,
  LedgerRow,
  PlanRow,
  QuarantineRow,
  Rows,
  SelfInspectionVersion,
  TargetVersion,
  UnitVersion,
} from './rows.ts';

const version = { fromPos: whole, closedBy: whole, recordedFrom: whole, recordedTo: whole };
const number = nullable<number>(decimal, 0);

const ledger: Columns<LedgerRow> = {
  position: whole,
  verdict: text as Columns<LedgerRow>['verdict'],
  subject: text,
  source: text,
  id: text,
  type: text,
  activity: text,
  recordedAt: whole,
  envelope: text,
};

const quarantine: Columns<QuarantineRow> = {
  position: whole,
  subject: text,
  id: text,
  type: text,
  recordedAt: whole,
  reason: text,
  content: text,
};

const activities: Columns<ActivityVersion> = {
  ...version,
  year: whole,
  unit: text,
  kind: text,
  activity: text,
  bodyPos: whole,
  state: text as Columns<ActivityVersion>['state'],
  waived: bool,
  appealOpen: bool,
  recordedBy: text as Columns<ActivityVersion>['recordedBy'],
  occurredOn: date,
  title: text,
  quantity: number,
  due: number,
  done: number,
  members: list(text),
  form: text,
  score: number,
  indicator: text,
  value: number,
  ledByHead: bool,
  evidence: list(text),
  note: text,
};

const units: Columns<UnitVersion> = {
  ...version,
  unit: text,
  name: text,
  group: text,
  teamSize: whole,
  head: text,
  since: nullable<string>(text, ''),
  closedOn: nullable<string>(text, ''),
};

const targets: Columns<TargetVersion> = {
  ...version,
  unit: text,
  year: whole,
  indicator: text,
  target: decimal,
  direction: text as Columns<TargetVersion>['direction'],
};

const selfInspections: Columns<SelfInspectionVersion> = {
  ...version,
  unit: text,
  year: whole,
  criteria: text,
};

const plans: Columns<PlanRow> = {
  year: whole,
  version: whole,
  position: whole,
  recordedAt: whole,
  document: text,
};

const freezes: Columns<FreezeRow> = { year: whole, position: whole, recordedAt: whole, document: text };
const awards: Columns<AwardRow> = { ...freezes, unit: text };

/** Each table's columns, in the order in which a batch is written: the ledger last, since it is the checkpoint. */
export const TABLES: { [T in keyof Rows]: Columns<Rows[T][number]> } = {
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

export const TABLE_NAMES = Object.keys(TABLES) as (keyof Rows)[];
