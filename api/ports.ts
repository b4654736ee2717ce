import type { Readable } from 'node:stream';
import type { Principal } from '#schemas/access.ts';
import type { CourseName } from '#schemas/course.ts';
import type { ActivityBody, Attachment } from '#schemas/events.ts';
import type { SheetKind } from '#schemas/imports/columns.ts';
import type { PlanSheet } from '#schemas/imports/plan/sheets.ts';
import type { ImportLanguage } from '#schemas/imports/words.ts';
import type { Opening } from '#schemas/opening.ts';
import type { Plan } from '#schemas/plan.ts';
import type { Offsets } from '#schemas/position.ts';
import type { Agenda } from '#schemas/results/agenda.ts';
import type { Courses, History } from '#schemas/results/history.ts';
import type {
  FaultyRows,
  ImportCounts,
  ImportEffect,
  ImportReckoned,
  ImportRow,
} from '#schemas/results/imports.ts';
import type {
  DecidedList,
  DecisionOf,
  Effect,
  EffectRequest,
  Inbox,
  InboxKind,
  InboxSummary,
  IncidentList,
} from '#schemas/results/inbox.ts';
import type { Movement, Movements } from '#schemas/results/movement.ts';
import type { Overview } from '#schemas/results/overview.ts';
import type { Peers } from '#schemas/results/peers.ts';
import type { PlanPreview } from '#schemas/results/planPreview.ts';
import type { CriterionPage, RequirementPage } from '#schemas/results/practice.ts';
import type { Preview } from '#schemas/results/preview.ts';
import type { PublicationAnswer } from '#schemas/results/publication.ts';
import type {
  Onboarding,
  RegisterEffect,
  TargetChange,
  TargetTable,
  UnitHistory,
  UnitStep,
} from '#schemas/results/register.ts';
import type { ReportEffects } from '#schemas/results/reportEffects.ts';
import type { ReportHints } from '#schemas/results/reportHints.ts';
import type {
  ActivityFilterState,
  ActivityRow,
  Basis,
  GapMatrix,
  QuarantineRow,
  Ranking,
  Receipt,
  Standing,
  UnitRow,
} from '#schemas/results/results.ts';
import type { SelfInspections } from '#schemas/results/selfInspections.ts';
import type { Trend } from '#schemas/results/trend.ts';
import type { WayUp } from '#schemas/results/wayUp.ts';

/** What the routes ask of the rest of the house, in their own words. `main.ts` fits the parts to it; tests may fit others. */

/** A page of a list: `cursor` is what an earlier page gave as `nextCursor`. */
export type Paged = { limit: number; cursor?: string };
export type Page<T> = { items: T[]; nextCursor: string | null; watermark: Offsets };

/** Which ranking, standing or gaps. Parameters left out take the domain's defaults. */
export type Question = {
  year: number;
  basis: Basis;
  on?: string;
  asOf?: string;
  group?: string;
  /** Of these alone; of gaps. */
  units?: readonly string[];
  /** A recorded time, or a year. */
  compareTo?: string | number;
  weights?: Readonly<Record<string, number>>;
  /** `previousRank` is the rank under the plan's weights at the same time: what a trial departs from. */
  againstPlan?: boolean;
  top?: number;
};

type Plain = string | number | boolean | null;

/** What an answer says of itself, of its lists how long they are: to be looked at without parsing its bytes. */
export type Head<T> = {
  [K in keyof T as T[K] extends Plain | readonly unknown[] ? K : never]: T[K] extends Plain ? T[K] : number;
};

/** An answer as it is kept; `awaits`: something is still being computed that a later one will have. */
export type Kept<T> = { bytes: Uint8Array; etag: string; head: Head<T>; awaits: boolean };

/** The whole answer, or its bytes where they are kept already. */
export type Cacheable<T> = { value: T } | Kept<T>;

/** A unit sees itself in full and of the others what the plan's `others` allows. */
export type Viewer = { unit?: string };

/** What stands behind a number: as known at `asOf`, up to `on` where the number is one to date. */
export type ActivityFilter = {
  year?: number;
  requirement?: string;
  kind?: string;
  state?: ActivityFilterState;
  /** By day, or the latest event first. */
  order?: 'day' | 'latest';
} & Partial<Pick<Question, 'basis' | 'on' | 'asOf'>>;

/** Reads throw a `Problem` where the question cannot be answered (no plan for the year, a criterion that is none). */
export type Reads = {
  ranking(question: Question, viewer: Viewer): Promise<Cacheable<Ranking>>;
  standing(unit: string, question: Question): Promise<Standing>;
  gaps(question: Question): Promise<Cacheable<GapMatrix>>;
  /** All, or those alone that `units` names. */
  units(page: Paged & { units?: readonly string[] }): Promise<Page<UnitRow>>;
  /** The greatest version adopted, as known at a time; now where none is given. */
  plan(
    year: number,
    asOf?: string,
  ): Promise<{
    plan: Plan;
    versions: { version: number; adoptedAt: string }[];
    nextAdopted: boolean;
    watermark: Offsets;
  }>;
  activities(unit: string, filter: ActivityFilter & Paged): Promise<Page<ActivityRow>>;
  /** The files that a unit's activities name, or once named, as their proof. */
  attachments(unit: string): Promise<Attachment[]>;
  events(page: { after?: string; limit: number }): Promise<Page<Record<string, unknown>>>;
  quarantine(page: Paged): Promise<Page<QuarantineRow> & { total: number }>;
  /** How many records are in quarantine. */
  quarantined(): Promise<number>;
};

/** From where a page looks at a year. */
export type Seen = Pick<Question, 'year' | 'basis' | 'on' | 'asOf'>;
export type GroupSeen = Seen & { group?: string; limit: number };
/** Against a recorded time, or another year. */
export type Since = Seen & { from: string | number };
/** An earlier day is seen with what was known then, or with what is known now. */
export type Known = { known: 'now' | 'then' };
export type AgendaQuestion = GroupSeen & { from?: string; to?: string; unit?: string };

/** A report that somebody may send; `activity`: in place of what that one says now, or null to take it back. */
export type Proposal = { year: number; activity?: string | undefined; body: ActivityBody | null };

/** What the pages ask beyond ranking, standing and gaps; problems as with `Reads`. */
/** The day under which a draft of a plan is tried, and the earlier time that it is compared with. */
export type PlanTrial = { basis: Basis; on?: string | undefined; since?: string | undefined };

/** An activity as a row of a sheet brings it. */
export type Brought = { unit: string; year: number; activity: string; body: ActivityBody };

export type PageReads = {
  /** What activities would do to the totals of their units, the largest change first, of how many; nothing is written. */
  importEffects(
    brought: readonly Brought[],
    viewer: Viewer,
  ): Promise<{ effects: ImportEffect[]; units: ImportReckoned['units'] }>;
  publication(year: number): Promise<PublicationAnswer>;
  planPreview(draft: Plan, trial: PlanTrial): Promise<PlanPreview>;
  wayUp(unit: string, question: Seen): Promise<WayUp>;
  peers(unit: string, question: Seen, viewer: Viewer): Promise<Peers>;
  trend(unit: string, question: Seen & Known): Promise<Trend>;
  /** Where units stood at the ends of the months; a unit is told of itself. With `units`, scores and what happened, too. */
  history(question: Seen & { units?: readonly string[] }, viewer: Viewer): Promise<Cacheable<History>>;
  /** How many were on course at the ends of the months, and on request who stands so now. */
  courses(
    question: Seen & { group?: string; criterion?: string; which?: CourseName },
  ): Promise<Cacheable<Courses>>;
  movement(unit: string, question: Since & Known, viewer: Viewer): Promise<Movement>;
  movements(question: Since & { group?: string; top: number }): Promise<Cacheable<Movements>>;
  agenda(question: AgendaQuestion): Promise<Cacheable<Agenda>>;
  /** What is still owed, as an iCalendar document. */
  calendar(question: AgendaQuestion & { language: 'zh' | 'en' }): Promise<string>;
  requirementPage(id: string, question: GroupSeen): Promise<Cacheable<RequirementPage>>;
  criterionPage(id: string, question: GroupSeen): Promise<Cacheable<CriterionPage>>;
  overview(question: Seen & { group?: string; criterion?: string }): Promise<Cacheable<Overview>>;
  /** Which year opens where nobody asks for one. */
  opening(): Promise<Opening>;
  selfInspections(question: Seen): Promise<Cacheable<SelfInspections>>;
  reportHints(unit: string, question: { year: number }): Promise<ReportHints>;
  /** What each event of a report changed in it, and in the points of its unit. */
  reportEffects(unit: string, question: { year: number; activity: string }): Promise<ReportEffects>;
  /** What a report would bring. Throws a `Problem` with the faults where the door would refuse it. */
  preview(unit: string, proposal: Proposal, viewer: Viewer): Promise<Preview>;
};

/** Which of what waits is asked for. */
export type InboxQuestion = {
  kind: InboxKind;
  year: number;
  unit?: string;
  group?: string;
  requirement?: string;
  /** A kind of activity. */
  of?: string;
  /** What came later than this watermark is left alone. */
  until?: Offsets;
  limit: number;
  cursor?: string;
};

/** An activity as far as deciding on it asks. */
export type FoundActivity = {
  unit: string;
  activity: string;
  year: number;
  kind: string;
  state: ActivityRow['state'];
  appealOpen: boolean;
  waived: boolean;
  recordedBy: ActivityRow['recordedBy'];
  version: string;
  /** The accounts that gave it one of its bodies. */
  authors: ReadonlySet<string>;
  /** The event that made it what it is. */
  last:
    | { id: string; type: string; actor: string; reason: string; outcome: string; recordedAt: number }
    | undefined;
};

/** What waits for a decision, as far as the asker may decide; and what a decision would do. */
export type InboxReads = {
  inbox(question: InboxQuestion, who: Principal): Promise<OfActivities>;
  counts(
    question: Omit<InboxQuestion, 'kind' | 'limit' | 'cursor'>,
    who: Principal,
  ): Promise<Pick<OfActivities, 'counts' | 'watermark'>>;
  summary(question: Omit<InboxQuestion, 'limit' | 'cursor'>, who: Principal): Promise<InboxSummary>;
  /** What the asker, or others who decide on the same, decided; `by` is the id of an account. */
  decided(question: Omit<InboxQuestion, 'kind' | 'until'>, who: Principal): Promise<DecidedList>;
  /** Activities by the JSON text of unit and id; what is not there is left out. */
  found(pairs: readonly { unit: string; activity: string }[]): Promise<Map<string, FoundActivity>>;
  effect(request: EffectRequest): Promise<Effect>;
  /** What one decision on all that the filters find would do to everybody's place. Throws a `Problem` where they are too many. */
  decisionEffect(
    question: Omit<InboxQuestion, 'limit' | 'cursor'> & { decision: DecisionOf },
    who: Principal,
  ): Promise<RegisterEffect>;
  incidents(year: number): Promise<
    Pick<IncidentList, 'kinds' | 'incidents' | 'watermark'> & {
      nameOf(units: readonly string[]): Promise<(unit: string) => { name: string }>;
    }
  >;
};
/** The register of units and their targets, and what a change of it would do to the ranking. */
export type RegisterReads = {
  /** `actor` is the id of an account. */
  unitHistory(unit: string): Promise<UnitHistory>;
  unitEffect(year: number, steps: readonly UnitStep[]): Promise<RegisterEffect>;
  targets(year: number, page: Paged): Promise<TargetTable>;
  targetEffect(year: number, targets: readonly TargetChange[]): Promise<RegisterEffect>;
  /** `invited`: units that somebody can report for, or has been asked to. */
  onboarding(year: number, invited: ReadonlySet<string>): Promise<Onboarding>;
};

/** Quarantine and waiting vetoes are counted by whoever keeps them. */
type OfActivities = Omit<Inbox, 'counts'> & { counts: Omit<Inbox['counts'], 'quarantine' | 'vetoes'> };

/**
 * Whose events they are: never what the payload says, always what the token says. `actor`: the account of the person
 * who is signed in, which the events then name.
 */
export type Sender = ({ role: 'unit'; unit: string } | { role: 'organisation' }) & { actor?: string };

/** The way in. All of it throws a `Problem` where the stream takes nothing at the moment. */
export type Intake = {
  /** Judges and appends; resolves once what was appended is durable. Receipts in the order of the events. */
  submit(
    events: readonly unknown[],
    sender: Sender,
    options?: {
      /** Refusals of one kind after which the rest of the events is not checked (default: all are). */
      patience?: number;
    },
  ): Promise<Receipt[]>;
  /** Appends an exported stream (NDJSON) to an empty one, as it is. Throws a `Problem` where it is not empty or a line is wrong. */
  restore(ndjson: Readable): Promise<{ events: number; raised: number }>;
  /** Loads the sample into an empty stream. */
  sample(options: { seed?: number; today?: string }): Promise<{ events: number }>;
};

/** How a spreadsheet is read; problems as with `Intake`, in the person's language. */
export type SheetIntake = {
  run(
    bytes: Uint8Array,
    order: { id: string; kind: SheetKind; sender: Sender },
    options: {
      dryRun: boolean;
      language: ImportLanguage;
      signal: AbortSignal;
      onProgress(rows: number, counts: ImportCounts): Promise<void>;
      onUndo(undo: readonly object[]): Promise<void>;
    },
  ): Promise<{
    counts: ImportCounts;
    rows: ImportRow[];
    /** Activities that rows would bring, as far as they are looked at, and how many there are. */
    brought: Brought[];
    bringing: number;
    /** Heads of columns that were not read. */
    unread: readonly string[];
    faulty: FaultyRows;
    encoding: string | undefined;
  }>;
  /** The sheets of a plan's workbook, with their rows that hold anything. */
  planSheets(bytes: Uint8Array, language: ImportLanguage): Promise<PlanSheet[]>;
  /** `undo` is what `onUndo` was given, all of it, in its order. */
  undo(
    order: { id: string; sender: Sender },
    undo: readonly object[],
  ): Promise<{ retracted: number; restored: number; kept: number }>;
};

export type Projection = {
  /** How far reads reflect the stream. */
  watermark(): Offsets;
  /** Resolves to true once the watermark covers what is wanted, to false at the deadline or the signal. */
  reached(wanted: Offsets, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
  /** Resolves once all that was in the stream at the time of the call is reflected; false if stopped before. */
  caughtUp(): Promise<boolean>;
  /** Calls back whenever the watermark has moved; returns how to stop that. */
  onMove(listener: () => void): () => void;
  /** Drops the store and replays the stream. Resolves when reads are whole again. */
  rebuild(onProgress?: (done: number, of: number) => void): Promise<{ events: number }>;
  /** Why the product cannot serve, a sentence each; empty while all is well. */
  troubles(): string[];
};

export type Log = {
  info(fields: object, message?: string): void;
  warn(fields: object, message?: string): void;
  error(fields: object, message?: string): void;
};
