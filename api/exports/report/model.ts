import type { Standing } from '#schemas/cut.ts';
import type { Day } from '#schemas/dates.ts';
import type { Deck } from '#schemas/deck.ts';
import type { Language } from '#schemas/languages.ts';
import type { Span } from '#schemas/presentation/dotPlot.ts';
import type { Table } from '#schemas/presentation/table.ts';
import type { Basis } from '#schemas/results/results.ts';

/**
 * A document before it has a format: what it says, in one language. Builders (rows → report) are pure; the format
 * writers know reports only, so every format says the same.
 */

export const DOCUMENTS = ['ranking', 'unit', 'gaps', 'meeting'] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

/** Formats of the document itself, and those of one of its charts. */
export const PAGE_FORMATS = ['csv', 'xlsx', 'docx', 'pptx', 'pdf'] as const;
export const PICTURE_FORMATS = ['svg', 'png'] as const;
export const FORMATS = [...PAGE_FORMATS, ...PICTURE_FORMATS] as const;
export type PageFormat = (typeof PAGE_FORMATS)[number];
export type PictureFormat = (typeof PICTURE_FORMATS)[number];
export type Format = (typeof FORMATS)[number];

export const isPicture = (format: Format): format is PictureFormat =>
  (PICTURE_FORMATS as readonly string[]).includes(format);

/** What was asked and what the answer reflects; the same words as the filters on screen are made of it. */
export type Question = {
  year: number;
  basis: Basis;
  on: Day;
  /** A recorded time, where the past is replayed. */
  asOf?: string | null | undefined;
  group?: string | undefined;
  /** A recorded time, or a year. */
  compareTo?: string | number | undefined;
  /** Nobody had a rank then. */
  nothingThen?: true | undefined;
  /** The version of the year's plan that made the ranks then, where it is another one. */
  versionThen?: number | undefined;
  /** N of "stable in the top N"; a tenth of the ranked units where it is left out. */
  top?: number | undefined;
  /** Under other weights than the plan's: the document says on every page that it is no result. */
  trial?: boolean | undefined;
  /** The number of the year's seal, where there is one and the figures are of later than it. */
  sealed?: number | undefined;
  watermark: string;
  complete: boolean;
  /** When the document is made (RFC 3339): its date and what the cover says. */
  madeAt: string;
};

export type Series = { name: string; color: string; values: (number | null)[] };

/** Bars lie, columns stand, dots have a reach on either side. A chart's figures can be edited where the format has charts of its own. */
export type Chart = {
  id: string;
  kind: 'bars' | 'columns' | 'dots';
  title: string;
  /** What it shows, for those who cannot see it. */
  alt: string;
  categories: string[];
  series: Series[];
  stacked: boolean;
  /** What stands at the end of each stacked bar, where it is not the sum of its parts. */
  ends?: string[];
  /** The reach of each dot, in values; null where nobody knows it. */
  spans?: (Span | null)[];
  /** The axis of values: its name, ends, steps and number format. It begins at zero where nothing else is said. */
  axis: { name: string; min?: number; max?: number; step?: number; share?: boolean };
  note?: string;
  /** Said below it where it stands by itself, however much of it is shown: in a document the text around it says it. */
  alone?: string;
  /** What the bars are in the order of, those that are left out among them. */
  standings?: Standing[];
  /** What is said of a chart that is cut. */
  cut?: 'firstOf' | 'cutTop';
};

/** One chart by itself, with what the document around it would say. */
export type ChartSheet = {
  chart: Chart;
  title: string;
  /** The filters in one sentence, as on screen. */
  subtitle: string;
  /** Why there is nothing to draw, or null. */
  nothing: string | null;
  warning: string | null;
  /** What the figures rest on. */
  notes: string[];
  fileName: string;
};

/** A numbered paragraph: 1. what, then the rest. */
export type Point = { lead: string; text: string };

export type Section = {
  id: string;
  /** As on screen and on a slide: 谁走在前面? */
  question: string;
  /** As in an official document, without its number: 总体情况 */
  heading: string;
  findings: string[];
  /** What answers the question in one sentence, where that is not the first finding. */
  answer?: string;
  points?: Point[];
  /** Points are headings, (一), or items, 1. (the default). */
  numbering?: 'headings' | 'items';
  charts: Chart[];
  tables: Table[];
  /** What a hall can read, where the tables are too broad for a slide, or the chart tells too little there. */
  slide?: Table;
  slideChart?: Chart;
};

/** What frames a letter: whom it addresses, how it opens and closes, who signs. */
export type Letter = {
  number: string;
  addressee: string;
  opening: string;
  closing: string;
  signer: string;
  date: string;
};

/** Which slides are made; `notes`: whether a PDF has what is said beside each, on a page of its own. */
export type SlidesOrder = { deck: Deck; notes: boolean };

/** How much of a report is made: the pages, the slides, the sheets, the first sheet alone, or everything. */
export type Extent = 'pages' | 'slides' | 'sheets' | 'first' | 'whole';

/** What the opening slide says. */
export type Opening = { zone: string; occasion: string; date: string; organiser: string };

export type Report = {
  document: DocumentName;
  language: Language;
  year: number;
  title: string;
  /** What its workbook is called: 统计表. */
  tableTitle: string;
  /** The name that readers call it in the file's properties and on a title slide. */
  occasion: string;
  /** The filters in one sentence, as on screen. */
  subtitle: string;
  /** Without extension; safe on every file system. */
  fileNames: Record<PageFormat, string>;
  letter: Letter;
  /** Said at the head while the data is not complete. */
  warning: string | null;
  /** What the document rests on: plan, basis, time, watermark, completeness. */
  cover: [label: string, value: string][];
  sections: Section[];
  opening: Opening;
  /** What is shown, in order; empty where no slides are made. */
  slides: ('cover' | Section)[];
  /** The texts of the clauses that its pages name; the workbook has a sheet of them. */
  annex: Table | null;
  /** Every table of the workbook, with all rows; the first is what CSV writes. */
  sheets: Table[];
  /** Charts of the workbook. */
  charts: Chart[];
};
