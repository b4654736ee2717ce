import { z } from 'zod';
import type { Access } from '#api/access/access.ts';
import { ANY, maySeeUnit, type Role } from '#api/access/principal.ts';
import type { KeptNotes, NoteQuestion, Notes } from '#api/answers/notes.ts';
import { yearParameter } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import { unitId } from '#schemas/ids.ts';
import {
  aboutParameter,
  aboutText,
  type NoteList,
  type NoteRequest,
  noteList,
  noteReceipt,
  noteRequest,
} from '#schemas/results/notes.ts';

export type NoteRouteDeps = { notes: Notes; access: Pick<Access, 'account' | 'list'> };

const WRITERS: readonly Role[] = ['leader', 'organisation'];

/** Remarks on units and on the zone. */
export function noteRoutes({ notes, access }: NoteRouteDeps): Route[] {
  /** Names of accounts in place of their ids; a token goes by what it is for. */
  const nameOf = (id: string | null): string | null =>
    id === null
      ? null
      : (access.account(id)?.name ?? access.list().find((one) => one.id === id)?.label ?? null);

  const named = ({ notes: found, ...rest }: KeptNotes): NoteList => ({
    ...rest,
    notes: found.map(({ actor, ...note }) => ({ ...note, by: nameOf(actor) })),
  });

  return [
    route<unknown, NoteQuestion>({
      method: 'get',
      path: '/notes',
      tag: 'answers',
      roles: ANY,
      summary: 'Remarks on a unit, or on the zone where none is given, as far as the caller may read them',
      description:
        'The department and whoever wrote a remark read it, and besides those whom its `seenBy` names. A unit asks for itself or the zone only. `about` (`requirement:<id>`, `criterion:<id>`, `trend`, `gaps`): those on that number alone.',
      query: z.strictObject({
        unit: unitId.optional(),
        year: yearParameter,
        about: aboutParameter.optional(),
      }),
      answers: { 200: { description: 'The latest first', schema: noteList } },
      async handler({ query, principal }) {
        if (query.unit !== undefined && !maySeeUnit(principal, query.unit))
          throw new Problem('forbidden', `You are bound to the unit ${principal.unit}.`);
        return { body: named(await notes.list(principal, query)) };
      },
    }),
    route<unknown, { year: number }>({
      method: 'get',
      path: '/notes/all',
      tag: 'answers',
      roles: ANY,
      summary:
        'All remarks of a year that the caller may read, on the zone, on units and on numbers of theirs',
      description:
        'What is for units is read by a unit where it is about itself or the zone. By the same rule as `/notes`.',
      query: z.strictObject({ year: yearParameter }),
      answers: { 200: { description: 'The latest first', schema: noteList } },
      handler: async ({ query, principal }) => ({ body: named(await notes.all(principal, query)) }),
    }),
    route<unknown, unknown, NoteRequest>({
      method: 'post',
      path: '/notes',
      tag: 'events',
      roles: WRITERS,
      summary: 'Write a remark on a unit or, without `unit`, on the zone; with `about` on a number of theirs',
      description:
        'Recorded as `note.written` in the name of whoever is signed in; it moves no score and cannot be changed. The same `order` again changes nothing.',
      body: { as: 'json', schema: noteRequest },
      answers: {
        200: { description: 'It was there already', schema: noteReceipt },
        201: { description: 'Recorded', schema: noteReceipt },
      },
      async handler({ body, principal, record, signal }) {
        const written = await notes.write(principal, body, signal);
        if (written.status === 'already') return { status: 200, body: written };
        const { unit, year, about, seenBy } = body;
        await record('note.written', {
          unit: unit ?? null,
          year,
          ...(about && { about: aboutText(about) }),
          seenBy,
          position: written.position,
        });
        return { status: 201, body: written };
      },
    }),
  ];
}
