import { hash } from 'node:crypto';
import { canonicalJson } from '#schemas/canonical.ts';
import { kindsOf } from '#schemas/fit.ts';
import type { SheetKind } from '#schemas/imports/columns.ts';
import type { RowRecord } from '#schemas/imports/rows.ts';
import type { RowFaultCode } from '#schemas/imports/words.ts';
import type { Plan } from '#schemas/plan.ts';
import { speaksFor } from '#schemas/senders.ts';
import { keys, type StateView, type Wanted } from '../../state/state.ts';
import type { ActivityVersion, TargetVersion, UnitVersion } from '../../tables/tables.ts';
import { type Sender, sourceOf } from '../sender.ts';

/** Pure: what a row of a spreadsheet asks for, given what stands. */

/** Who imports what, and under which id. */
export type ImportContext = { kind: SheetKind; sender: Exclude<Sender, { role: 'server' }>; id: string };

/**
 * How an import is undone: what it recorded is retracted, what it changed is changed back to `data`. It is written down
 * before the row is let in, so `made` says what the row would make: what stands otherwise was refused, or changed later.
 */
export type Undo =
  | { do: 'retract'; unit: string; activity: string }
  | { do: 'restore'; type: RestoredType; made: RestoredData; data: RestoredData };

type RestoredType = 'unit.changed' | 'target.assigned' | 'activity.amended';
type RestoredData = { unit: string; activity?: string; year?: number; indicator?: string };

export type Planned =
  | { status: 'already'; id: string }
  | { status: 'new' | 'changed'; id: string; event: object; undo?: Undo }
  | { status: 'refused'; id: string; field: string; code: RowFaultCode; shown: string };

const text = (record: RowRecord, field: string): string => String(record.get(field) ?? '');

/** The year of an activity: as it is given, else that of its day. */
const yearOf = (record: RowRecord): number =>
  typeof record.get('year') === 'number'
    ? (record.get('year') as number)
    : Number(text(record, 'occurredOn').slice(0, 4));

const unitIn = ({ sender }: ImportContext, record: RowRecord): string =>
  text(record, 'unit') || (sender.role === 'unit' ? sender.unit : '');

const DERIVED = 'sheet-';
/** Ids that a row may take: what was retracted keeps its id for good, so that an import after an undo takes the next. */
const MOST_GENERATIONS = 5;

/** The id of an activity whose row gives none: made of its content, so that the same row is the same activity. */
function derivedIds(context: ImportContext, record: RowRecord): string[] {
  const { activity: _, ...content } = Object.fromEntries(record);
  const named = { ...content, unit: unitIn(context, record), year: yearOf(record) };
  const id = `${DERIVED}${hash('sha256', canonicalJson(named), 'hex').slice(0, 24)}`;
  return Array.from({ length: MOST_GENERATIONS }, (__, index) => (index === 0 ? id : `${id}-${index + 1}`));
}

const idsOf = (context: ImportContext, record: RowRecord): string[] =>
  record.has('activity') ? [text(record, 'activity')] : derivedIds(context, record);

/** What an activity is called by whom reads its row, where that gives no id; undefined where it does, and of other kinds. */
export const calledIn = ({ kind }: ImportContext, record: RowRecord): string | undefined =>
  (kind === 'activities' || kind === 'incidents') && !record.has('activity')
    ? text(record, 'title') || text(record, 'kind') || undefined
    : undefined;

/** Every key under which planning a row looks. */
export function wantedByRow(context: ImportContext, record: RowRecord): Wanted[] {
  const unit = unitIn(context, record);
  const wanted: Wanted[] = [{ table: 'units', key: unit }];
  if (context.kind === 'units') return wanted;
  const year = yearOf(record);
  wanted.push({ table: 'plans', key: keys.plan(year) });
  if (context.kind === 'targets')
    wanted.push({ table: 'targets', key: keys.target(unit, year, text(record, 'indicator')) });
  else
    for (const id of idsOf(context, record))
      wanted.push({ table: 'activities', key: keys.activity(unit, id) });
  return wanted;
}

const envelope = (context: ImportContext, type: string, id: string, data: object): object => ({
  specversion: '1.0',
  id,
  source: sourceOf(context.sender),
  type,
  importid: context.id,
  data,
});

/** What is new has an id made of its content: the same file twice is the same events. */
const contentId = (type: string, data: object): string =>
  `${DERIVED}${hash('sha256', canonicalJson({ type, data }), 'hex').slice(0, 40)}`;

/** A change follows what stands at the moment, and may come back later: its id is the import's and the row's. */
const changeId = ({ id }: ImportContext, row: number): string => `${DERIVED}${id}-${row}`;

const same = (left: object, right: object): boolean => canonicalJson(left) === canonicalJson(right);

/** Without what is undefined, null, false, or empty: a body says nothing by those. */
const told = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        value !== '' &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );

const UNIT_FIELDS = ['name', 'group', 'teamSize', 'head', 'since'] as const;

function planUnit(context: ImportContext, row: number, record: RowRecord, view: StateView): Planned {
  const unit = unitIn(context, record);
  const data = { unit, ...Object.fromEntries(record) };
  const standing: UnitVersion | undefined = view.get('units', unit);
  if (!standing)
    return {
      status: 'new',
      id: unit,
      event: envelope(context, 'unit.registered', contentId('unit.registered', data), data),
    };
  const before = Object.fromEntries(
    UNIT_FIELDS.filter((field) => record.has(field)).map((field) => [field, standing[field]]),
  );
  const after = Object.fromEntries(
    UNIT_FIELDS.filter((field) => record.has(field)).map((field) => [field, record.get(field)]),
  );
  if (same(before, after)) return { status: 'already', id: unit };
  const event = envelope(context, 'unit.changed', changeId(context, row), { unit, ...after });
  return {
    status: 'changed',
    id: unit,
    event,
    undo: {
      do: 'restore',
      type: 'unit.changed',
      made: { unit, ...after },
      data: { unit, ...told(before) },
    },
  };
}

function planTarget(context: ImportContext, row: number, record: RowRecord, view: StateView): Planned {
  const [unit, indicator] = [unitIn(context, record), text(record, 'indicator')];
  const data = { unit, ...Object.fromEntries(record) };
  const id = `${unit} ${indicator}`;
  const standing: TargetVersion | undefined = view.get(
    'targets',
    keys.target(unit, yearOf(record), indicator),
  );
  if (!standing)
    return {
      status: 'new',
      id,
      event: envelope(context, 'target.assigned', contentId('target.assigned', data), data),
    };
  const before = {
    unit,
    year: standing.year,
    indicator,
    target: standing.target,
    direction: standing.direction,
  };
  if (same(before, data)) return { status: 'already', id };
  const event = envelope(context, 'target.assigned', changeId(context, row), data);
  return {
    status: 'changed',
    id,
    event,
    undo: { do: 'restore', type: 'target.assigned', made: data, data: before },
  };
}

/** A kind by its id, or by the name of what the plan asks of it. */
function kindIn(plan: Plan | undefined, said: string): string | undefined {
  if (!plan || kindsOf(plan).includes(said)) return said;
  const items = [...plan.requirements, ...plan.deductions, ...plan.vetoes, ...plan.conditions];
  return items.find(
    ({ name, id }) => id === said || name?.zh === said || name?.en?.toLowerCase() === said.toLowerCase(),
  )?.kind;
}

const isIncident = (plan: Plan, kind: string): boolean =>
  [...plan.deductions, ...plan.vetoes].some((item) => item.kind === kind);

const BODY_FIELDS = [
  'kind',
  'occurredOn',
  'title',
  'quantity',
  'due',
  'done',
  'members',
  'form',
  'score',
  'indicator',
  'value',
  'ledByHead',
  'evidence',
  'attachments',
  'note',
] as const;

/** The body as an event would give it. */
const bodyIn = (standing: ActivityVersion): Record<string, unknown> =>
  told({
    ...Object.fromEntries(BODY_FIELDS.map((field) => [field, (standing as Record<string, unknown>)[field]])),
    attachments: standing.attachments === '' ? [] : JSON.parse(standing.attachments),
  });

function planActivity(
  context: ImportContext,
  row: number,
  record: RowRecord,
  view: StateView,
  columns: ReadonlySet<string>,
): Planned {
  const unit = unitIn(context, record);
  const refused = (field: string, code: RowFaultCode, shown: string): Planned => ({
    status: 'refused',
    id: text(record, 'activity') || unit,
    field,
    code,
    shown,
  });
  if (!view.get('units', unit)) return refused('unit', 'no-unit', unit);
  const year = yearOf(record);
  const plan = view.get('plans', keys.plan(year));
  const kind = kindIn(plan, text(record, 'kind'));
  if (kind === undefined) return refused('kind', 'no-kind', text(record, 'kind'));
  if (context.kind === 'incidents' && plan && !isIncident(plan, kind))
    return refused('kind', 'no-incident', kind);
  const { unit: _unit, year: _year, activity: _activity, ...given } = Object.fromEntries(record);
  const body = told({ ...given, kind });
  for (const id of idsOf(context, record)) {
    const standing = view.get('activities', keys.activity(unit, id));
    if (!standing) {
      const data = { activity: id, unit, year, ...body };
      return {
        status: 'new',
        id,
        event: envelope(context, 'activity.recorded', contentId('activity.recorded', data), data),
        undo: { do: 'retract', unit, activity: id },
      };
    }
    if (standing.state === 'retracted') continue;
    const before = bodyIn(standing);
    // Columns that the sheet does not have say nothing about what stands.
    const kept = Object.fromEntries(Object.entries(before).filter(([field]) => !columns.has(field)));
    const after = { ...kept, ...body };
    if (same(before, after)) return { status: 'already', id };
    const data = { activity: id, unit, ...after };
    return {
      status: 'changed',
      id,
      event: envelope(context, 'activity.amended', changeId(context, row), data),
      undo: {
        do: 'restore',
        type: 'activity.amended',
        made: data,
        data: { activity: id, unit, ...before },
      },
    };
  }
  return refused('activity', 'retracted', idsOf(context, record)[0] ?? '');
}

/** The keys under which it is seen whether a row's change stands. */
export function wantedByUndo(undo: Undo): Wanted[] {
  if (undo.do === 'retract') return [{ table: 'activities', key: keys.activity(undo.unit, undo.activity) }];
  const { unit, activity = '', year = 0, indicator = '' } = undo.made;
  switch (undo.type) {
    case 'unit.changed':
      return [{ table: 'units', key: unit }];
    case 'target.assigned':
      return [{ table: 'targets', key: keys.target(unit, year, indicator) }];
    case 'activity.amended':
      return [{ table: 'activities', key: keys.activity(unit, activity) }];
  }
}

type Standing = NonNullable<ReturnType<StateView['get']>>;

const isActivity = (undo: Undo, _standing: Standing): _standing is ActivityVersion =>
  undo.do === 'restore' && undo.type === 'activity.amended';

/** Whether what stands says what is given, of an activity as a whole. */
function says(undo: Undo & { do: 'restore' }, standing: Standing, given: RestoredData): boolean {
  if (isActivity(undo, standing)) {
    const { unit: _unit, activity: _activity, ...body } = given;
    return standing.state !== 'retracted' && same(bodyIn(standing), told(body));
  }
  return Object.entries(given).every(
    ([field, value]) => (standing as Record<string, unknown>)[field] === value,
  );
}

/**
 * What has become of what a row made: it stands (`made`), it was never let in or is undone already (`nothing`), or
 * somebody has changed it since (`changed`).
 */
export function fateOf(undo: Undo, view: StateView): 'made' | 'nothing' | 'changed' {
  const [wanted] = wantedByUndo(undo);
  const standing = wanted && view.get(wanted.table, wanted.key);
  if (!standing) return 'nothing';
  // Undone twice it is retracted under the same id again, which changes nothing.
  if (undo.do === 'retract') return 'made';
  if (says(undo, standing, undo.made)) return 'made';
  return says(undo, standing, undo.data) ? 'nothing' : 'changed';
}

/** What a row asks for. `columns`: the fields that the sheet has a column for. */
export function planRow(
  context: ImportContext,
  row: number,
  record: RowRecord,
  view: StateView,
  columns: ReadonlySet<string>,
): Planned {
  if (context.kind === 'units') return planUnit(context, row, record, view);
  if (context.kind === 'targets') return planTarget(context, row, record, view);
  return planActivity(context, row, record, view, columns);
}

/** Whose row it is, where that is not the sender's. */
export function foreignUnit(context: ImportContext, record: RowRecord): string | undefined {
  const unit = unitIn(context, record);
  return speaksFor(sourceOf(context.sender), unit) ? undefined : unit;
}
