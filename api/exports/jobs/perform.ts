import type { Sources } from '#api/answers/meeting/sources.ts';
import { Problem } from '#api/http/problem.ts';
import type { Question, Reads } from '#api/ports.ts';
import type { ExportOrder } from '#schemas/results/exportJobs.ts';
import type { Standing } from '#schemas/results/results.ts';
import { readWeights } from '#schemas/weights.ts';
import { CONTENT_TYPES, type Maker } from '../documents.ts';
import { type Documents, documentNamed, documentProblem } from '../exports.ts';
import { putTogether } from '../report/gathered.ts';
import type { DocumentName } from '../report/model.ts';
import { checkReportRequest, type ReportDataSource, type ReportRequest } from '../reportData.ts';
import { lettersName, lettersZip } from '../zip.ts';
import type { JobParts, Product, Tools } from './jobs.ts';

export type PerformParts = {
  documents: Documents;
  reportDataOf: ReportDataSource;
  reads: Pick<Reads, 'standing'>;
  sources: Pick<Sources, 'pinned'>;
  make: Maker;
};

const LETTER_FORMATS = ['docx', 'pdf'] as const;
type LetterFormat = (typeof LETTER_FORMATS)[number];

const isLetterFormat = (format: string): format is LetterFormat =>
  (LETTER_FORMATS as readonly string[]).includes(format);

function requestOf<D extends DocumentName>(order: ExportOrder, document: D): ReportRequest & { document: D } {
  const { format: _f, lang: _l, document: _d, weights: written, ...filters } = order;
  const read = written === undefined ? null : readWeights(written);
  const weights = read && 'weights' in read ? read.weights : undefined;
  return { ...(filters as Omit<ReportRequest, 'document'>), ...(weights && { weights }), document };
}

/** Throws a `Problem` where the order makes no sense, before it is taken. */
export function checkOrder(order: ExportOrder): void {
  const { document, format } = order;
  if (document !== 'letters') {
    checkReportRequest(requestOf(order, documentNamed(document, format).document));
    return;
  }
  if (order.weights !== undefined) {
    const message = 'go with the document ranking only, as a trial, not with letters';
    throw new Problem('invalid', `weights: ${message}.`, { errors: [{ field: 'weights', message }] });
  }
  const field = order.unit === undefined ? 'format' : 'unit';
  if (field === 'format' && isLetterFormat(format)) return;
  const message =
    field === 'unit'
      ? 'does not go with the letters of all units; the document unit is the letter of one'
      : `must be ${LETTER_FORMATS.join(' or ')} for letters`;
  throw new Problem('invalid', `${field}: ${message}.`, { errors: [{ field, message }] });
}

/** What ordered documents are made by. Long ones speak of one moment: what is recorded meanwhile stays out. */
export function createPerform(parts: PerformParts): JobParts['perform'] {
  const { documents, reportDataOf, reads, sources, make } = parts;

  async function* standings(
    request: ReportRequest,
    units: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<Standing> {
    const { year, basis, on, asOf } = request;
    const question: Question = {
      year,
      basis,
      ...(on !== undefined && { on }),
      ...(asOf !== undefined && { asOf }),
    };
    for (const unit of units) {
      signal.throwIfAborted();
      yield await reads.standing(unit, question);
    }
  }

  /** The peers of a letter are of its unit's group; which units get one, the order says. */
  async function letters(order: ExportOrder, format: LetterFormat, tools: Tools): Promise<Product> {
    const { group, ...request } = requestOf(order, 'ranking');
    const reportData = putTogether(await reportDataOf(request, { gaps: false, board: false }));
    const units = reportData.rows.filter((row) => group === undefined || row.group === group);
    if (units.length === 0)
      throw new Problem(
        'not-found',
        `Nobody${group ? ` of the group ${group}` : ''} is ranked in ${order.year}.`,
      );
    const { signal, onProgress } = tools;
    onProgress(0, units.length);
    const body = lettersZip(
      { ...reportData, rows: reportData.rows },
      standings(
        request,
        units.map(({ unit }) => unit),
        signal,
      ),
      { make, language: order.lang, format, of: units.length, onProgress, signal },
    );
    return { fileName: lettersName(order.lang, reportData), contentType: CONTENT_TYPES.zip, body };
  }

  return async (asked, tools) => {
    checkOrder(asked);
    const order = { ...asked, ...(await sources.pinned(asked)) };
    const { document, format, lang: language } = order;
    if (document === 'letters' && isLetterFormat(format)) return mended(await letters(order, format, tools));
    const named = documentNamed(document, format);
    return documents.make(
      { ...requestOf(order, named.document), ...named, language },
      { signal: tools.signal, onRows: tools.onProgress },
    );
  };
}

/** What goes wrong on the way is said as it is when it goes wrong at once. */
const mended = (product: Product): Product => ({
  ...product,
  body: (async function* () {
    try {
      yield* product.body;
    } catch (error) {
      throw documentProblem(error);
    }
  })(),
});
