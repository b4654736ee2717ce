import { createHash } from 'node:crypto';
import { wantedOffsets } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import type { Ask } from '#api/queries/ask.ts';
import { allNotes, type FoundNote, type NoteReader, writtenNotes } from '#api/queries/notes.ts';
import type { Principal } from '#schemas/access.ts';
import { ORGANISATION, ZONE } from '#schemas/events.ts';
import { readsAll, readsAs } from '#schemas/notes.ts';
import { formatPosition, formatWatermark, type Offsets } from '#schemas/position.ts';
import {
  MOST_NOTES,
  type NoteAbout,
  type NoteList,
  type NoteRequest,
  type NoteRow,
} from '#schemas/results/notes.ts';
import type { Receipt } from '#schemas/results/results.ts';

export type NoteQuestion = { unit?: string | undefined; year: number; about?: NoteAbout | undefined };

/** Remarks as they are kept; the name of whoever wrote one is the routes' to say. */
export type KeptNote = Omit<NoteRow, 'by'> & { actor: string | null };

export type KeptNotes = Omit<NoteList, 'notes'> & { notes: KeptNote[] };

/** Leaders' remarks on units and on the zone (批注): written into the stream, and read by those whom they name. */
export type Notes = {
  /** Resolves once it is durable, and as a rule once reads show it. Throws a `Problem` where it is refused. */
  write(
    who: Principal,
    request: NoteRequest,
    signal: AbortSignal,
  ): Promise<{ status: 'appended' | 'already'; position?: string; watermark: string }>;
  /** What somebody may read, the latest first. */
  list(who: Principal, question: NoteQuestion): Promise<KeptNotes>;
  /** All of a year that somebody may read, on the zone and on units, the latest first. */
  all(who: Principal, question: { year: number }): Promise<KeptNotes>;
};

export type NoteParts = {
  ask: Ask;
  /** Appends an event that only the server may write, in the name of an account. */
  record(event: object, actor: string): Promise<Receipt>;
  reached(wanted: Offsets, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
  offsets(): Offsets;
  now(): number;
};

/** How long a write waits until reads show it; the write stands in any case. */
const VISIBLE_MS = 5_000;

/** Everybody has orders of their own: nobody takes another's place by writing under the same one. */
const idOf = ({ id }: Principal, order: string): string =>
  `note-${createHash('sha256')
    .update(JSON.stringify([id, order]))
    .digest('hex')
    .slice(0, 40)}`;

export const createNotes = ({ ask, record, reached, offsets, now }: NoteParts): Notes => ({
  async write(who, { order, ...data }, signal) {
    const receipt = await record(
      {
        specversion: '1.0',
        id: idOf(who, order),
        source: ORGANISATION,
        subject: data.unit ?? ZONE,
        type: 'note.written',
        time: new Date(now()).toISOString(),
        datacontenttype: 'application/json',
        data,
      },
      who.id,
    );
    const { status, position, problem, faults } = receipt;
    if (status !== 'appended' && status !== 'already')
      throw new Problem(
        status === 'conflict' ? 'conflict' : 'invalid',
        problem ?? 'It was refused.',
        faults ? { errors: faults } : {},
      );
    const wanted = position === undefined ? undefined : wantedOffsets(position);
    if (wanted) await reached(wanted, VISIBLE_MS, signal);
    return { status, ...(position !== undefined && { position }), watermark: formatWatermark(offsets()) };
  },

  async list(who, { unit, year, about }) {
    const snapshot = { offsets: offsets(), asOf: null };
    const reader: NoteReader = readsAll(who) ? 'all' : { actor: who.id, as: readsAs(who, unit) };
    const found = await writtenNotes(ask, { snapshot, unit, about, year, reader, limit: MOST_NOTES });
    return { unit: unit ?? null, year, ...answered(who, found, snapshot.offsets) };
  },

  async all(who, { year }) {
    const snapshot = { offsets: offsets(), asOf: null };
    const as = (['leader', 'reviewer'] as const).filter((reader) => who.roles.includes(reader));
    const subjects = who.roles.includes('unit') && who.unit !== undefined ? [ZONE, who.unit] : [];
    const reader = readsAll(who) ? 'all' : { actor: who.id, as, subjects };
    const found = await allNotes(ask, { snapshot, year, reader, limit: MOST_NOTES });
    return { unit: null, year, ...answered(who, found, snapshot.offsets) };
  },
});

const answered = (
  who: Principal,
  { notes, total }: { notes: readonly FoundNote[]; total: number },
  at: Offsets,
): Pick<KeptNotes, 'notes' | 'total' | 'watermark'> => ({
  notes: notes.map(({ position, recordedAt, event: { actor, data } }) => ({
    position: formatPosition(position),
    unit: data.unit ?? null,
    about: data.about ?? null,
    text: data.text,
    seenBy: data.seenBy,
    own: actor === who.id,
    actor: actor ?? null,
    recordedtime: new Date(recordedAt).toISOString(),
  })),
  total,
  watermark: formatWatermark(at),
});
