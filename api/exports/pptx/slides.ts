import { COLORS } from '#schemas/presentation/palette.ts';
import { fittedIn } from '../measure.ts';
import type { Report, Section } from '../report/model.ts';
import { addChart, addTable } from './evidence.ts';
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

const ANSWER_LENGTH = { 'zh-CN': 110, en: 230 };

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

function addPoints(slide: Slide, report: Report, { points = [], findings }: Section): void {
  const lines = points.length
    ? points.slice(0, TOLD).map(({ lead, text }) => lead + text)
    : findings.slice(1, TOLD);
  if (!lines.length) return;
  const box = { width: ROOM * POINTS - BULLET, height: EVIDENCE_HEIGHT * POINTS };
  const { texts, size, pitch } = fittedIn(
    lines.map((text) => firstSentences(text, 160)),
    box,
    { preferred: 18, least: 12, between: BETWEEN },
  );
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

/** The opening slide. */
export function addTitle(slide: Slide, report: Report): void {
  const look = { fontFace: faceOf(report.language), align: 'center' as const };
  const muted = { ...look, color: hex(COLORS.muted) };
  const ink = { ...look, color: hex(COLORS.ink) };
  const across = { x: 1, w: WIDTH - 2 };
  slide.background = { color: 'FFFFFF' };
  slide.addShape('rect', {
    ...across,
    y: 4.25,
    h: 0.03,
    fill: { color: hex(COLORS.accent) },
    line: { color: hex(COLORS.accent), width: 0 },
  });
  addFitted(
    slide,
    report.title,
    { ...across, y: 1, h: 3 },
    { preferred: 38, least: 20 },
    { ...ink, bold: true, valign: 'bottom' },
  );
  addFitted(slide, report.subtitle, { ...across, y: 4.45, h: 0.6 }, { preferred: 18, least: 11 }, muted);
  const signed = [report.letter.signer, report.letter.date].filter(Boolean).join('   ');
  addFitted(slide, signed, { ...across, y: 5.1, h: 0.5 }, { preferred: 18, least: 11 }, ink);
  if (report.warning)
    addFitted(
      slide,
      report.warning,
      { ...across, y: 5.9, h: 0.8 },
      { preferred: 16, least: 11 },
      { ...look, color: hex(COLORS.alarm) },
    );
}

/** One section as one slide: its chart, else the table for a slide, else its first table, else its points. */
export function addSection(slide: Slide, report: Report, section: Section): void {
  const [chart] = section.charts;
  const table = section.slide ?? section.tables[0];
  const most = ANSWER_LENGTH[report.language];
  frame(slide, report, section.question, firstSentences(section.answer ?? section.findings[0] ?? '', most));
  if (chart?.categories.length) addChart(slide, report, chart);
  else if (table) addTable(slide, report, table);
  else addPoints(slide, report, section);
}
