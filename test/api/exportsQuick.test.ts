import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { quicken } from '#api/exports/pdf/quick/quick.ts';
import type { DocumentName } from '#api/exports/report/model.ts';
import { LANGUAGES } from '#schemas/languages.ts';
import { documentRows } from '#test/fixtures/documents.ts';
import { ODD_NAMES } from '#test/fixtures/oddNames.ts';
import { bytesOf } from '#test/support/documents.ts';

/** Names that are torn, that need other faces, that have blanks at their ends or are mostly signs. */
const NAMES = [
  'W'.repeat(200),
  'Northern Agricultural Management District '.repeat(4).trim(),
  '长'.repeat(80),
  'two  blanks, a\ttab and an end ',
  ' “quoted” first (second)-third/fourth',
  'fi ffl AVATAR To. 10,000.50%',
  ...ODD_NAMES,
];

const rows = documentRows({ units: 130, seed: 7, names: NAMES });

const CASES = LANGUAGES.flatMap((language) =>
  (['ranking', 'gaps', 'unit', 'meeting'] as const).map(
    (document): [DocumentName, (typeof LANGUAGES)[number]] => [document, language],
  ),
);

describe('a PDF made the quick way', () => {
  // A PDF says when it was made.
  beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 26) }));
  afterAll(() => {
    vi.useRealTimers();
    quicken(true);
  });

  it.each(CASES)(
    'of %s in %s is the one that pdfmake makes by itself, to the byte',
    async (document, language) => {
      const made = async (isQuick: boolean): Promise<string> => {
        // The writer switches it on once, when it is loaded.
        await import('#api/exports/pdf/document.ts');
        quicken(isQuick);
        return Buffer.from(await bytesOf({ rows, document, language })).toString('latin1');
      };
      const [own, quick] = [await made(false), await made(true)];
      expect(own.length).toBeGreaterThan(20_000);
      // Not by a diff of half a million characters.
      expect(quick === own).toBe(true);
    },
  );
});
