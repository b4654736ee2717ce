import { useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { type NoteRequest, noteList, noteReceipt } from '#schemas/results/notes.ts';
import { ask } from './client.ts';
import { queryClient } from './queryClient.ts';

/** Remarks on a unit in a year, as far as whoever is signed in may read them. */
export function useNotes(unit: MaybeRefOrGetter<string>, year: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: ['notes', computed(() => toValue(unit)), computed(() => toValue(year))],
    queryFn: ({ signal }) =>
      ask(noteList, '/notes', { params: { unit: toValue(unit), year: toValue(year) }, signal }),
    placeholderData: (last) => (last?.unit === toValue(unit) ? last : undefined),
  });
}

/** Writes a remark; resolves once it is kept, and has lists of remarks read again. Throws ApiProblem. */
export async function writeNote(note: NoteRequest): Promise<void> {
  await ask(noteReceipt, '/notes', { method: 'POST', body: note });
  await queryClient.invalidateQueries({ queryKey: ['notes'] });
}
