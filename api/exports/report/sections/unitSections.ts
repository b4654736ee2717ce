import { entryOf } from '#schemas/entries.ts';
import { gapsOf } from '#schemas/presentation/answers/unit.ts';
import {
  decimalsApart,
  exactDifference,
  exactSum,
  plainText,
  pointsText,
  shareText,
} from '#schemas/presentation/numbers.ts';
import type { RequirementRow, Standing } from '#schemas/results/results.ts';
import { profileChart } from '../charts.ts';
import { textDay } from '../figures.ts';
import { type Frame, incidentName } from '../frame.ts';
import type { Point, Section } from '../model.ts';
import { extremes } from '../tables/meetingTables.ts';
import {
  conditionPage,
  missing,
  profileOf,
  profileTable,
  selfTable,
  unitGapPage,
} from '../tables/unitTables.ts';

const TOLD = 5;
const DISTANCE = 10;

const isMet = ({ attainment }: RequirementRow): boolean => attainment === 1;

function placeSentences(frame: Frame, { row, requirements }: Standing): string {
  const { say } = frame.words;
  if (row.rank === null || row.total === null) return say.noPlace;
  const peers = frame.rows.filter(({ group, rank }) => group === row.group && rank !== null).length;
  const group = frame.term(row.group);
  const counted = requirements.filter(({ attainment }) => attainment !== null);
  return (
    say.placeUnit(frame.totalText(row.total), row.rank, row.of, group, row.groupRank ?? 1, peers) +
    (row.band ? (row.band[0] === row.band[1] ? say.bandUnitSure : say.bandUnit(...row.band)) : '') +
    say.met(counted.filter(isMet).length, counted.length)
  );
}

export function profileSection(frame: Frame, standing: Standing): Section {
  const { say, section } = frame.words;
  const ends = extremes(frame, standing.row);
  const decimals = decimalsApart([ends?.best.score, ends?.worst.score]);
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
    findings: [placeSentences(frame, standing).trim(), types.trim()].filter(Boolean),
    charts: standing.row.total === null ? [] : [profileChart(frame, standing)],
    tables: [profileTable(frame, standing)],
  };
}

export function strengthSection(frame: Frame, standing: Standing): Section {
  const { say, section } = frame.words;
  const profile = profileOf(frame, standing);
  const above = profile.filter(({ own, median }) => own !== null && median !== null && own > median);
  const met = frame.criteria.flatMap(({ id, label }) => {
    const names = standing.requirements
      .filter((row) => row.criterion === id && isMet(row))
      .map((row) => frame.name(row.name));
    return names.length ? [say.fullyMet(label, names.join(frame.words.between)).trim()] : [];
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

function gapPoint(frame: Frame, gap: RequirementRow, now: number | null): Point {
  const { say, stop, between, comma } = frame.words;
  const lacks = missing(frame, gap);
  const [actual = '', required = ''] = lacks?.split('/') ?? [];
  let text = say.gap(gap.clause, shareText(gap.attainment), pointsText(gap.lost));
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
  const gaps = gapsOf(standing);
  const lost = exactSum(gaps.map(({ lost }) => lost ?? 0));
  const counted = standing.requirements.some(({ attainment }) => attainment !== null);
  const none = counted ? say.unitGapsNone : say.nothing;
  const told = gaps.slice(0, TOLD);
  const below = profileOf(frame, standing).filter(
    ({ own, median }) => own !== null && median !== null && own < median,
  );
  return {
    id: 'unitGaps',
    ...section.unitGaps,
    findings: [
      (below.length ? say.belowGroup(frame.list(below.map(({ label }) => label))) : '').trim(),
      (gaps.length ? say.unitGaps(gaps.length, pointsText(lost), told.length) : none).trim(),
    ].filter(Boolean),
    points: told.map((gap) => gapPoint(frame, gap, standing.row.rank)),
    charts: [],
    tables: gaps.length ? [unitGapPage(frame, standing)] : [],
  };
}

export function unitIncidentSection(frame: Frame, { row }: Standing): Section {
  const { say, section, stop } = frame.words;
  const findings: string[] = [];
  if (row.vetoes.length) {
    const names = frame.list(row.vetoes.map((id) => incidentName(frame, id)));
    const [total, uncapped] = [frame.totalText(row.total), frame.totalText(row.totalWithoutVeto)];
    const capped = row.total !== row.totalWithoutVeto;
    findings.push((capped ? say.unitVeto(names, total, uncapped) : say.unitVetoBelow(names, total)).trim());
  }
  const deductions = row.deductions.map(({ id, count, points }) =>
    say.unitIncident(incidentName(frame, id), count, plainText(points)),
  );
  if (deductions.length) findings.push(`${deductions.join(frame.words.between)}${stop}`.trim());
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
  const { row, conditions } = standing;
  const named = (condition: Standing['conditions'][number]) =>
    condition.name ? frame.name(condition.name) : condition.id;
  const missed = conditions
    .filter(({ status }) => status === 'missed')
    .map((item) => say.conditionMissing(named(item)));
  const open = conditions.filter(({ status }) => status === 'open');
  const bars = [...(row.vetoes.length ? [say.vetoBars] : []), ...missed];
  const upcoming = open.map((item) => say.conditionBy(named(item), textDay(frame.language, item.by)));
  const verdict = row.eligible
    ? open.length
      ? say.openConditions(open.length)
      : say.eligible
    : bars.length
      ? say.notEligible(frame.list(bars))
      : say.notYetEligible;
  return {
    id: 'conditions',
    ...section.conditions,
    findings: [(verdict + (open.length ? say.conditionsOpen(frame.list(upcoming)) : '')).trim()].filter(
      Boolean,
    ),
    charts: [],
    tables: conditions.length ? [conditionPage(frame, standing)] : [],
  };
}

/** Self-scores beside the evaluation; null where none was submitted. */
export function selfSection(frame: Frame, standing: Standing): Section | null {
  const { say, section } = frame.words;
  const { selfInspection, row } = standing;
  if (!selfInspection) return null;
  const over = frame.criteria.filter(({ id }) => {
    const [self, score] = [entryOf(selfInspection?.criteria, id)?.selfScore, entryOf(row.criteria, id)];
    return self !== undefined && score != null && exactDifference(self, score) >= DISTANCE;
  });
  return {
    id: 'self',
    ...section.self,
    findings: [(over.length ? say.self(over.length) : say.selfFair).trim()],
    charts: [],
    tables: [selfTable(frame, standing, 'page')],
  };
}

/** What can still be made up, nearest day first; within a day what costs most comes first. */
export function dueSection(frame: Frame, standing: Standing): Section {
  const { say, section, stop, between } = frame.words;
  const due = standing.requirements.filter(({ due, attainment }) => due !== null && attainment !== 1);
  const days = [...new Set(due.map((row) => row.due ?? ''))].sort();
  return {
    id: 'due',
    ...section.due,
    findings: [(due.length ? say.dueSome(due.length) : say.dueNone).trim()],
    points: days.map((day) => {
      const items = due.filter((row) => row.due === day).sort((a, b) => (b.lost ?? 0) - (a.lost ?? 0));
      const named = items.map(({ name, clause }) => say.dueItem(frame.name(name), clause));
      return {
        lead: say.dueBy(textDay(frame.language, day)),
        text: `${named.join(between)}${stop}`.trimEnd(),
      };
    }),
    charts: [],
    tables: [],
  };
}
