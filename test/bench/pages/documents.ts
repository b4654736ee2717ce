import type { z } from 'zod';
import { formatsOf } from '#api/exports/documents.ts';
import type { ReportData } from '#api/exports/report/frame.ts';
import { putTogether } from '#api/exports/report/gathered.ts';
import {
  DOCUMENTS,
  type DocumentName,
  type Format,
  PICTURE_FORMATS,
  type Report,
} from '#api/exports/report/model.ts';
import { reportOf } from '#api/exports/report/report.ts';
import { createReportData } from '#api/exports/reportData.ts';
import type { Commendations } from '#schemas/results/commendations.ts';
import type { GapMatrix, planAnswer, Ranking, Standing } from '#schemas/results/results.ts';
import type { Teaching } from '#schemas/results/teaching.ts';
import { getText, type Server, YEAR } from '../server.ts';
import { DOCUMENT_LIMITS } from './goals.ts';
import { UNIT_SEEN } from './questions.ts';

/** Every document in every format, and the reports that they are made from. */

export type DocumentQuestion = { document: DocumentName; format: Format; path: string };

const ofUnit = (document: DocumentName): string => (document === 'unit' ? `&unit=${UNIT_SEEN}` : '');

export const DOCUMENT_QUESTIONS: readonly DocumentQuestion[] = DOCUMENTS.flatMap((document) =>
  formatsOf(document).map((format) => ({
    document,
    format,
    path: `/exports/${document}.${format}?year=${YEAR}&basis=year${ofUnit(document)}&lang=zh-CN`,
  })),
);

export const documentName = ({ document, format }: DocumentQuestion): string => `${document}.${format}`;

/** Documents that nobody said how long they may take. */
export const withoutGoal = (): string[] =>
  DOCUMENT_QUESTIONS.filter(({ document, format }) => !DOCUMENT_LIMITS[document]?.[format]).map(documentName);

export const isPicture = ({ format }: DocumentQuestion): boolean =>
  (PICTURE_FORMATS as readonly string[]).includes(format);

/** The report of a document's pages, from the answers that the server gives to everybody. */
export async function reportFrom(server: Server, document: DocumentName): Promise<Report> {
  return reportOf(document, await reportDataFrom(server, document), 'zh-CN', 'pages');
}

/** What a document is made from. */
export async function reportDataFrom(server: Server, document: DocumentName): Promise<ReportData> {
  const read = async <T>(path: string): Promise<T> => JSON.parse(await getText(server, path)) as T;
  const seen = 'basis=year';
  const reportDataOf = createReportData({
    reads: {
      ranking: async () => ({ value: await read<Ranking>(`/rankings/${YEAR}?${seen}`) }),
      gaps: async () => ({ value: await read<GapMatrix>(`/gaps/${YEAR}?${seen}`) }),
      standing: (unit) => read<Standing>(`/units/${unit}/standing?year=${YEAR}&${seen}`),
    },
    sources: {
      plan: async () => (await read<z.infer<typeof planAnswer>>(`/plans/${YEAR}`)).plan,
      awards: async () => [],
      sealed: async () => null,
    },
    meeting: {
      commendations: async ({ quota, perGroup }) => ({
        value: await read<Commendations>(
          `/commendations/${YEAR}?${seen}&quota=${encodeURIComponent(quota)}&perGroup=${encodeURIComponent(perGroup)}`,
        ),
      }),
      teaching: async ({ limit }) => ({
        value: await read<Teaching>(`/teaching/${YEAR}?${seen}&limit=${limit}`),
      }),
    },
    now: Date.now,
  });
  const gathered = await reportDataOf({
    document,
    year: YEAR,
    basis: 'year',
    ...(document === 'unit' && { unit: UNIT_SEEN }),
  });
  return putTogether(gathered);
}
