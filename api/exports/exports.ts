import type { Sources } from '#api/answers/meeting/sources.ts';
import { Problem } from '#api/http/problem.ts';
import { DECK_FIELDS, type Deck } from '#schemas/deck.ts';
import type { Language } from '#schemas/languages.ts';
import type { ActivityRow } from '#schemas/results/results.ts';
import { formatsOf, isSensible, type Maker, type Rendered, renderDocument } from './documents.ts';
import { FontUnavailable } from './fonts/woff.ts';
import {
  DOCUMENTS,
  type DocumentName,
  FORMATS,
  type Format,
  isPicture,
  PICTURE_FORMATS,
  type SlidesOrder,
} from './report/model.ts';
import { chartsOf } from './report/pictures.ts';
import { createReportData, needsOf, type ReportDataParts, type ReportRequest } from './reportData.ts';
import { MOST_ROWS } from './xlsx/rowStream.ts';

export type DocumentRequest = ReportRequest & {
  format: Format;
  language: Language;
  /** For pictures: which of the document's charts; its first where it is left out. */
  chart?: string | undefined;
  slides?: SlidesOrder | undefined;
};

export type MakeOptions = {
  signal?: AbortSignal | undefined;
  /** Rows of activities written so far, and how many there will be at most. */
  onRows?: ((done: number, of: number) => void) | undefined;
};

/** A document, with the watermark of what it says. */
export type Exported = Rendered & { watermark: string; on: string };

export type Documents = {
  /** Throws a `Problem` where the document cannot be made. */
  make(request: DocumentRequest, options?: MakeOptions): Promise<Exported>;
};

const isDocument = (name: string): name is DocumentName => (DOCUMENTS as readonly string[]).includes(name);
const isFormat = (name: string): name is Format => (FORMATS as readonly string[]).includes(name);

/** The document and format that are meant; a problem that names what there is where they make no sense. */
export function documentNamed(document: string, format: string): { document: DocumentName; format: Format } {
  if (!isDocument(document))
    throw new Problem('not-found', `There is no document ${document}; there are ${DOCUMENTS.join(', ')}.`);
  if (isFormat(format) && isSensible(document, format)) return { document, format };
  const formats = formatsOf(document).join(', ');
  throw new Problem('not-found', `The document ${document} comes as ${formats}, not as ${format}.`);
}

/** The chart that is meant: one that the document has, and only for a picture. */
export function checkChart({
  document,
  format,
  chart,
}: Pick<DocumentRequest, 'document' | 'format' | 'chart'>): void {
  if (chart === undefined) return;
  const charts = chartsOf(document);
  if (isPicture(format) && charts.includes(chart)) return;
  const message = isPicture(format)
    ? `must be one of ${charts.join(', ')} for the document ${document}`
    : `goes with ${PICTURE_FORMATS.join(' and ')} only, not with ${format}`;
  throw new Problem('invalid-parameter', `chart: ${message}.`, { errors: [{ field: 'chart', message }] });
}

/** How the meeting is laid out as PDF: pages to read, or its slides. */
export const LAYOUTS = ['pages', 'slides'] as const;
type SlidesAsked = { layout?: (typeof LAYOUTS)[number] | undefined; notes?: boolean | undefined; deck: Deck };

/** The slides that are meant; undefined for what has none. What goes with slides alone is refused elsewhere. */
export function slidesOf(
  { document, format }: Pick<DocumentRequest, 'document' | 'format'>,
  { layout, notes, deck }: SlidesAsked,
): SlidesOrder | undefined {
  const isMeeting = document === 'meeting';
  const isPdf = isMeeting && format === 'pdf' && layout === 'slides';
  if (
    layout !== undefined &&
    !(isMeeting && (format === 'pdf' || (format === 'pptx' && layout === 'slides')))
  )
    throw refused('layout', 'goes with the document meeting as pdf, which pptx has as slides anyway');
  if (notes !== undefined && !isPdf)
    throw refused('notes', 'go with the document meeting as pdf with layout=slides; pptx has them anyway');
  const isShown = isPdf || (isMeeting && format === 'pptx');
  const [field] = DECK_FIELDS.filter((one) => deck[one] !== undefined);
  if (!isShown && field !== undefined)
    throw refused(field, 'goes with the document meeting as pptx, or as pdf with layout=slides');
  return isShown ? { deck, notes: notes ?? false } : undefined;
}

const refused = (field: string, message: string): Problem =>
  new Problem('invalid-parameter', `${field}: ${message}.`, { errors: [{ field, message }] });

/** A missing font is the administrator's to mend, and said as it is. */
export function documentProblem(error: unknown): unknown {
  return error instanceof FontUnavailable ? new Problem('unavailable', error.message) : error;
}

type Poured = { of(units: readonly string[]): AsyncIterable<ActivityRow>; count: number } | undefined;

export type DocumentParts = ReportDataParts & { sources: Sources; make: Maker };

export function createDocuments(parts: DocumentParts): Documents {
  const reportDataOf = createReportData(parts);

  /** The activities of a workbook. More than a sheet can hold are left out altogether, rather than in part. */
  async function poured(request: DocumentRequest): Promise<Poured> {
    if (request.format !== 'xlsx' || request.document === 'gaps') return undefined;
    const count = await parts.sources.countActivities(request);
    const { unit } = request;
    return count > MOST_ROWS
      ? undefined
      : { of: (units) => parts.sources.activities(request, unit === undefined ? units : [unit]), count };
  }

  return {
    async make(request, { signal, onRows } = {}) {
      const { document, format, language, chart, slides } = request;
      const reportData = await reportDataOf(request, needsOf(document, format));
      const activities = await poured(request);
      try {
        const rendered = await renderDocument(
          { document, format, language, reportData, chart, slides },
          {
            make: parts.make,
            signal,
            activities: activities?.of,
            onRows: (rows) => onRows?.(rows, activities?.count ?? rows),
          },
        );
        const { watermark, on } = reportData.question;
        return { ...rendered, watermark, on };
      } catch (error) {
        throw documentProblem(error);
      }
    },
  };
}
