import { hash } from 'node:crypto';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { ActivityBody } from '#schemas/events.ts';
import { type Cell, textOf } from '#schemas/imports/cells.ts';
import { fitSentence } from '#schemas/imports/fitWords.ts';
import { isBlank, type ReadRow, readRow, type SheetHead, type SheetRow } from '#schemas/imports/rows.ts';
import { faultSentence, type ImportLanguage } from '#schemas/imports/words.ts';
import { countText } from '#schemas/presentation/numbers.ts';
import type { FaultyCell, FaultyRows, ImportCounts, ImportRow } from '#schemas/results/imports.ts';
import type { Receipt } from '#schemas/results/results.ts';
import type { StateView, Wanted } from '../../state/state.ts';
import type { Door } from '../door.ts';
import type { OpenedSheet } from '../sheets/openSheet.ts';
import { SheetRefused } from '../sheets/refused.ts';
import { findHead, type OtherList, otherLists } from './heads.ts';
import {
  calledIn,
  foreignUnit,
  type ImportContext,
  type Planned,
  planRow,
  type Undo,
  wantedByRow,
} from './plan.ts';

/** What an import asks of the door: `door` itself, or for a dry run `door.rehearse()`. */
export type ImportDoor = Pick<Door, 'submit' | 'look'>;

export type ImportOptions = {
  language: ImportLanguage;
  signal?: AbortSignal;
  /** How many rows have been read, and what became of them. */
  onProgress?(rows: number, counts: ImportCounts): Promise<void>;
  /** What would undo the rows, before they are let in: some of them may be refused. */
  onUndo?(undo: readonly Undo[]): Promise<void>;
};

export type Imported = {
  counts: ImportCounts;
  rows: ImportRow[];
  /** The refused rows as they stand in the file, to be mended: the first `MOST_FAULTY`, and behind them how many more. */
  faulty: FaultyRows;
  /** Activities that rows would record or correct, or did: the first `MOST_BROUGHT`, and how many there are. */
  brought: Brought[];
  bringing: number;
  /** Heads of columns that were not read. */
  unread: readonly string[];
};

/** An activity as a row brings it. */
export type Brought = { unit: string; year: number; activity: string; body: ActivityBody };
/** More than these are not looked at for what they would do to totals. */
export const MOST_BROUGHT = 20_000;

/** Refused rows that are handed back to be mended; who has more of them mends the whole file. */
export const MOST_FAULTY = 5_000;

const CHUNK = 1_000;
/** A list may hold more rows than an office types in a year; beyond this it is no list. */
export const MOST_ROWS = 200_000;

/** Fields that the sender fills where the sheet leaves them out. */
const givenBy = ({ sender, kind }: ImportContext): ReadonlySet<string> =>
  new Set(sender.role === 'unit' && kind === 'activities' ? ['unit'] : []);

/** Rows that were read without fault, with what they ask for. */
type Draft = { row: number; cells: readonly Cell[]; hidden: boolean; read: ReadRow; planned?: Planned };

/**
 * Brings the rows of a sheet through the door, a thousand at a time. Faulty rows never stop the others; every row
 * that is not blank has its line in the answer. A dry run asks the door what it would say.
 */
export async function importSheet(
  door: ImportDoor,
  sheet: OpenedSheet,
  context: ImportContext,
  options: ImportOptions,
): Promise<Imported> {
  const given = givenBy(context);
  const { head, rows, index } = await findHead(sheet, context.kind, given);
  const others = await otherLists(sheet, context.kind, given, index);
  const importing = createImporting(door, head, context, options);
  let chunk: SheetRow[] = [];
  let read = 0;
  for (;;) {
    const { value, done } = await rows.next();
    if (!done && !('cells' in value && isBlank(value.cells))) chunk.push(value);
    if (chunk.length < CHUNK && !done) continue;
    options.signal?.throwIfAborted();
    read += chunk.length;
    if (read > MOST_ROWS) throw new SheetRefused('too-many-rows');
    await importing.take(chunk);
    await options.onProgress?.(read, importing.soFar());
    chunk = [];
    if (done) return importing.result(others);
    await yieldToOthers();
  }
}

/** One for all rows that are right, of which there may be many. */
const NO_PROBLEMS: ImportRow['problems'] = [];

/** A cell as JSON keeps it; a day by its spelling. */
const storedCell = (cell: Cell): FaultyCell => (cell instanceof Date ? textOf(cell) : cell);

/** The heads as the file has them; empty where a column is none that is read. */
const headsOf = ({ places }: SheetHead): string[] =>
  Array.from({ length: Math.max(...places.keys()) + 1 }, (_, place) => places.get(place)?.head ?? '');

/** Of rows about activities alone. */
function broughtBy(event: object): Brought[] {
  const { data } = event as { data: Record<string, unknown> & { unit: string; activity?: string } };
  const { unit, activity, year, ...body } = data;
  if (activity === undefined || typeof body.occurredOn !== 'string') return [];
  // A correction names no year: its day lies inside the year of the activity.
  const own = typeof year === 'number' ? year : Number(body.occurredOn.slice(0, 4));
  return [{ unit, activity, year: own, body: body as ActivityBody }];
}

function createImporting(
  door: ImportDoor,
  head: SheetHead,
  context: ImportContext,
  { language, onUndo }: ImportOptions,
) {
  const fields = new Map([...head.places.values()].map(({ column, head: name }) => [column.field, name]));
  const columns: ReadonlySet<string> = new Set(fields.keys());
  const given = givenBy(context);
  const answer: ImportRow[] = [];
  const counts: ImportCounts = { new: 0, already: 0, changed: 0, refused: 0 };
  const faulty: FaultyRows['rows'] = [];
  const brought: Brought[] = [];
  let bringing = 0;
  /** Which row had an id first, with the digest of what it says: a list may not say two things of one. */
  const firsts = new Map<string, { row: number; content: string }>();

  function tell(row: ImportRow): void {
    counts[row.status]++;
    answer.push(row);
  }
  function refuse(
    { sheet, row, cells }: Pick<Draft, 'row' | 'cells'> & Pick<ImportRow, 'sheet'>,
    problems: ImportRow['problems'],
    { id, called }: { id?: string | undefined; called?: string | undefined } = {},
  ): void {
    const about = { ...(id ? { id } : {}), ...(called ? { called } : {}) };
    tell({ row, ...(sheet && { sheet }), status: 'refused', ...about, problems });
    if (faulty.length < MOST_FAULTY) faulty.push({ row, cells: cells.map(storedCell), problems });
  }
  const headOf = (field: string): string =>
    fields.get(field.replace(/^data\./, '').split('.')[0] ?? '') ?? '';

  /** Undefined where the row is refused, which is then told. */
  function draftOf(item: SheetRow): Draft | undefined {
    if ('unreadable' in item) {
      refuse({ row: item.row, cells: [] }, [
        { column: '', message: faultSentence(language, 'unclosed-quote', '') },
      ]);
      return undefined;
    }
    const read = readRow(head, item.cells, given);
    const problems = read.faults.map(({ column, fault }) => ({
      column,
      message: faultSentence(language, fault.code, fault.shown),
    }));
    const foreign = problems.length ? undefined : foreignUnit(context, read.record);
    if (foreign !== undefined)
      problems.push({ column: headOf('unit'), message: faultSentence(language, 'other-unit', foreign) });
    if (problems.length)
      refuse(item, problems, {
        id: String(read.record.get('activity') ?? read.record.get('unit') ?? '') || undefined,
        called: calledIn(context, read.record),
      });
    const { row, cells, hidden = false } = item;
    return problems.length ? undefined : { row, cells, hidden, read };
  }

  function plan(drafts: readonly Draft[], view: StateView): void {
    for (const draft of drafts) {
      const planned = planRow(context, draft.row, draft.read.record, view, columns);
      const key = `${draft.read.record.get('unit') ?? ''}\n${planned.id}`;
      const content = hash('sha256', JSON.stringify([...draft.read.record]), 'base64');
      const first = firsts.get(key);
      if (!first) firsts.set(key, { row: draft.row, content });
      draft.planned =
        !first || planned.status === 'refused'
          ? planned
          : first.content === content
            ? { status: 'already', id: planned.id }
            : {
                status: 'refused',
                id: planned.id,
                field: context.kind === 'activities' ? 'activity' : 'unit',
                code: 'twice',
                shown: String(first.row),
              };
    }
  }

  function settle(draft: Draft, receipt: Receipt | undefined): void {
    const { row, hidden, planned } = draft;
    if (!planned) return;
    const { id } = planned;
    const about = { id, called: calledIn(context, draft.read.record) };
    if (planned.status === 'refused') {
      const message = faultSentence(language, planned.code, planned.shown);
      refuse(draft, [{ column: headOf(planned.field), message }], about);
      return;
    }
    if (receipt?.status === 'conflict' || receipt?.status === 'rejected') {
      const faults = receipt.faults ?? [{ field: '', message: receipt.problem ?? '' }];
      const problems = faults.map((fault) => ({
        column: headOf(fault.field),
        message: fitSentence(language, fault),
      }));
      refuse(draft, problems, about);
      return;
    }
    if (planned.status !== 'already') {
      const own = broughtBy(planned.event);
      bringing += own.length;
      if (brought.length < MOST_BROUGHT) brought.push(...own);
    }
    const remarks = hidden ? [{ column: '', message: faultSentence(language, 'hidden', '') }] : NO_PROBLEMS;
    tell({
      row,
      status: receipt?.status === 'already' ? 'already' : planned.status,
      id,
      ...(about.called ? { called: about.called } : {}),
      problems: remarks,
    });
  }

  async function take(chunk: readonly SheetRow[]): Promise<void> {
    const drafts = chunk.map(draftOf).filter((draft) => draft !== undefined);
    const wanted = (): Wanted[] => drafts.flatMap(({ read }) => wantedByRow(context, read.record));
    await door.look(wanted, (view) => plan(drafts, view));
    const asked = drafts.flatMap(({ planned }) => (planned && 'event' in planned ? [planned] : []));
    const undo = asked.flatMap((planned) => planned.undo ?? []);
    if (undo.length) await onUndo?.(undo);
    const receipts = asked.length
      ? await door.submit(
          asked.map(({ event }) => event),
          context.sender,
        )
      : [];
    let at = 0;
    for (const draft of drafts)
      settle(draft, draft.planned && 'event' in draft.planned ? receipts[at++] : undefined);
  }

  /** `others`: lists that were not read, which are told behind the rows. */
  function result(others: readonly OtherList[]): Imported {
    answer.sort((a, b) => a.row - b.row);
    faulty.sort((a, b) => a.row - b.row);
    for (const { sheet, row } of others)
      refuse({ sheet, row, cells: [] }, [
        { column: '', message: faultSentence(language, 'other-list', sheet) },
      ]);
    const left = counts.refused - faulty.length;
    if (left > 0) {
      const message = faultSentence(language, 'more-faulty', countText(left));
      faulty.push({ row: faulty.at(-1)?.row ?? 1, cells: [], problems: [{ column: '', message }] });
    }
    return {
      counts,
      rows: answer,
      brought,
      bringing,
      unread: head.unread,
      faulty: { heads: headsOf(head), rows: faulty },
    };
  }

  return { take, soFar: (): ImportCounts => ({ ...counts }), result };
}
