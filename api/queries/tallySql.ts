import type { Accumulator, Family, Fineness, SumFacet } from './accumulators.ts';

/**
 * One scan of a year's activities, one row a unit.
 *
 * The plan enters as bound parameters: for each accumulator the kinds that it tallies, and for each of them its first cell,
 * the number of cells of its windows, and what fitness a row needs. Looking them up by `kind` is done once per
 * distinct kind, since the column is LowCardinality; the rest is plain arithmetic on narrow columns, without
 * branches. Cells are numbered from 1, and 0 is where rows go that count nowhere: Resample leaves them out.
 */
const lookUp = (accumulator: string, what: string, type: string, otherwise: number): string =>
  `transform(kind, {${accumulator}Kinds:Array(String)}, {${accumulator}${what}:Array(${type})}, to${type}(${otherwise}))`;

function cell({ name, entries }: Accumulator): string {
  const terms = [lookUp(name, 'Starts', 'UInt32', 0)];
  if (entries.some(({ windows }) => windows > 0))
    terms.push(`intDiv((toMonth(occurredOn) - 1) * ${lookUp(name, 'Windows', 'UInt8', 0)}, 12)`);
  if (entries.some(({ step }) => step > 0)) terms.push(`formPlace * ${lookUp(name, 'Steps', 'UInt8', 0)}`);
  const needs = lookUp(name, 'Fitness', 'UInt8', 255);
  return `
    ${needs} AS ${name}Needs,
    (bitAnd(fitness, ${name}Needs) = ${name}Needs) * (${terms.join(' + ')}) AS ${name}Cell`;
}

/** Where each sum takes what a row adds. */
const AMOUNTS: Record<SumFacet, string> = {
  sums: 'quantity',
  dones: 'done',
  dues: 'due',
  scores: 'score',
};

/** The amount by kind, where an accumulator sums up several columns. */
function amount({ name, entries }: Accumulator): string {
  const columns = [...new Set(entries.map(({ facet }) => AMOUNTS[facet as SumFacet]))].map(
    (column) => [`kind IN {${name}_${column}:Array(String)}`, `assumeNotNull(${column})`] as const,
  );
  const last = columns.pop()?.[1] ?? '';
  const chosen = columns.length ? `multiIf(${columns.flat().join(', ')}, ${last})` : last;
  return `\n    ${chosen} AS ${name}Amount`;
}

/** The kinds by the column that they add to an accumulator of sums. */
export const amountKinds = ({ name, entries }: Accumulator): [string, string[]][] =>
  Object.entries(AMOUNTS).map(([facet, column]) => [
    `${name}_${column}`,
    entries.filter((entry) => entry.facet === facet).map(({ kind }) => kind),
  ]);

const resample = (name: string): string => `Resample(1, {${name}:UInt32}, 1)`;

/** Distinct members add up over months where each counts in the month in which it first comes. */
const newMembers = (name: string, start: number): string => `
    arrayMap(month -> countEqual(
      minMapIf(members, arrayWithConstant(length(members), toMonth(occurredOn)),
        ${name}Cell > ${start} AND ${name}Cell <= ${start + 12}).2, month), range(1, 13))`;

const MEMBERS: Record<Fineness, (accumulator: Accumulator) => string> = {
  windows: ({ name }) => `uniqExactArray${resample(name)}(members, ${name}Cell)`,
  months: ({ name, entries }) => `arrayConcat(${entries.map(({ start }) => newMembers(name, start))})`,
};

const TALLY: Record<Family, (accumulator: Accumulator, fineness: Fineness) => string> = {
  count: ({ name }) => `CAST(count${resample(name)}(${name}Cell) AS Array(UInt32))`,
  sum: ({ name }) => `sum${resample(name)}(${name}Amount, ${name}Cell)`,
  members: (accumulator, fineness) => `CAST(${MEMBERS[fineness](accumulator)} AS Array(UInt32))`,
  first: ({ name }) => `min${resample(name)}(toInt32(occurredOn), ${name}Cell)`,
};

/** The place of a row's form among those listed for its kind; far out where it is not listed. */
const FORM_PLACE = `
    transform(kind, {formKinds:Array(String)}, {formKindNumbers:Array(UInt32)}, toUInt32(0)) AS formKind,
    transform(
      formKind + transform(form, {formNames:Array(String)}, {formNumbers:Array(UInt32)}, toUInt32(0)),
      {formKeys:Array(UInt32)}, {formPlaces:Array(UInt32)}, toUInt32(1000000)) AS formPlace`;

export function tallySql(
  accumulators: readonly Accumulator[],
  conditions: string,
  fineness: Fineness,
): string {
  const hasForms = accumulators.some(({ entries }) => entries.some(({ step }) => step > 0));
  const columns = [
    ...(hasForms ? [FORM_PLACE] : []),
    ...accumulators.map(cell),
    ...accumulators.filter(({ family }) => family === 'sum').map(amount),
  ];
  const tallies = accumulators.map(
    (accumulator) => `${TALLY[accumulator.family](accumulator, fineness)} AS ${accumulator.name}Tally`,
  );
  return `
  WITH ${['1 AS one', ...columns].join(',')}
  SELECT ${['unit', ...tallies].join(',\n    ')}
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND ${conditions}
  GROUP BY unit`;
}
