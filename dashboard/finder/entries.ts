import type { RouteLocationRaw } from 'vue-router';
import type { Language } from '#schemas/languages.ts';
import type { Plan } from '#schemas/plan.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import type { SavedView } from '#schemas/results/views.ts';
import type { Page } from '../composables/pages.ts';
import type { useFilters } from '../composables/useFilters.ts';
import type { Words } from '../locales/words.ts';
import { otherNamesOf } from './otherNames.ts';

/** What is found: a place to go to, or something to do. */
export type Entry = {
  key: string;
  kind: 'view' | 'page' | 'section' | 'action' | 'unit' | 'criterion' | 'requirement' | 'clause';
  label: string;
  /** Stands beside it: the group, the type, the beginning of a clause. */
  hint: string;
  /** The clause that it comes from. */
  clause?: string;
  /** What it is looked for by. */
  texts: readonly string[];
  /** What it is found by, too, if somebody calls it so: the one that is meant stands beside it. */
  also?: readonly string[];
} & ({ to: RouteLocationRaw } | { act: () => void });

type Link = ReturnType<typeof useFilters>['link'];
type Named = { id: string; label: string };

export const pageEntries = (pages: readonly Page[], locale: Language): Entry[] =>
  pages.map(({ id, to, label }) => ({
    key: `page ${id}`,
    kind: 'page',
    label,
    hint: '',
    texts: [label],
    also: otherNamesOf(id, locale),
    to,
  }));

export const viewEntries = (views: readonly SavedView[]): Entry[] =>
  views.map(({ id, name, address }) => ({
    key: `view ${id}`,
    kind: 'view',
    label: name,
    hint: '',
    texts: [name],
    to: address,
  }));

export const sectionEntries = (sections: readonly (Named & { act: () => void })[]): Entry[] =>
  sections.map(({ id, label, act }) => ({
    key: `section ${id}`,
    kind: 'section',
    label,
    hint: '',
    texts: [label],
    act,
  }));

export const actionEntries = (
  actions: readonly (Named & { also?: readonly string[]; act: () => void })[],
): Entry[] =>
  actions.map(({ id, label, also, act }) => ({
    key: `action ${id}`,
    kind: 'action',
    label,
    hint: '',
    texts: [label],
    also,
    act,
  }));

export const unitEntries = (rows: readonly RankingRow[], words: Words, link: Link): Entry[] =>
  rows.map(({ unit, name, group, rank }) => ({
    key: `unit ${unit}`,
    kind: 'unit',
    label: name,
    hint: [
      words.term(group),
      ...(rank === null ? [] : [words.say('finder.rank', { rank: words.count(rank) })]),
    ].join(' · '),
    texts: [name, unit],
    to: link('unit', { unit }),
  }));

/** Types, requirements and clauses of a plan, by their names in both languages. */
export function planEntries(plan: Plan, words: Words, link: Link): Entry[] {
  const typeOf = new Map(plan.criteria.map(({ id, name }) => [id, words.name(name)]));
  return [
    ...plan.criteria.map(
      ({ id, name }): Entry => ({
        key: `criterion ${id}`,
        kind: 'criterion',
        label: words.name(name),
        hint: '',
        texts: [name.zh, name.en],
        to: link('criterion', { criterion: id }),
      }),
    ),
    ...plan.requirements.map(
      ({ id, name, criterion, clause }): Entry => ({
        key: `requirement ${id}`,
        kind: 'requirement',
        label: words.name(name),
        hint: [typeOf.get(criterion) ?? '', clause].join(' · '),
        clause,
        texts: [name.zh, name.en, clause],
        to: link('requirement', { requirement: id }),
      }),
    ),
    ...(plan.clauses ?? []).map(
      ({ id, text }): Entry => ({
        key: `clause ${id}`,
        kind: 'clause',
        label: id,
        hint: words.name(text),
        clause: id,
        texts: [id, text.zh, text.en],
        to: { ...(link('plan') as object), hash: `#clause-${id}` },
      }),
    ),
  ];
}

/** In which order kinds are listed when nothing is typed, and among equals. */
const SHOWN = 5;
const KINDS = ['view', 'page', 'section', 'unit', 'requirement', 'criterion', 'clause', 'action'] as const;

const AT_FIRST: ReadonlySet<Entry['kind']> = new Set(['view', 'page', 'section', 'action']);

export type Found = { kind: Entry['kind']; entries: Entry[] /** How many more there are. */; more: number };

/** What is found by kind, a few of each; with nothing typed one's views, the pages, the sections of the open one and what can be done. */
export function found(
  entries: readonly Entry[],
  search: string,
  matches: (texts: readonly string[], search: string) => boolean,
): Found[] {
  const wanted = search.trim();
  /** By its own names; else by what else it is called. */
  const asFound = (entry: Entry): Entry[] => {
    if (matches(entry.texts, wanted)) return [entry];
    const called = entry.also?.find((name) => matches([name], wanted));
    return called === undefined ? [] : [{ ...entry, hint: called }];
  };
  const byOwnName = (entry: Entry): number => Number(!matches(entry.texts, wanted));
  const shown = wanted
    ? entries.flatMap(asFound).sort((a, b) => byOwnName(a) - byOwnName(b))
    : entries.filter(({ kind }) => AT_FIRST.has(kind));
  return KINDS.flatMap((kind) => {
    const all = shown.filter((entry) => entry.kind === kind);
    const most = wanted ? SHOWN : all.length;
    return all.length ? [{ kind, entries: all.slice(0, most), more: Math.max(0, all.length - most) }] : [];
  });
}
