import type { Table } from '#schemas/presentation/table.ts';
import type { Frame } from './frame.ts';
import type { Section } from './model.ts';

/** What a clause number opens on screen, a document has at its end: the texts of the clauses that it names. */

/** The numbers that stand in a table's column of clauses. */
function named({ columns, rows }: Table): string[] {
  const place = columns.findIndex(({ id }) => id === 'clause');
  return place < 0 ? [] : rows.flatMap((row) => (typeof row[place] === 'string' ? [row[place]] : []));
}

const textsOf = ({ findings, answer = '', points = [] }: Section): string[] => [
  ...findings,
  answer,
  ...points.flatMap(({ lead, text }) => [lead, text]),
];

/** The texts of the clauses that some tables and sections name, in the plan's order; null where there are none. */
export function citedClauses(
  { plan, words, vocabulary, name }: Frame,
  tables: readonly Table[],
  sections: readonly Section[] = [],
): Table | null {
  const cited = new Set([...tables, ...sections.flatMap((section) => section.tables)].flatMap(named));
  const told = sections.flatMap(textsOf).join('\n');
  const isCited = (id: string): boolean =>
    cited.has(id) || told.includes(`〔${id}〕`) || told.includes(`[${id}]`);
  const rows = (plan.clauses ?? []).flatMap(({ id, text }) => (isCited(id) ? [[id, name(text)]] : []));
  if (rows.length === 0) return null;
  const looks = { kind: 'text', width: 10 } as const;
  return {
    id: 'clauses',
    title: words.annex.title,
    columns: [
      { ...looks, id: 'clause', heading: vocabulary.column.clause },
      { ...looks, id: 'text', heading: words.annex.text, width: 90 },
    ],
    rows,
  };
}
