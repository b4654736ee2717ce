import type { Language } from '#schemas/languages.ts';
import { NOTHING } from '#schemas/presentation/numbers.ts';
import { markedName } from '#schemas/presentation/trial.ts';
import {
  groupChart,
  missesChart,
  profileChart,
  rankingChart,
  requirementChart,
  unitGapChart,
} from './charts.ts';
import { moment, safeFileName } from './figures.ts';
import { dayEnding, filterSentence, markOf, scopeSuffix, scopeTitle, warningOf } from './filters.ts';
import { type Frame, frameOf, type ReportData } from './frame.ts';
import type { Chart, ChartSheet, DocumentName } from './model.ts';
import { printable, typeset } from './printable.ts';

/** The charts of documents, each by itself. */

/** As many bars as a picture can hold and an eye can follow. */
const UNITS = 60;
const MISSED = 10;
const UNIT_GAPS = 12;

type ChartOf = (frame: Frame) => Chart;

function standingOf({ standing }: Frame) {
  if (!standing) throw new TypeError('the charts of a unit need its standing');
  return standing;
}

const misses: ChartOf = (frame) => missesChart(frame, MISSED);
const ZONE: Record<string, ChartOf> = {
  ranking: (frame) => rankingChart(frame, UNITS),
  groups: groupChart,
  misses,
  requirements: requirementChart,
};

const CHARTS: Record<DocumentName, Record<string, ChartOf>> = {
  ranking: ZONE,
  meeting: ZONE,
  gaps: { misses, requirements: requirementChart },
  unit: {
    profile: (frame) => profileChart(frame, standingOf(frame)),
    gaps: (frame) => unitGapChart(frame, standingOf(frame), UNIT_GAPS),
  },
};

/** The charts that a document has, by their ids; the first is meant where none is named. */
export const chartsOf = (document: DocumentName): readonly string[] => Object.keys(CHARTS[document]);

const isEmpty = ({ series }: Chart): boolean =>
  series.every(({ values }) => values.every((value) => value === null));

/** Whose chart it is; a unit's with where it stands. */
function ownerOf(frame: Frame, chart: Chart): Pick<ChartSheet, 'title' | 'subtitle' | 'fileName'> {
  const { words, question, standing } = frame;
  const [filters, { file, colon }] = [filterSentence(frame, { compares: false }), words];
  if (!standing) {
    const scope = scopeTitle(frame);
    return {
      title: scope ? `${scope}${colon}${chart.title}` : chart.title,
      subtitle: filters,
      fileName: safeFileName(
        markedName(markOf(frame), file.chart(question.year, chart.title, scopeSuffix(frame))),
        dayEnding(frame),
      ),
    };
  }
  const { name, total } = standing.row;
  return {
    title: `${name}${colon}${chart.title}`,
    subtitle: `${filters} · ${words.chart.total} ${frame.totalText(total)} · ${words.column.rank} ${frame.placeOf(standing.row) ?? NOTHING}`,
    fileName: safeFileName(file.unitChart(question.year, chart.title, name), dayEnding(frame)),
  };
}

/** What the figures rest on. */
function notesOf({ words, plan, question, name }: Frame, { note, alone }: Chart): string[] {
  const { cover, colon } = words;
  return [
    ...(note ? [note] : []),
    ...(alone ? [alone] : []),
    `${cover.plan}${colon}${cover.planIs(name(plan.title), plan.version)}`,
    [
      `${cover.watermark}${colon}${question.watermark}`,
      `${cover.madeAt}${colon}${moment(plan.timezone, question.madeAt)}`,
    ].join(' · '),
  ];
}

/** A chart of the document, ready to be drawn. Pure: the same rows give the same sheet. */
export function chartSheetOf(
  document: DocumentName,
  reportData: ReportData,
  language: Language,
  id = chartsOf(document)[0] ?? '',
): ChartSheet {
  const about = document === 'unit' ? reportData : { ...reportData, standing: undefined };
  const frame = frameOf(about, language);
  const draw = CHARTS[document][id];
  if (!draw) throw new TypeError(`the document ${document} has no chart ${id}`);
  const chart = draw(frame);
  return printable({
    ...ownerOf(frame, chart),
    chart: typeset(chart, language),
    warning: warningOf(frame),
    notes: notesOf(frame, chart),
    nothing: isEmpty(chart) ? frame.words.say.nothing.trim() : null,
  });
}
