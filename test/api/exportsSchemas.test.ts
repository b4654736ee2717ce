import { describe, expect, it } from 'vitest';
import { formatsOf, renderDocument } from '#api/exports/documents.ts';
import { make } from '#api/exports/render.ts';
import { DOCUMENTS } from '#api/exports/report/model.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import { activityRows, documentRows, type Fixture, spreadRows } from '#test/fixtures/documents.ts';
import { ODD_NAMES } from '#test/fixtures/oddNames.ts';
import { fixture, orderOf } from '#test/support/documents.ts';
import { schemaFaults, schemasUnavailable } from '#test/support/ooxml/schemas.ts';
import { packageFaults } from '#test/support/package.ts';

const why = schemasUnavailable();
if (why) process.stderr.write(`${why}\n`);

const OFFICE = ['docx', 'pptx', 'xlsx'] as const;

const ZONES: Record<string, Fixture> = {
  year: fixture,
  empty: documentRows({ basis: 'to-date', on: '2026-01-03', empty: true }),
  one: documentRows({ units: 1 }),
  odd: documentRows({ units: ODD_NAMES.length, hostile: ODD_NAMES[0] ?? '', names: ODD_NAMES.slice(1) }),
  large: documentRows({ units: 155 }),
  spread: spreadRows(),
};

async function gather(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Every document of a zone that an office program opens, in both languages; workbooks with their activities. */
async function documentsOf(zone: string, rows: Fixture): Promise<Record<string, Uint8Array>> {
  const documents: Record<string, Uint8Array> = {};
  for (const document of DOCUMENTS)
    for (const format of OFFICE.filter((one) => formatsOf(document).includes(one)))
      for (const language of LANGUAGES) {
        const activities = format === 'xlsx' ? activityRows(30) : undefined;
        const order = orderOf({
          document,
          format,
          language,
          rows,
          question: zone === 'empty' ? { complete: false } : {},
        });
        const { body } = await renderDocument(order, { make, activities: activities && (() => activities) });
        documents[`${zone}-${document}-${language}.${format}`] = await gather(body);
      }
  return documents;
}

describe('given every office document in every language, of zones as they are and as they may be', () => {
  it.skipIf(why)(
    'then every part of it is valid by the published schemas, and every package sound',
    async () => {
      const documents: Record<string, Uint8Array> = {};
      for (const [zone, rows] of Object.entries(ZONES))
        Object.assign(documents, await documentsOf(zone, rows));
      for (const [name, bytes] of Object.entries(documents)) expect(packageFaults(bytes), name).toEqual([]);
      expect(await schemaFaults(documents)).toEqual([]);
    },
    600_000,
  );
});
