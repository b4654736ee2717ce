import { COLORS } from '#schemas/presentation/palette.ts';
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
  return taken.length > most * 1.5 ? `${taken.slice(0, most)}…` : taken.trim();
}

function frame(slide: Slide, report: Report, question: string, answer: string): void {
  const fontFace = faceOf(report.language);
  const colour = { fontFace, color: hex(COLORS.ink), margin: 0 };
  slide.background = { color: 'FFFFFF' };
  slide.addText(question, {
    ...colour,
    x: LEFT,
    y: 0.42,
    w: ROOM,
    h: 0.7,
    fontSize: 30,
    bold: true,
    valign: 'middle',
    fit: 'shrink',
  });
  slide.addText(answer, {
    ...colour,
    x: LEFT,
    y: ANSWER_TOP,
    w: ROOM,
    h: ANSWER_HEIGHT,
    fontSize: 18,
    valign: 'top',
    fit: 'shrink',
  });
  slide.addText(report.subtitle, {
    ...colour,
    color: hex(COLORS.muted),
    x: LEFT,
    y: FOOT_TOP,
    w: ROOM - 1,
    h: 0.3,
    fontSize: 12,
  });
  slide.slideNumber = {
    x: WIDTH - LEFT - 0.6,
    y: FOOT_TOP,
    w: 0.6,
    h: 0.3,
    fontFace,
    fontSize: 12,
    color: hex(COLORS.muted),
    align: 'right',
  };
}

function addPoints(slide: Slide, report: Report, { points = [], findings }: Section): void {
  const lines = points.length
    ? points.slice(0, 6).map(({ lead, text }) => lead + text)
    : findings.slice(1, 6);
  if (!lines.length) return;
  slide.addText(
    lines.map((text) => ({
      text: firstSentences(text, 160),
      options: { bullet: true, breakLine: true, paraSpaceAfter: 10 },
    })),
    {
      x: LEFT,
      y: EVIDENCE_TOP,
      w: ROOM,
      h: EVIDENCE_HEIGHT,
      fontFace: faceOf(report.language),
      fontSize: 18,
      color: hex(COLORS.ink),
      valign: 'top',
      margin: 0,
      fit: 'shrink',
    },
  );
}

/** The opening slide. */
export function addTitle(slide: Slide, report: Report): void {
  const text = { fontFace: faceOf(report.language), x: 1, w: WIDTH - 2, align: 'center' as const };
  slide.background = { color: 'FFFFFF' };
  slide.addShape('rect', {
    x: 1,
    y: 4.25,
    w: WIDTH - 2,
    h: 0.03,
    fill: { color: hex(COLORS.accent) },
    line: { color: hex(COLORS.accent), width: 0 },
  });
  slide.addText(report.title, {
    ...text,
    y: 2,
    h: 2,
    fontSize: 38,
    bold: true,
    color: hex(COLORS.ink),
    valign: 'bottom',
    fit: 'shrink',
  });
  slide.addText(report.subtitle, { ...text, y: 4.45, h: 0.5, fontSize: 18, color: hex(COLORS.muted) });
  slide.addText(`${report.letter.signer}   ${report.letter.date}`, {
    ...text,
    y: 5.1,
    h: 0.5,
    fontSize: 18,
    color: hex(COLORS.ink),
  });
  if (report.warning)
    slide.addText(report.warning, { ...text, y: 5.9, h: 0.5, fontSize: 16, color: hex(COLORS.alarm) });
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
