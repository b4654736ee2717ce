import { useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import {
  aboutText,
  type NoteAbout,
  type NoteRequest,
  noteList,
  noteReceipt,
} from '#schemas/results/notes.ts';
import { ask } from './client.ts';
import { queryClient } from './queryClient.ts';

/** What a remark stands on: a unit, or the zone where there is none; as a whole, or a number of theirs. */
export type NotePlace = { unit?: string | undefined; about?: NoteAbout | undefined; year: number };

/** Remarks on a place, as far as whoever is signed in may read them. */
export function useNotes(place: MaybeRefOrGetter<NotePlace>) {
  const params = computed(() => {
    const { unit, about, year } = toValue(place);
    return { unit, about: about && aboutText(about), year };
  });
  return useQuery({
    queryKey: ['notes', params],
    queryFn: ({ signal }) => ask(noteList, '/notes', { params: params.value, signal }),
  });
}

/** All remarks of a year that whoever is signed in may read. */
export function useAllNotes(year: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: ['notes', 'all', computed(() => toValue(year))],
    queryFn: ({ signal }) => ask(noteList, '/notes/all', { params: { year: toValue(year) }, signal }),
  });
}

/** Writes a remark; resolves once it is kept, and has lists of remarks read again. Throws ApiProblem. */
export async function writeNote(note: NoteRequest): Promise<void> {
  await ask(noteReceipt, '/notes', { method: 'POST', body: note });
  void queryClient.invalidateQueries({ queryKey: ['notes'] });
}
