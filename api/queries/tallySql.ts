/**
 * One scan of a year's activities, one row a unit.
 *
 * The plan enters as bound parameters: for each facet, the kinds that it tallies and the cell at which each
 * kind's begin. A row is added to the cell of its kind, window or form; the first number past the cells stands
 * for "to none" (Resample leaves out what is beyond its end). Transforming `kind` and `form` is done once per
 * distinct value, since both are LowCardinality. Fit (`schemas/fit.ts`) is judged here, against this plan.
 */
const WINDOWED = (facet: string): string => `
    transform(kind, {${facet}Kinds:Array(String)}, {${facet}Starts:Array(UInt16)}, {${facet}:UInt16})
      + intDiv(month * transform(kind, {${facet}Kinds:Array(String)}, {${facet}Lengths:Array(UInt16)}, 0), 12)`;

const PLAIN = (facet: string): string => `
    transform(kind, {${facet}Kinds:Array(String)}, {${facet}Starts:Array(UInt16)}, {${facet}:UInt16})`;

export const tallySql = (conditions: string): string => `
  WITH
    toMonth(occurredOn) - 1 AS month,
    state IN {counting:Array(String)} AS counts,
    if(counts, ${WINDOWED('counts')}, {counts:UInt16}) AS countsCell,
    if(counts AND ledByHead, ${WINDOWED('ledCounts')}, {ledCounts:UInt16}) AS ledCountsCell,
    if(counts AND ifNull(quantity >= 0, 0), ${WINDOWED('sums')}, {sums:UInt16}) AS sumsCell,
    if(counts, transform(
        toUInt32(transform(kind, {formKinds:Array(String)}, {formKindNumbers:Array(UInt16)}, 0))
          * {formCount:UInt16} + transform(form, {formNames:Array(String)}, {formNumbers:Array(UInt16)}, 0),
        {formKeys:Array(UInt32)}, {formCells:Array(UInt16)}, {forms:UInt16}), {forms:UInt16}) AS formsCell,
    if(counts AND notEmpty(members), ${PLAIN('members')}, {members:UInt16}) AS membersCell,
    if(counts AND ifNull(done >= 0 AND due >= done, 0), ${PLAIN('reports')}, {reports:UInt16}) AS reportsCell,
    if(counts AND ifNull(score >= 0 AND score <= 100, 0), ${PLAIN('scored')}, {scored:UInt16}) AS scoredCell,
    if(counts, ${PLAIN('firsts')}, {firsts:UInt16}) AS firstsCell,
    if(state != 'rejected' AND NOT waived, ${PLAIN('incidents')}, {incidents:UInt16}) AS incidentsCell
  SELECT
    unit,
    CAST(countResample(0, {counts:UInt16}, 1)(countsCell) AS Array(UInt32)) AS counts_,
    CAST(countResample(0, {ledCounts:UInt16}, 1)(ledCountsCell) AS Array(UInt32)) AS ledCounts_,
    sumResample(0, {sums:UInt16}, 1)(assumeNotNull(quantity), sumsCell) AS sums_,
    CAST(countResample(0, {forms:UInt16}, 1)(formsCell) AS Array(UInt32)) AS forms_,
    CAST(uniqExactArrayResample(0, {members:UInt16}, 1)(members, membersCell) AS Array(UInt32)) AS members_,
    CAST(countResample(0, {reports:UInt16}, 1)(reportsCell) AS Array(UInt32)) AS reports_,
    sumResample(0, {reports:UInt16}, 1)(assumeNotNull(done), reportsCell) AS dones_,
    sumResample(0, {reports:UInt16}, 1)(assumeNotNull(due), reportsCell) AS dues_,
    CAST(countResample(0, {scored:UInt16}, 1)(scoredCell) AS Array(UInt32)) AS scored_,
    sumResample(0, {scored:UInt16}, 1)(assumeNotNull(score), scoredCell) AS scores_,
    minResample(0, {firsts:UInt16}, 1)(toInt32(occurredOn), firstsCell) AS firsts_,
    CAST(countResample(0, {incidents:UInt16}, 1)(incidentsCell) AS Array(UInt32)) AS incidents_
  FROM activity_versions FINAL
  WHERE year = {year:UInt16} AND state != 'retracted' AND occurredOn <= toDate32({on:String}) AND ${conditions}
  GROUP BY unit`;
