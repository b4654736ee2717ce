import { countCommendable } from '#schemas/presentation/answers/commendable.ts';
import { pointsText, shareText } from '#schemas/presentation/numbers.ts';
import { missesChart } from '../charts.ts';
import { quoted } from '../figures.ts';
import { type Frame, incidentName, someNames, topOf } from '../frame.ts';
import type { Section } from '../model.ts';
import { pairsOf } from '../pairs.ts';
import { broken } from '../shorten.ts';
import { behindTable, matrixTable, missesOf, missesPage } from '../tables/gapTables.ts';
import {
  awardTable,
  candidatesOf,
  candidateTable,
  incidentTable,
  pairTable,
} from '../tables/meetingTables.ts';

const CHARTED = 10;
const TOLD = 5;
const LISTED = 12;
/** Requirements that a page shows beside one another, with the units. */
const MATRIX_COLUMNS = 24;

/** What the whole zone misses. null without a gap matrix. */
export function missesSection(frame: Frame): Section | null {
  const { words, gaps, name } = frame;
  if (!gaps) return null;
  const misses = missesOf(frame);
  const [worst] = misses;
  const told = (requirement: (typeof misses)[number]) => ({
    lead: name(requirement.name),
    text: words.say
      .miss(requirement.clause, requirement.counted, requirement.short, shareText(requirement.mean))
      .trimEnd(),
  });
  const counted = gaps.requirements.filter((requirement) => requirement.counted > 0).length;
  return {
    id: 'misses',
    ...words.section.misses,
    findings: [
      (misses.length
        ? words.say.misses(counted, misses.length)
        : counted
          ? words.say.missesNone
          : words.say.nothing
      ).trim(),
    ],
    ...(worst && { answer: Object.values(told(worst)).join('') }),
    points: misses.slice(0, TOLD).map(told),
    charts: misses.length ? [missesChart(frame, CHARTED)] : [],
    tables: misses.length ? [missesPage(frame, LISTED)] : [],
  };
}

/** Units × requirements, a table a type; for a hall, the units that lose most. */
export function matrixSection(frame: Frame): Section | null {
  const { words, gaps } = frame;
  if (!gaps?.units.length) return null;
  const slide = behindTable(frame);
  const [first] = slide.rows;
  const most = slide.rows.filter((row) => row[3] === first?.[3]).map((row) => ({ name: String(row[1]) }));
  return {
    id: 'byCriterion',
    ...words.section.byCriterion,
    findings: [],
    ...(first && {
      slide,
      answer: words.say.losesMost(
        someNames(frame, most, TOLD),
        most.length,
        pointsText(Number(first[3]), slide.columns[3]?.decimals),
      ),
    }),
    charts: [],
    tables: frame.criteria.flatMap(({ id }) => broken(matrixTable(frame, id), MATRIX_COLUMNS)),
  };
}

export function incidentSection(frame: Frame): Section {
  const { words, rows } = frame;
  const times = new Map<string, number>();
  for (const row of rows)
    for (const { id, count } of row.deductions) times.set(id, (times.get(id) ?? 0) + count);
  const all = [...times].sort((a, b) => b[1] - a[1]);
  const table = incidentTable(frame);
  const deducted = rows.filter(({ deductions }) => deductions.length).length;
  const kinds = all.map(([id, count]) => words.say.incidentTimes(incidentName(frame, id), count));
  const sum = all.reduce((total, [, count]) => total + count, 0);
  const vetoes = rows.filter((row) => row.vetoes.length);
  const findings = [];
  if (sum) findings.push(words.say.incidents(sum, deducted, kinds.join(words.comma)).trim());
  if (vetoes.length)
    findings.push(
      `${words.column.vetoes}${words.colon}${someNames(frame, vetoes, LISTED)}${words.stop}`.trim(),
    );
  if (!findings.length) findings.push(words.say.incidentsNone.trim());
  return {
    id: 'incidents',
    ...words.section.incidents,
    findings,
    charts: [],
    tables: table.rows.length ? [table] : [],
  };
}

/** What the department decided, else whom the figures propose. */
export function candidateSection(frame: Frame): Section {
  const { words, rows, awards } = frame;
  if (awards?.length)
    return {
      id: 'awards',
      ...words.section.awards,
      findings: [words.say.awards(awards.length).trim()],
      charts: [],
      tables: [awardTable(frame)],
    };
  const candidates = candidatesOf(frame);
  const placed = rows.filter(({ rank }) => rank !== null);
  const { met, open } = countCommendable(placed);
  return {
    id: 'candidates',
    ...words.section.candidates,
    findings: [
      (candidates.length
        ? words.say.candidates(met, open, placed.length, topOf(frame))
        : words.say.candidatesNone
      ).trim(),
    ],
    charts: [],
    tables: candidates.length ? [candidateTable(frame, 'page')] : [],
  };
}

export function pairSection(frame: Frame): Section {
  const { words } = frame;
  const pairs = pairsOf(frame);
  return {
    id: 'pairs',
    ...words.section.pairs,
    findings: [(pairs.length ? words.say.pairs(pairs.length) : words.say.pairsNone).trim()],
    charts: [],
    tables: pairs.length ? [pairTable(frame, pairs)] : [],
  };
}

export function nextSection(frame: Frame): Section {
  const { words, rows, name } = frame;
  const first = missesOf(frame)
    .slice(0, 3)
    .map((requirement) => quoted(name(requirement.name)));
  const told = [first.length ? words.say.next(frame.list(first)) : words.say.nextPlain];
  if (rows.some((row) => row.vetoes.length || row.deductions.length)) told.push(words.say.nextVeto);
  if (pairsOf(frame).length) told.push(words.say.nextPairs);
  return {
    id: 'next',
    ...words.section.next,
    findings: told.map((sentence) => sentence.trim()),
    charts: [],
    tables: [],
  };
}
