import { z } from 'zod';
import type { Access } from '#api/access/access.ts';
import { ANY, maySeeUnit, type Role } from '#api/access/principal.ts';
import type { NoteQuestion, Notes } from '#api/answers/notes.ts';
import { yearParameter } from '#api/http/parameters.ts';
import { Problem } from '#api/http/problem.ts';
import { type Route, route } from '#api/http/route.ts';
import { unitId } from '#schemas/ids.ts';
import { type NoteRequest, noteList, noteReceipt, noteRequest } from '#schemas/results/notes.ts';

export type NoteRouteDeps = { notes: Notes; access: Pick<Access, 'account' | 'list'> };

const WRITERS: readonly Role[] = ['leader', 'organisation'];

/** Remarks on units and on the zone. */
export function noteRoutes({ notes, access }: NoteRouteDeps): Route[] {
  /** Names of accounts in place of their ids; a token goes by what it is for. */
  const nameOf = (id: string | null): string | null =>
    id === null
      ? null
      : (access.account(id)?.name ?? access.list().find((one) => one.id === id)?.label ?? null);

  return [
    route<unknown, NoteQuestion>({
      method: 'get',
      path: '/notes',
      tag: 'answers',
      roles: ANY,
      summary: 'Remarks on a unit, or on the zone where none is given, as far as the caller may read them',
      description:
        'The department and whoever wrote a remark read it, and besides those whom its `seenBy` names. A unit asks for itself or the zone only.',
      query: z.strictObject({ unit: unitId.optional(), year: yearParameter }),
      answers: { 200: { description: 'The latest first', schema: noteList } },
      async handler({ query, principal }) {
        if (query.unit !== undefined && !maySeeUnit(principal, query.unit))
          throw new Problem('forbidden', `You are bound to the unit ${principal.unit}.`);
        const { notes: found, ...rest } = await notes.list(principal, query);
        return {
          body: { ...rest, notes: found.map(({ actor, ...note }) => ({ ...note, by: nameOf(actor) })) },
        };
      },
    }),
    route<unknown, unknown, NoteRequest>({
      method: 'post',
      path: '/notes',
      tag: 'events',
      roles: WRITERS,
      summary: 'Write a remark on a unit or, without `unit`, on the zone',
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
        const { unit, year, seenBy } = body;
        await record('note.written', { unit: unit ?? null, year, seenBy, position: written.position });
        return { status: 201, body: written };
      },
    }),
  ];
}
