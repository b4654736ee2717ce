import { ref } from 'vue';

/** Pages whose rows no group takes away, and the ranking, which names an unknown group in its own headline. */
const WHATEVER_GROUP = new Set(['ranking', 'unit', 'activities', 'compare', 'freeze', 'slides']);

/** The group of the address, where a page looks at groups and no ranked unit belongs to this one. */
export const unknownGroupOf = (
  page: string,
  group: string | null,
  known: readonly string[],
): string | null =>
  group === null || known.length === 0 || known.includes(group) || WHATEVER_GROUP.has(page) ? null : group;

/**
 * What the filters found; null where they name no group, or a known one. An unknown group leaves a page without rows,
 * and whatever it said of them would be said of nothing: its headline and its tables are not shown.
 */
export const unknownGroup = ref<string | null>(null);
