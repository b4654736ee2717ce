// docs/events.md and docs/scoring.md, as types written by hand: nothing here comes from the product.
import type { Per } from './calendar.ts';

export type Data = Record<string, unknown>;
export type Envelope = {
  specversion: string;
  id: string;
  source: string;
  type: string;
  subject?: string;
  time?: string;
  recordedtime: string;
  data: Data;
};
export type StoredEvent = { position: number; event: Envelope };

export type WhenNone = 'zero' | 'full' | 'exclude';
export type Measure =
  | { type: 'count'; per: Per; atLeast: number; ledByHead?: boolean }
  | { type: 'sum'; per: Per; atLeast: number; perMember?: boolean }
  | { type: 'coverage'; share?: number }
  | { type: 'variety'; forms: string[]; atLeast: number }
  | { type: 'ratio'; whenNone: WhenNone }
  | { type: 'target' }
  | { type: 'milestone'; by: string }
  | { type: 'appraisal'; whenNone: WhenNone };

export type Text = { zh: string; en: string };
export type Basis = 'text' | 'default';
export type Criterion = { id: string; name: Text; weight: number };
export type Requirement = {
  id: string;
  criterion: string;
  name: Text;
  clause: string;
  basis: Basis;
  points: number;
  kind: string;
  measure: Measure;
};
export type Deduction = {
  id: string;
  criterion: string;
  clause: string;
  basis: Basis;
  kind: string;
  points: number;
  max: number;
};
export type Veto = { id: string; clause: string; basis: Basis; kind: string; cap: number };
export type Condition = { id: string; clause: string; basis: Basis; kind: string; by: string };
export type Plan = {
  year: number;
  version: number;
  timezone: string;
  title: Text;
  counts: 'reported' | 'verified';
  criteria: Criterion[];
  requirements: Requirement[];
  deductions: Deduction[];
  vetoes: Veto[];
  conditions: Condition[];
};

export type Unit = {
  unit: string;
  name: string;
  group: string;
  teamSize: number;
  head: string;
  since?: string;
  closedOn?: string;
};
export type Body = {
  kind: string;
  occurredOn: string;
  title: string;
  quantity?: number;
  due?: number;
  done?: number;
  members?: string[];
  form?: string;
  score?: number;
  indicator?: string;
  value?: number;
  ledByHead?: boolean;
  evidence?: string[];
  note?: string;
};
export type Activity = {
  unit: string;
  activity: string;
  year: number;
  recordedBy: string;
  body: Body;
  /** Of the event that gave the present body. */
  bodyPosition: number;
  state: 'reported' | 'verified' | 'rejected' | 'retracted';
  appealOpen: boolean;
  waived: boolean;
};
export type Target = {
  unit: string;
  year: number;
  indicator: string;
  target: number;
  direction: 'atLeast' | 'atMost';
};
export type SelfInspection = {
  unit: string;
  year: number;
  recorded: number;
  criteria: Record<string, { selfScore: number; shortcomings: string; remedies: string }>;
};

export type State = {
  units: Unit[];
  plans: Plan[];
  activities: Activity[];
  targets: Target[];
  /** Every submission, oldest first: the last of a unit and year is the one in force. */
  selfInspections: SelfInspection[];
};
export type Quarantined = { position: number; reason: string };
