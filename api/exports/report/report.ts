import type { Deck } from '#schemas/deck.ts';
import type { Language } from '#schemas/languages.ts';
import type { Table } from '#schemas/presentation/table.ts';
import { markedName } from '#schemas/presentation/trial.ts';
import { groupChart, profileChart, rankingChart, requirementChart, unitGapChart } from './charts.ts';
import { citedClauses } from './cited.ts';
import {
  basisPhrase,
  coverOf,
  dateOf,
  fileNames,
  filterSentence,
  markOf,
  scopeSuffix,
  scopeTitle,
  warningOf,
} from './filters.ts';
import { awardsOf, type Frame, frameOf, type ReportData, ranked } from './frame.ts';
import type { Chart, DocumentName, Extent, Letter, Report, Section } from './model.ts';
import { printable, typeset } from './printable.ts';
import {
  candidateSection,
  incidentSection,
  matrixSection,
  missesSection,
  nextSection,
  pairSection,
} from './sections/findings.ts';
import { criteriaSection, groupSection, overallSection } from './sections/overall.ts';
import {
  conditionSection,
  dueSection,
  profileSection,
  selfSection,
  strengthSection,
  unitGapSection,
  unitIncidentSection,
} from './sections/unitSections.ts';
import { meetingSlides, openingOf } from './slides.ts';
import { gapSheet, matrixTable, requirementSheet } from './tables/gapTables.ts';
import { awardTable, candidateTable, incidentTable, pairTable } from './tables/meetingTables.ts';
import { groupTable, rankingSheet, scoresSheet } from './tables/rankingTables.ts';
import {
  conditionPage,
  profileTable,
  selfTable,
  unitRequirementSheet,
  windowSheet,
} from './tables/unitTables.ts';

/** Charts of a workbook name at most so many units. */
const CHARTED = 60;
const GAPS_CHARTED = 12;

/** The parts of a document; those that take time are made only where a format shows them. */
type Parts = Pick<Report, 'title' | 'fileNames' | 'letter'> & {
  sections: () => Section[];
  /** What is shown, where that is not the opening and the sections. */
  slides?: (deck: Deck) => Report['slides'];
  sheets: (() => Table)[];
  charts: () => Chart[];
};

const present = <T>(items: readonly (T | null | undefined | false)[]): T[] =>
  items.filter((item): item is T => Boolean(item));

function letterOf(frame: Frame, letter: Pick<Letter, 'addressee' | 'opening' | 'closing'>): Letter {
  const { words, question } = frame;
  // Nobody has issued a trial: it has no number, addresses nobody, orders nothing, and is not signed.
  if (question.trial)
    return { ...letter, number: '', addressee: '', closing: '', signer: '', date: dateOf(frame) };
  return {
    number: words.letter.number(question.year),
    signer: words.letter.signer,
    date: dateOf(frame),
    ...letter,
  };
}

/** What a letter opens with: the plan, its version, how many units, and on which basis. */
const openedWith = ({ plan, name, rows }: Frame): [string, number, number] => [
  name(plan.title),
  plan.version,
  rows.length,
];

function zoneSheets(frame: Frame): Parts['sheets'] {
  const { gaps } = frame;
  return [
    () => rankingSheet(frame),
    () => scoresSheet(frame),
    () => groupTable(frame),
    ...(gaps ? [() => matrixTable(frame), () => requirementSheet(frame), () => gapSheet(frame)] : []),
    () => incidentTable(frame),
    // Who is commended and who learns from whom follows from the result, and has no place in a trial.
    ...(frame.question.trial ? [] : decisionSheets(frame)),
  ];
}

function decisionSheets(frame: Frame): Parts['sheets'] {
  return [
    () => (awardsOf(frame).length ? awardTable(frame) : candidateTable(frame, 'sheet')),
    () => pairTable(frame),
  ];
}

const zoneCharts = (frame: Frame): Chart[] =>
  ranked(frame.rows).length
    ? [rankingChart(frame, CHARTED), groupChart(frame), ...(frame.gaps ? [requirementChart(frame)] : [])]
    : [];

/** What the ranking and the meeting's statistics both tell of all units. */
const zoneSections = (frame: Frame) => [
  overallSection(frame),
  groupSection(frame),
  criteriaSection(frame),
  missesSection(frame),
  incidentSection(frame),
];

function rankingParts(frame: Frame): Parts {
  const { words, question } = frame;
  const { file } = words;
  const [year, suffix] = [question.year, scopeSuffix(frame)];
  const kind = question.trial ? 'trial' : 'circular';
  const circular = file[kind](year, suffix);
  return {
    title: words.title[question.trial ? 'trial' : 'ranking'](year, scopeTitle(frame)),
    fileNames: fileNames(frame, {
      csv: file.table(year, suffix),
      xlsx: file.table(year, suffix),
      docx: circular,
      pdf: circular,
      pptx: file.slides(year, suffix),
    }),
    letter: letterOf(frame, {
      addressee: words.letter.everybody,
      opening: words.letter[question.trial ? 'openingTrial' : 'opening'](
        ...openedWith(frame),
        basisPhrase(frame),
      ),
      closing: words.letter.closing,
    }),
    sections: () =>
      present<Section>([
        ...zoneSections(frame),
        awardsOf(frame).length ? candidateSection(frame) : null,
        question.trial ? null : nextSection(frame, { pairs: false }),
      ]),
    sheets: zoneSheets(frame),
    charts: () => zoneCharts(frame),
  };
}

function meetingParts(frame: Frame): Parts {
  const { words, question } = frame;
  const name = words.file.meeting(question.year, scopeSuffix(frame));
  return {
    title: words.title.meeting(question.year, scopeTitle(frame)),
    fileNames: fileNames(frame, { csv: name, xlsx: name, docx: name, pptx: name, pdf: name }),
    letter: letterOf(frame, {
      addressee: words.letter.everybody,
      opening: words.letter.openingMeeting(...openedWith(frame), basisPhrase(frame)),
      closing: words.letter.closingOther,
    }),
    sections: () =>
      present<Section>([
        ...zoneSections(frame),
        pairSection(frame),
        candidateSection(frame),
        nextSection(frame, { pairs: true }),
      ]),
    slides: (deck) => meetingSlides(frame, deck),
    sheets: zoneSheets(frame),
    charts: () => zoneCharts(frame),
  };
}

function gapParts(frame: Frame): Parts {
  const { words, question, gaps } = frame;
  if (!gaps) throw new TypeError('the document of gaps needs the gap matrix');
  const name = words.file.gaps(question.year, scopeSuffix(frame));
  return {
    title: words.title.gaps(question.year, scopeTitle(frame)),
    fileNames: fileNames(frame, { csv: name, xlsx: name, docx: name, pptx: name, pdf: name }),
    letter: letterOf(frame, {
      addressee: words.letter.everybody,
      opening: words.letter.openingGaps(...openedWith(frame), basisPhrase(frame)),
      closing: words.letter.closingOther,
    }),
    sections: () =>
      present<Section>([missesSection(frame), matrixSection(frame), nextSection(frame, { pairs: false })]),
    sheets: [() => matrixTable(frame), () => requirementSheet(frame), () => gapSheet(frame)],
    charts: () => [requirementChart(frame)],
  };
}

function unitParts(frame: Frame): Parts {
  const { words, question, standing } = frame;
  if (!standing) throw new TypeError('the document of a unit needs its standing');
  const { name } = standing.row;
  const [plan, version] = openedWith(frame);
  const letter = words.file.unit(question.year, name);
  const table = words.file.unitTable(question.year, name);
  return {
    title: words.title.unit(question.year, name),
    fileNames: fileNames(frame, { csv: table, xlsx: table, docx: letter, pdf: letter, pptx: letter }),
    letter: letterOf(frame, {
      addressee: words.letter.unit(name),
      opening: words.letter.openingUnit(plan, version, basisPhrase(frame)),
      closing: words.letter.closingUnit,
    }),
    sections: () =>
      present<Section>([
        profileSection(frame, standing),
        strengthSection(frame, standing),
        unitGapSection(frame, standing),
        unitIncidentSection(frame, standing),
        conditionSection(frame, standing),
        selfSection(frame, standing),
        dueSection(frame, standing),
      ]),
    sheets: [
      () => unitRequirementSheet(frame, standing),
      () => profileTable(frame, standing),
      () => windowSheet(frame, standing),
      () => conditionPage(frame, standing),
      ...(standing.selfInspection ? [() => selfTable(frame, standing)] : []),
    ],
    charts: () =>
      standing.row.total === null
        ? []
        : [profileChart(frame, standing), unitGapChart(frame, standing, GAPS_CHARTED)],
  };
}

/** Whom a workbook is about: the unit, the group, or everybody. */
const subjectOf = (document: DocumentName, frame: Frame): string =>
  document === 'unit' ? (frame.standing?.row.name ?? '') : scopeTitle(frame);

const PARTS: Record<DocumentName, (frame: Frame) => Parts> = {
  ranking: rankingParts,
  unit: unitParts,
  gaps: gapParts,
  meeting: meetingParts,
};

/** Documents that hold ranks or totals against earlier ones. */
const COMPARING: ReadonlySet<DocumentName> = new Set(['ranking', 'meeting']);

/**
 * The document as it stands before it gets a format. Pure: the same rows give the same report. `extent` leaves out
 * what a format does not show, for with ten thousand units it takes seconds.
 */
export function reportOf(
  document: DocumentName,
  reportData: ReportData,
  language: Language,
  extent: Extent = 'whole',
  deck: Deck = {},
): Report {
  const frame = frameOf(reportData, language);
  const { words, question } = frame;
  const { sections, slides, sheets, charts, ...parts } = PARTS[document](frame);
  const of = { compares: COMPARING.has(document) };
  const mark = markOf(frame);
  const paged = extent === 'whole' || extent === 'pages';
  const projected = extent === 'whole' || extent === 'slides';
  const sheeted = extent === 'whole' || extent === 'sheets';
  const told = paged ? sections() : [];
  const tables = (sheeted ? sheets : extent === 'first' ? sheets.slice(0, 1) : []).map((sheet) => sheet());
  const cited = sheeted ? citedClauses(frame, tables) : null;
  const annex = citedClauses(frame, [], told);
  return printable({
    document,
    tableTitle: markedName(mark, words.title.table(question.year, subjectOf(document, frame))),
    language,
    year: question.year,
    occasion: words.programme,
    subtitle: filterSentence(frame, of),
    cover: coverOf(frame, of),
    warning: warningOf(frame),
    ...parts,
    sections: typeset(told, language),
    annex: annex && typeset(annex, language),
    opening: openingOf(frame, parts, deck),
    slides: projected ? typeset(slides?.(deck) ?? ['cover', ...sections()], language) : [],
    sheets: present([...tables, cited]).map((table) => ({ ...table, mark })),
    charts: sheeted ? charts() : [],
  });
}
