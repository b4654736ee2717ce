import type { Language } from '#schemas/languages.ts';
import { csvOf } from '#schemas/presentation/separated.ts';
import type { Table } from '#schemas/presentation/table.ts';
import { frameOf, type ReportData, wordsIn } from './report/frame.ts';
import { type Gathered, putTogether } from './report/gathered.ts';
import type { DocumentName, Extent, Format, PageFormat, Report, SlidesOrder } from './report/model.ts';
import { chartSheetOf } from './report/pictures.ts';
import { readable } from './report/printable.ts';
import { reportOf } from './report/report.ts';
import { activityTable } from './report/tables/activityTable.ts';

/** What is to be made. Plain data: it crosses to the worker by copy. */
export type Order = {
  document: DocumentName;
  format: Format;
  language: Language;
  /** As it was gathered, or put together already. */
  reportData: ReportData | Gathered;
  /** Which of the document's charts; its first where it is left out. For pictures only. */
  chart?: string | undefined;
  /** Of the meeting: its slides, as PPTX or on pages of a PDF, with what is said beside each where `notes` asks for that. */
  slides?: SlidesOrder | undefined;
  /** A workbook gets a sheet of activities, to be poured in by `withRows`. */
  withActivities?: boolean;
};

export type Made = {
  fileName: string;
  bytes: Uint8Array;
  /** Where rows of activities go, and the units that they are of, with their names; for workbooks that get them. */
  lastSheet: string | null;
  units: readonly (readonly [unit: string, name: string])[];
};

/** An order whose data is put together already. */
export type Whole = Order & { reportData: ReportData };

async function workbook(report: Report, order: Whole): Promise<Omit<Made, 'fileName'>> {
  const activities: Table | undefined = order.withActivities
    ? activityTable(frameOf(order.reportData, order.language))
    : undefined;
  const { workbookOf } = await import('./xlsx/workbook.ts');
  const { bytes, lastSheet } = await workbookOf(report, activities);
  if (!activities) return { bytes, lastSheet: null, units: [] };
  return { bytes, lastSheet, units: order.reportData.rows.map(({ unit, name }) => [unit, name] as const) };
}

function csv(report: Report): Uint8Array {
  const [table] = report.sheets;
  return Buffer.from(table ? [...csvOf(table)].join('') : '', 'utf8');
}

export const EXTENTS: Readonly<Record<PageFormat, Extent>> = {
  csv: 'first',
  xlsx: 'sheets',
  docx: 'pages',
  pptx: 'slides',
  pdf: 'pages',
};

/** The writers of the formats, each read when it is first needed: together they take longer than most documents. */
const WRITERS = {
  docx: async () => (await import('./docx/letter.ts')).letterOf,
  pptx: async () => (await import('./pptx/presentation.ts')).presentationOf,
  pdf: async () => (await import('./pdf/document.ts')).pdfOf,
};

const slidesName = ({ language, fileNames }: Report): string =>
  wordsIn(language).file.slidesOf(fileNames.pdf);

/** Makes a document here and now; large ones take seconds, so servers do it in a process of its own (`renderer/`). */
export async function make(asked: Order): Promise<Made> {
  const order: Whole = { ...asked, reportData: putTogether(asked.reportData) };
  const { format } = order;
  if (format === 'svg' || format === 'png') {
    const { pictureSheet } = await import('./picture/picture.ts');
    const sheet = chartSheetOf(order.document, order.reportData, order.language, order.chart);
    return {
      fileName: `${sheet.fileName}.${format}`,
      bytes: pictureSheet(sheet, format, order.language),
      lastSheet: null,
      units: [],
    };
  }
  const { slides } = order;
  const extent = slides ? 'slides' : EXTENTS[format];
  const report = reportOf(order.document, order.reportData, order.language, extent, slides?.deck);
  const fileName = `${report.fileNames[format]}.${format}`;
  const plain = (bytes: Uint8Array): Made => ({ fileName, bytes, lastSheet: null, units: [] });
  if (format === 'csv') return plain(csv(report));
  if (format === 'xlsx') return { fileName, ...(await workbook(report, order)) };
  // Tables of the other formats are searched and reckoned with, and keep plain blanks.
  const read = readable(report);
  if (slides && format === 'pdf') {
    const { pdfSlidesOf } = await import('./pdf/slides.ts');
    // Two documents of the meeting come as PDF: under one name one would take the other's place.
    return { ...plain(await pdfSlidesOf(read, slides)), fileName: `${slidesName(report)}.pdf` };
  }
  const write = await WRITERS[format]();
  return plain(await write(read));
}
