import { canonicalJson } from '#schemas/canonical.ts';
import type { Manifest } from '#schemas/manifest.ts';
import type { Plan } from '#schemas/plan.ts';
import type { RankingRow } from '#schemas/results/results.ts';
import { SCORING_VERSION } from '#schemas/scoring.ts';
import type { Finding } from './findings.ts';

/** Where the plan and the ranking that the events give differ from what was sealed. */
export function resultFindings(
  manifest: Manifest,
  { plan, rows }: { plan: Plan | undefined; rows: readonly RankingRow[] },
): Finding[] {
  if (manifest.scoring !== SCORING_VERSION)
    return [{ kind: 'scoring', sealed: manifest.scoring, computed: SCORING_VERSION }];
  const findings: Finding[] = [];
  if (canonicalJson(plan) !== canonicalJson(manifest.plan)) findings.push({ kind: 'plan' });
  const computed = new Map(rows.map((row) => [row.unit, row]));
  for (const [place, row] of manifest.rows.entries()) {
    findings.push(...rowFindings(row, computed.get(row.unit)));
    const there = rows[place]?.unit;
    if (computed.has(row.unit) && there !== row.unit)
      findings.push({
        kind: 'row',
        unit: row.unit,
        field: 'place',
        sealed: String(place + 1),
        computed: String(rows.findIndex(({ unit }) => unit === row.unit) + 1),
      });
    computed.delete(row.unit);
  }
  for (const unit of computed.keys())
    findings.push({ kind: 'row', unit, field: 'unit', sealed: '–', computed: unit });
  return findings;
}

/** Fields of a row, criteria one by one. */
function fieldsOf({ criteria, ...row }: RankingRow): Map<string, string> {
  const fields = new Map(Object.entries(row).map(([field, value]) => [field, canonicalJson(value)]));
  for (const [id, value] of Object.entries(criteria)) fields.set(`criteria.${id}`, canonicalJson(value));
  return fields;
}

function rowFindings(sealed: RankingRow, computed: RankingRow | undefined): Finding[] {
  const { unit } = sealed;
  if (!computed) return [{ kind: 'row', unit, field: 'unit', sealed: unit, computed: '–' }];
  const [stated, found] = [fieldsOf(sealed), fieldsOf(computed)];
  return [...new Set([...stated.keys(), ...found.keys()])]
    .filter((field) => stated.get(field) !== found.get(field))
    .map((field) => ({
      kind: 'row',
      unit,
      field,
      sealed: stated.get(field) ?? '–',
      computed: found.get(field) ?? '–',
    }));
}
