import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/**
 * Whoever adds a type of measure is led by the compiler: it is added to the plan's schema in memory here, and every
 * file that has to decide something about it must fail. What compares with one type's name instead would be silent.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const PLAN = join(ROOT, 'schemas/plan.ts');
const LAST = "z.strictObject({ type: z.literal('appraisal'), whenNone }),";

/** A type that no plan will ever have, so that whoever adds a real one does not meet it here. */
const ADDED = "z.strictObject({ type: z.literal('type-of-this-test'), days: z.int() }),";

/** Files that say something of each type of measure. */
const DECIDE = [
  'dashboard/locales/measureWords.ts',
  'dashboard/pages/plan/draft.ts',
  'dashboard/pages/unit/wayUp.ts',
  'sample/estimate.ts',
  'schemas/fit.ts',
  'schemas/imports/plan/columns.ts',
  'schemas/measureTraits.ts',
  'schemas/measures.ts',
  'schemas/reportFields.ts',
  'schemas/tallies.ts',
  'schemas/wayUp/levels.ts',
  'test/bench/rankingSql.ts',
];

function program(changed: Record<string, string>, roots: readonly string[]): ts.Program {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config as object;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost({ ...options, incremental: false });
  const read = host.getSourceFile;
  host.getSourceFile = (name, version, ...rest) => {
    const text = changed[resolve(name)];
    return text === undefined ? read(name, version, ...rest) : ts.createSourceFile(name, text, version);
  };
  return ts.createProgram(
    roots.map((file) => join(ROOT, file)),
    { ...options, incremental: false, tsBuildInfoFile: undefined },
    host,
  );
}

/** Which of the files fail to compile. */
function failing(changed: Record<string, string>): string[] {
  const made = program(changed, DECIDE);
  return DECIDE.filter((file) => {
    const source = made.getSourceFile(join(ROOT, file));
    return made.getSemanticDiagnostics(source).length > 0;
  });
}

describe('a new type of measure', () => {
  const plan = ts.sys.readFile(PLAN) ?? '';

  test('does not compile wherever it is not handled', () => {
    expect(plan).toContain(LAST);
    expect(failing({ [PLAN]: plan.replace(LAST, `${LAST}\n  ${ADDED}`) })).toEqual(DECIDE);
  });

  test('is asked after by name nowhere, since that would be silent', () => {
    const types = [...plan.matchAll(/type: z\.literal\('(\w+)'\)/g)].map(([, type]) => type).join('|');
    const byName = new RegExp(
      `measure(\\.type)?\\)? (===|!==) '(${types})'|new Set\\(\\[[^;]*'(${types})'[^;]*'(${types})'`,
    );
    const files = ts.sys.readDirectory(ROOT, ['.ts', '.vue'], ['node_modules', 'dist', 'test', 'sample']);
    const silent = files.filter((file) => byName.test(ts.sys.readFile(file) ?? ''));
    expect(silent.map((file) => file.slice(ROOT.length + 1))).toEqual([]);
  });
});
