import type { ActivityRow } from '#schemas/results/results.ts';
import type { Made, Order } from './render.ts';
import { type Frame, frameOf } from './report/frame.ts';
import type { DocumentName, Format } from './report/model.ts';
import { activityCells, activityDescription, activityTable } from './report/tables/activityTable.ts';
import { layOut } from './xlsx/layout.ts';
import { withRows } from './xlsx/rowStream.ts';

/**
 * The door for routes and jobs: `GET /exports/:document.:format`.
 *
 *   const renderer = openRenderer();                       // once, in the composition root
 *   if (!isSensible(document, format)) → 404
 *   const { fileName, contentType, body } = await renderDocument(order, { make: renderer.make, signal, activities });
 *   → Content-Type: contentType; Content-Disposition: dispositionOf(fileName); body in pieces
 *
 * `order.reportData` holds the plan, the rows of the ranking (of the group, where the question has one), the gap matrix
 * (needed by `gaps`, wanted by `ranking` and `meeting`) and the standing (needed by `unit`); or the answers that these are
 * read from. Throws `FontUnavailable`
 * (503, its message is for people) and the signal's reason.
 */

const FORMATS: Record<DocumentName, readonly Format[]> = {
  ranking: ['csv', 'xlsx', 'docx', 'pptx', 'pdf', 'svg', 'png'],
  unit: ['csv', 'xlsx', 'docx', 'pdf', 'svg', 'png'],
  gaps: ['csv', 'xlsx', 'docx', 'pptx', 'pdf', 'svg', 'png'],
  meeting: ['xlsx', 'docx', 'pptx', 'pdf', 'svg', 'png'],
};

/** Formats in which a document makes sense. */
export const formatsOf = (document: DocumentName): readonly Format[] => FORMATS[document];

export const isSensible = (document: DocumentName, format: Format): boolean =>
  FORMATS[document].includes(format);

const OFFICE = 'application/vnd.openxmlformats-officedocument';

export const CONTENT_TYPES: Record<Format | 'zip', string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  docx: `${OFFICE}.wordprocessingml.document`,
  pptx: `${OFFICE}.presentationml.presentation`,
  pdf: 'application/pdf',
  svg: 'image/svg+xml',
  png: 'image/png',
  zip: 'application/zip',
};

/** `attachment` with a name that every browser takes (RFC 6266): plain letters, and the real name beside them. */
export function dispositionOf(fileName: string): string {
  const plain = fileName.replace(/[^\w.-]+/g, '_');
  const real = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${real}`;
}

export type Maker = (order: Order, signal?: AbortSignal) => Promise<Made>;

export type Rendered = { fileName: string; contentType: string; body: AsyncIterable<Uint8Array> };

/** The activities of some units, in their order. */
type ActivitiesOf = (units: readonly string[]) => AsyncIterable<ActivityRow> | Iterable<ActivityRow>;

export type RenderOptions = {
  /** `renderer.make` in a server; `make` in a script. */
  make: Maker;
  signal?: AbortSignal | undefined;
  /** For a workbook: its last sheet, however many. */
  activities?: ActivitiesOf | undefined;
  /** Rows of activities written so far. */
  onRows?: ((rows: number) => void) | undefined;
};

const PIECE = 64 * 1024;

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
}

async function* activityRows(frame: Frame, units: Made['units'], rows: ReturnType<ActivitiesOf>) {
  const described = activityDescription(frame, new Map(units));
  for await (const row of rows) yield activityCells(described, row);
}

/** The document, its name, and its bytes in pieces. */
export async function renderDocument(order: Order, options: RenderOptions): Promise<Rendered> {
  const { make, signal, activities, onRows } = options;
  const poured = order.format === 'xlsx' ? activities : undefined;
  const made = await make({ ...order, withActivities: poured !== undefined }, signal);
  const pouredIn = (activitiesOf: ActivitiesOf, path: string) => {
    const frame = frameOf({ ...order.reportData, rows: [], gaps: undefined }, order.language);
    const table = activityTable(frame);
    const { columns } = table;
    const { units } = made;
    const sheet = {
      path,
      columns,
      rows: activityRows(frame, units, activitiesOf(units.map(([unit]) => unit))),
      linesOf: layOut(table).linesOf,
      above: 1,
    };
    return withRows(made.bytes, [sheet], { signal, onRows });
  };
  const body = poured && made.lastSheet ? pouredIn(poured, made.lastSheet) : pieces(made.bytes);
  return { fileName: made.fileName, contentType: CONTENT_TYPES[order.format], body };
}
