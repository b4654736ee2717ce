import { COLORS } from '#schemas/presentation/palette.ts';
import type { Table } from '#schemas/presentation/table.ts';
import { fittedIn } from '../measure.ts';
import type { Chart, Report, Section } from '../report/model.ts';
import { addChart, addTable } from './evidence.ts';
import { OPENING_RULE, openingParts } from './opening.ts';
import type { OwnParts } from './repair.ts';
import {
  ANSWER_HEIGHT,
  ANSWER_TOP,
  EVIDENCE_HEIGHT,
  EVIDENCE_TOP,
  FOOT_TOP,
  faceOf,
  hex,
  LEFT,
  ROOM,
  type Slide,
  WIDTH,
} from './stage.ts';

/** One question a slide: the question, one answer, the evidence. */

const ANSWER_LENGTH = { 'zh-CN': 110, en: 280 };

/** As many whole sentences as fit. */
export function firstSentences(text: string, most: number): string {
  let taken = '';
  for (const sentence of text.split(/(?<=。)|(?<=\.\s)/u)) {
    if (taken && taken.length + sentence.length > most) break;
    taken += sentence;
  }
  return taken.length > most * 1.5 ? `${[...taken].slice(0, most).join('')}…` : taken.trim();
}

const POINTS = 72;
/** Points of a slide in all. */
const TOLD = 6;
const BETWEEN = 10;
const BULLET = 27;

type Place = { x: number; y: number; w: number; h: number };
type Look = NonNullable<Parameters<Slide['addText']>[1]>;
type Sizes = { preferred: number; least: number };

/** A text as large as its place lets it be: programs shrink nothing before somebody edits. */
function addFitted(slide: Slide, text: string, place: Place, sizes: Sizes, look: Look): void {
  const box = { width: place.w * POINTS, height: place.h * POINTS };
  const { texts, size, pitch } = fittedIn([text], box, sizes);
  slide.addText(texts[0] ?? '', { ...look, ...place, margin: 0, fontSize: size, lineSpacing: pitch });
}

function frame(slide: Slide, report: Report, question: string, answer: string): void {
  const fontFace = faceOf(report.language);
  const ink = { fontFace, color: hex(COLORS.ink) };
  const muted = { fontFace, color: hex(COLORS.muted) };
  slide.background = { color: 'FFFFFF' };
  addFitted(
    slide,
    question,
    { x: LEFT, y: 0.42, w: ROOM, h: 0.7 },
    { preferred: 30, least: 16 },
    { ...ink, bold: true, valign: 'middle' },
  );
  addFitted(
    slide,
    answer,
    { x: LEFT, y: ANSWER_TOP, w: ROOM, h: ANSWER_HEIGHT },
    { preferred: 18, least: 12 },
    { ...ink, valign: 'top' },
  );
  addFitted(
    slide,
    report.subtitle,
    { x: LEFT, y: FOOT_TOP, w: ROOM - 1, h: 0.3 },
    { preferred: 12, least: 8 },
    muted,
  );
  slide.slideNumber = {
    ...muted,
    x: WIDTH - LEFT - 0.6,
    y: FOOT_TOP,
    w: 0.6,
    h: 0.3,
    fontSize: 12,
    align: 'right',
  };
}

/** What a slide shows of a section: a chart, else a table, else its points. */
export function evidenceOf({ charts, tables, slide, slideChart }: Section): { chart?: Chart; table?: Table } {
  const chart = slideChart ?? charts[0];
  if (chart?.categories.length) return { chart };
  const table = slide ?? tables[0];
  return table ? { table } : {};
}

/** The points of a slide, in the size in which they fit; undefined where there are none. */
export function fittedPoints({ points = [], findings }: Section): ReturnType<typeof fittedIn> | undefined {
  const lines = points.length
    ? points.slice(0, TOLD).map(({ lead, text }) => lead + text)
    : findings.slice(1, TOLD);
  if (!lines.length) return undefined;
  const box = { width: ROOM * POINTS - BULLET, height: EVIDENCE_HEIGHT * POINTS };
  return fittedIn(
    lines.map((text) => firstSentences(text, 160)),
    box,
    { preferred: 18, least: 12, between: BETWEEN },
  );
}

function addPoints(slide: Slide, report: Report, section: Section): void {
  const fitted = fittedPoints(section);
  if (!fitted) return;
  const { texts, size, pitch } = fitted;
  slide.addText(
    texts.map((text) => ({ text, options: { bullet: true, breakLine: true, paraSpaceAfter: BETWEEN } })),
    {
      x: LEFT,
      y: EVIDENCE_TOP,
      w: ROOM,
      h: EVIDENCE_HEIGHT,
      fontFace: faceOf(report.language),
      fontSize: size,
      lineSpacing: pitch,
      color: hex(COLORS.ink),
      valign: 'top',
      margin: 0,
    },
  );
}

/** The opening slide: whose meeting it is, its name, its day, who holds it, and what it is about. */
export function addOpening(slide: Slide, report: Report): void {
  slide.background = { color: 'FFFFFF' };
  slide.addShape('rect', {
    ...OPENING_RULE,
    fill: { color: hex(COLORS.accent) },
    line: { color: hex(COLORS.accent), width: 0 },
  });
  for (const { text, place, sizes, tone, bold = false, vertical } of openingParts(report))
    addFitted(slide, text, place, sizes, {
      fontFace: faceOf(report.language),
      align: 'center',
      color: hex(COLORS[tone]),
      bold,
      valign: vertical,
    });
}

/** The answer of a section as a slide says it: as many whole sentences as fit. */
export const answerOf = ({ language }: Pick<Report, 'language'>, { answer, findings }: Section): string =>
  firstSentences(answer ?? findings[0] ?? '', ANSWER_LENGTH[language]);

/** One section as one slide: its chart, else the table for a slide, else its first table, else its points. */
export function addSection(slide: Slide, report: Report, section: Section, own: OwnParts): void {
  const evidence = evidenceOf(section);
  frame(slide, report, section.question, answerOf(report, section));
  if (evidence.chart) addChart(slide, report, evidence.chart, own);
  else if (evidence.table) addTable(slide, report, evidence.table);
  else addPoints(slide, report, section);
}
