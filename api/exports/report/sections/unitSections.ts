import {
  besideMedian,
  type DueFact,
  dueFact,
  gapsFact,
  overclaimed,
  type PlaceFact,
  placeFacts,
  verdictFact,
} from '#schemas/presentation/answers/letter.ts';
import { gapsOf, isFloored } from '#schemas/presentation/answers/unit.ts';
import { dayText } from '#schemas/presentation/days.ts';
import { inQuotes } from '#schemas/presentation/names.ts';
import { gapText, partsDiffer, pointsText, shareText } from '#schemas/presentation/numbers.ts';
import { tableDecimals } from '#schemas/presentation/table.ts';
import { deductionEffect } from '#schemas/presentation/tables/incidents.ts';
import type { RequirementRow, Standing } from '#schemas/results/results.ts';
import { profileChart } from '../charts.ts';
import { type Frame, incidentName } from '../frame.ts';
import type { Point, Section } from '../model.ts';
import { extremes } from '../tables/meetingTables.ts';
import {
  claimsOf,
  conditionPage,
  missing,
  profileOf,
  profileTable,
  selfTable,
  unitGapPage,
} from '../tables/unitTables.ts';

/** The letter to a unit: facts of its tables, worded for paper. */

const TOLD = 5;

function placeSentence(frame: Frame, { row }: Standing, fact: PlaceFact): string {
  const { say } = frame.words;
  if (fact.kind === 'no-place') return say.noPlace;
  if (fact.kind === 'only') return say.placeOnly(frame.totalText(fact.total));
  if (fact.kind === 'met') return say.met(fact.met, fact.counted);
  if (fact.kind === 'band')
    return fact.best === fact.worst ? say.bandUnitSure : say.bandUnit(fact.best, fact.worst);
  const { total, rank, of, groupRank, groupOf } = fact;
  return say.placeUnit(frame.totalText(total), rank, of, frame.term(row.group), groupRank, groupOf);
}

export function profileSection(frame: Frame, standing: Standing): Section {
  const { say, section } = frame.words;
  const place = placeFacts(standing, frame.rows).map((fact) => placeSentence(frame, standing, fact));
  const ends = extremes(frame, standing.row);
  // As many as the table below has.
  const decimals = tableDecimals(profileTable(frame, standing), 'score');
  const types = ends
    ? say.bestType(
        ends.best.label,
        pointsText(ends.best.score, decimals),
        ends.worst.label,
        pointsText(ends.worst.score, decimals),
      )
    : '';
  return {
    id: 'profile',
    ...section.profile,
    findings: [place.join('').trim(), types.trim()].filter(Boolean),
    charts: standing.row.total === null ? [] : [profileChart(frame, standing)],
    tables: [profileTable(frame, standing)],
  };
}

export function strengthSection(frame: Frame, standing: Standing): Section {
  const { say, section } = frame.words;
  const { above } = besideMedian(profileOf(frame, standing));
  const met = frame.criteria.flatMap(({ id, label }) => {
    const names = standing.requirements
      .filter((row) => row.criterion === id && row.attainment === 1)
      .map((row) => frame.name(row.name));
    return names.length ? [say.fullyMet(label, frame.list(names)).trim()] : [];
  });
  return {
    id: 'strengths',
    ...section.strengths,
    findings: [
      (above.length ? say.aboveGroup(frame.list(above.map(({ label }) => label))) : '').trim(),
      ...(met.length ? met : [say.noneMet.trim()]),
    ].filter(Boolean),
    charts: [],
    tables: [],
  };
}

function gapPoint(frame: Frame, gap: RequirementRow, now: number | null, decimals?: number): Point {
  const { say, stop, between, comma } = frame.words;
  const lacks = missing(frame, gap);
  const [actual = '', required = ''] = lacks?.split('/') ?? [];
  const share = shareText(gap.attainment);
  let text =
    gap.lost === null
      ? say.gapFree(gap.clause, share)
      : say.gap(gap.clause, share, gapText(gap.lost, decimals));
  if (lacks) {
    const sentence = gap.windows.length > 1 ? say.gapMissed(lacks) : say.gapMissedYear(actual, required);
    text += frame.language === 'en' ? sentence : `${comma}${sentence}`;
  }
  if (gap.rankIfClosed !== null && now !== null && gap.rankIfClosed < now) {
    const sentence = say.gapClosed(gap.rankIfClosed, now);
    text += frame.language === 'en' ? sentence : `${between}${sentence}`;
  }
  return { lead: frame.name(gap.name), text: `${text}${stop}`.trimEnd() };
}

export function unitGapSection(frame: Frame, standing: Standing): Section {
  const { say, section } = frame.words;
  const fact = gapsFact(standing, TOLD);
  const { below } = besideMedian(profileOf(frame, standing));
  const beside = below.length ? say.belowGroup(frame.list(below.map(({ label }) => label))) : '';
  const head = { id: 'unitGaps', ...section.unitGaps, charts: [] };
  if (fact.kind !== 'gaps') {
    const none = fact.kind === 'full' ? say.unitGapsNone : say.nothing;
    return { ...head, findings: [beside.trim(), none.trim()].filter(Boolean), tables: [] };
  }
  const { shown, level } = fact.told;
  const table = unitGapPage(frame, standing);
  const decimals = tableDecimals(table, 'lost');
  const open = fact.open > 0 ? say.unitStillOpen(fact.open) : '';
  const told =
    fact.lost === 0
      ? say.unitGapsFree(fact.gaps, open, shown.length)
      : say.unitGaps(fact.gaps, gapText(fact.lost, decimals), open, shown.length, level);
  const parts = gapsOf(standing).map(({ lost }) => lost ?? 0);
  const isOff = partsDiffer(parts, fact.lost, decimals);
  return {
    ...head,
    findings: [beside.trim(), told.trim()].filter(Boolean),
    points: shown.map((gap) => gapPoint(frame, gap, standing.row.rank, decimals)),
    tables: [isOff ? { ...table, note: say.roundedParts } : table],
  };
}

export function unitIncidentSection(frame: Frame, { row }: Standing): Section {
  const { say, section, stop } = frame.words;
  const findings: string[] = [];
  if (row.vetoes.length) {
    const names = frame.list(row.vetoes.map((id) => incidentName(frame, id)));
    const [total, uncapped] = [frame.totalText(row.total), frame.totalText(row.totalWithoutVeto)];
    const capped = row.total !== row.totalWithoutVeto;
    const barred = row.total === null ? say.unitVetoUnranked(names) : say.unitVetoBelow(names, total);
    findings.push((capped ? say.unitVeto(names, total, uncapped) : barred).trim());
  }
  const deductions = row.deductions.map((one) =>
    say.unitIncident(incidentName(frame, one.id), one.count, deductionEffect(frame, frame.plan, one)),
  );
  const floored = isFloored(row) ? say.unitFloored : '';
  if (deductions.length) findings.push(`${deductions.join(frame.words.between)}${stop}${floored}`.trim());
  return {
    id: 'incidents',
    ...section.incidents,
    findings: findings.length ? findings : [say.unitClean.trim()],
    charts: [],
    tables: [],
  };
}

export function conditionSection(frame: Frame, standing: Standing): Section {
  const { say, section } = frame.words;
  const { kind, vetoed, missed, open } = verdictFact(standing);
  const named = (condition: Standing['conditions'][number]) =>
    condition.name ? frame.name(condition.name) : condition.id;
  const bars = [
    ...(vetoed ? [say.vetoBars] : []),
    ...missed.map((item) => say.conditionMissing(named(item))),
  ];
  const verdict = {
    met: say.eligible,
    open: say.openConditions(open.length),
    barred: say.notEligible(frame.list(bars)),
    'not-yet': say.notYetEligible,
  }[kind];
  const upcoming = open.map((item) => say.conditionBy(named(item), dayText(frame.language, item.by)));
  return {
    id: 'conditions',
    ...section.conditions,
    findings: [(verdict + (open.length ? say.conditionsOpen(frame.list(upcoming)) : '')).trim()],
    charts: [],
    tables: standing.conditions.length ? [conditionPage(frame, standing)] : [],
  };
}

/** Self-scores beside the evaluation; null where none was submitted. */
export function selfSection(frame: Frame, standing: Standing): Section | null {
  const { say, section } = frame.words;
  if (!standing.selfInspection) return null;
  const over = overclaimed(claimsOf(frame, standing));
  return {
    id: 'self',
    ...section.self,
    findings: [(over > 0 ? say.self(over) : say.selfFair).trim()],
    charts: [],
    tables: [selfTable(frame, standing, 'page')],
  };
}

function dueSentence({ words: { say }, question }: Frame, fact: DueFact): string {
  const ahead = fact.ahead > 0 ? say.dueAhead(fact.ahead) : '';
  // What introduces the list stands last.
  if (fact.kind === 'due') return `${ahead}${say.dueSome(fact.requirements)}`;
  if (fact.kind === 'too-late') return `${say.dueLate(fact.gaps, question.year)}${ahead}`;
  return ahead || say.dueNone;
}

/** What can still be made up, nearest day first; within a day what costs most comes first. */
export function dueSection(frame: Frame, standing: Standing): Section {
  const { say, section, stop } = frame.words;
  const fact = dueFact(standing);
  const days = fact.kind === 'due' ? fact.days : [];
  return {
    id: 'due',
    ...section.due,
    findings: [dueSentence(frame, fact).trim()],
    points: days.map(({ day, items }) => ({
      lead: say.dueBy(dayText(frame.language, day)),
      text: `${frame.list(items.map(({ name, clause }) => say.dueItem(inQuotes(frame.name(name)), clause)))}${stop}`.trimEnd(),
    })),
    charts: [],
    tables: [],
  };
}
