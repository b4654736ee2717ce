import { writeXlsx } from 'hucre/xlsx';
import type { ImportAnswer } from '#schemas/results/imports.ts';
import type { Product } from '#test/support/server.ts';

export const CSV = 'text/csv';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The heads that the register of units and the list of activities come with. */
export const UNIT_HEADS = '单位编号,名称,类别,班子人数,一把手';
export const ACTIVITY_HEADS = '单位编号,类型,日期,标题,应做数,完成数,一把手带头,活动编号';

/** A day on which the whole of the plan's year until November may be reported. */
export const NOVEMBER = Date.parse('2026-11-22T02:00:00Z');

type Options = { dryRun?: boolean; token?: string; type?: string; lang?: string };

/** Uploads to the product that the test file started. */
export const importCalls = (product: () => Product) => ({
  /** Brings one file of a kind; fails where the product refuses it as a whole. */
  bring: (
    kind: string,
    body: string | Uint8Array,
    { dryRun = false, token, type = CSV, lang = 'zh' }: Options = {},
  ): Promise<ImportAnswer> =>
    product().json(`/imports?kind=${kind}&dryRun=${dryRun}&lang=${lang}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      ...(token === undefined ? {} : { token }),
    }),
  /** Brings a file that is refused as a whole: the answer's status, and what it says. */
  async refused(kind: string, body: string | Uint8Array, type = CSV, token?: string) {
    const response = await product().call(`/imports?kind=${kind}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
      ...(token === undefined ? {} : { token }),
    });
    return { status: response.status, ...((await response.json()) as { detail: string; code?: string }) };
  },
});

export const statuses = ({ rows }: ImportAnswer): string[] =>
  rows.map(({ row, status }) => `${row} ${status}`);

export const problems = ({ rows }: ImportAnswer): string[] =>
  rows.flatMap(({ row, problems: all }) => all.map(({ column, message }) => `${row} ${column}: ${message}`));

/** A workbook of these sheets, the one that counts last. */
export const sheet = (rows: unknown[][], before: unknown[][][] = []): Promise<Uint8Array> =>
  writeXlsx({ sheets: [...before, rows].map((all, index) => ({ name: `s${index}`, rows: all as never })) });

/** A text as UTF-16, least significant byte first unless `big`. */
export const utf16 = (text: string, big = false): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(big ? bytes.swap16() : bytes);
};
