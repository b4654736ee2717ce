import { z } from 'zod';
import { OVERSEERS } from '#api/access/principal.ts';
import { dispositionOf } from '#api/exports/documents.ts';
import {
  checkChart,
  type DocumentRequest,
  type Documents,
  documentNamed,
  LAYOUTS,
  slidesOf,
} from '#api/exports/exports.ts';
import { checkReportRequest, type ReportRequest } from '#api/exports/reportData.ts';
import { createShares, type Shares } from '#api/exports/turns.ts';
import { flag, rankingQuery, yearParameter } from '#api/http/parameters.ts';
import { type Route, route } from '#api/http/route.ts';
import { type Deck, deckShape } from '#schemas/deck.ts';
import { unitId } from '#schemas/ids.ts';
import { type Language, lang, languageFor, spokenIn } from '#schemas/languages.ts';

type Named = { document: string; format: string };
type Asked = Omit<ReportRequest, 'document'> &
  Deck & {
    lang?: Language | undefined;
    chart?: string | undefined;
    layout?: (typeof LAYOUTS)[number] | undefined;
    notes?: boolean | undefined;
  };

const { basis, on, asOf, group, compareTo, top, weights } = rankingQuery.shape;
/** The filters of the screen. Other weights make a trial, not a result: the document says so wherever it is looked at. */
export const documentQuery = z.strictObject({
  year: yearParameter,
  basis,
  on,
  asOf,
  group,
  compareTo,
  top,
  weights,
  unit: unitId.optional(),
  chart: z.string().max(64).optional(),
  layout: z.enum(LAYOUTS).optional(),
  notes: flag.optional(),
  ...deckShape,
  lang,
});

/** Documents of one person that are made at once, and that wait for that: the others' are not held up by them. */
const SHARES = { atOnce: 2, waiting: 60 };

const named = z.strictObject({ document: z.string().max(64), format: z.string().max(16) });

export const exportRoutes = ({ documents }: { documents: Documents }): Route[] => [
  documentRoute(documents, createShares(SHARES)),
];

const documentRoute = (documents: Documents, shares: Shares): Route =>
  route<Named, Asked>({
    method: 'get',
    path: '/exports/:document.:format',
    tag: 'documents',
    roles: OVERSEERS,
    summary:
      'A document to hand out: ranking, unit, gaps or meeting, as csv, xlsx, docx, pptx or pdf, or one of its charts as svg or png',
    description:
      'From the same rows as the screen, under the same filters, as known at `asOf`. `unit` names the unit of the document `unit`. `chart` names the chart of a picture: of `ranking` and `meeting` ranking, groups, misses or requirements; of `gaps` misses or requirements; of `unit` profile or gaps; the first of these where it is left out. The file’s name is in Content-Disposition. `weights` makes a trial of the document `ranking`: it says on every page, in its name and its first line that it is no official result. `slides` chooses and orders the slides of the document `meeting` (`cover,leaders,-groups`: a minus leaves one out, and so does not naming it), `zone`, `occasion`, `heldOn` and `organiser` say what its opening slide says; they go with pptx, and with pdf where `layout=slides` asks for slides of 16:9, with `notes=true` each followed by what can be said beside it. Long ones are better ordered with POST /exports.',
    params: named,
    query: documentQuery,
    audited: 'document.exported',
    answers: { 200: { description: 'The file', type: 'application/octet-stream' } },
    async handler({ params, query, principal, headers, signal }) {
      const { lang: asked, layout, notes, slides, zone, occasion, heldOn, organiser, ...filters } = query;
      const deck = { slides, zone, occasion, heldOn, organiser };
      const language = languageFor(asked, headers['accept-language']);
      const request: DocumentRequest = {
        ...filters,
        ...documentNamed(params.document, params.format),
        language,
      };
      request.slides = slidesOf(request, { layout, notes, deck });
      checkReportRequest(request);
      checkChart(request);
      const leave = await shares.enter(principal.id, signal);
      // At the latest when the answer is over, however it ends.
      signal.addEventListener('abort', leave, { once: true });
      const { fileName, contentType, body, watermark } = await documents.make(request, { signal });
      const told = {
        'Content-Disposition': dispositionOf(fileName),
        'X-Watermark': watermark,
        ...spokenIn(language),
      };
      if (request.format === 'xlsx')
        return { headers: told, stream: { type: contentType, chunks: () => body } };
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      leave();
      return { headers: told, bytes: { content: Buffer.concat(chunks), type: contentType } };
    },
  });
