import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { fetchJars, type Jars, JVM, jarsUnavailable } from '../jars.ts';

/** Office documents against the published schemas of ECMA-376, by Apache POI's compiled ones. */

const run = promisify(execFile);
const pom = join(import.meta.dirname, 'pom.xml');
const VALIDATOR = join(import.meta.dirname, 'Validate.java');
const VERSION = /<jars\.version>(.+)<\/jars\.version>/.exec(readFileSync(pom, 'utf8'))?.[1] ?? 'unknown';
const JARS: Jars = {
  what: `the schemas of ECMA-376 (POI ${VERSION})`,
  pom,
  folder: join('ooxml', VERSION),
  size: '20 MB',
};
const LIMIT_MS = 300_000;

/** Why documents cannot be checked against the schemas here; undefined where they can. */
export function schemasUnavailable(): string | undefined {
  const why = jarsUnavailable(JARS);
  return why && `documents are not checked against the schemas: ${why}`;
}

/** What is not held against a document, each with its reason. */
const EXCEPTIONS: readonly { fault: RegExp; reason: string }[] = [
  {
    fault: /no schema for .*metadata\/core-properties}coreProperties/,
    reason:
      'the properties belong to the packaging (part 2), whose schema is not among these; see package.ts',
  },
];

type Part = { name: string; bytes: Uint8Array };

/** Every part of markup, those of workbooks inside presentations as well. */
function partsOf(document: string, bytes: Uint8Array): Part[] {
  return Object.entries(unzipSync(bytes)).flatMap(([path, part]) => {
    const name = `${document}!${path}`;
    if (/\.(xlsx|docx|pptx)$/.test(path)) return partsOf(name, part);
    return /\.(xml|vml)$/.test(path) && path !== '[Content_Types].xml' ? [{ name, bytes: part }] : [];
  });
}

/** Lines `file<tab>fault` of the validator over a folder; Java is started once. */
async function validated(folder: string): Promise<string[]> {
  const jars = await fetchJars(JARS);
  const classes = join(folder, 'classes');
  const parts = join(folder, 'parts');
  const path = `${classes}:${join(jars, '*')}`;
  const compiler = [...JVM, '-cp', join(jars, '*'), 'org.eclipse.jdt.internal.compiler.batch.Main'];
  const jarList = readdirSync(jars).map((jar) => join(jars, jar));
  await run('java', [...compiler, '-17', '-nowarn', '-d', classes, '-cp', jarList.join(':'), VALIDATOR]);
  const quiet = '-Dlog4j2.StatusLogger.level=OFF';
  const { stdout } = await run('java', [...JVM, quiet, '-cp', path, 'Validate', parts], {
    timeout: LIMIT_MS,
    maxBuffer: 2 ** 26,
  });
  return stdout.trimEnd().split('\n');
}

/** What the schemas say against the documents, a line each; equal parts are checked once. Empty for sound ones. */
export async function schemaFaults(documents: Record<string, Uint8Array>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wuxing-ooxml-'));
  try {
    mkdirSync(join(folder, 'parts'));
    const named = new Map<string, string>();
    for (const { name, bytes } of Object.entries(documents).flatMap(([name, bytes]) =>
      partsOf(name, bytes),
    )) {
      const file = createHash('sha256').update(bytes).digest('hex').slice(0, 24);
      if (named.has(file)) continue;
      named.set(file, name);
      writeFileSync(join(folder, 'parts', file), bytes);
    }
    const lines = await validated(folder);
    if (lines.pop() !== `checked\t${named.size}`) throw new Error('not every part was checked');
    return lines
      .map((line) => {
        const [file = '', fault = ''] = line.split('\t');
        return `${named.get(file)}: ${fault}`;
      })
      .filter((line) => !EXCEPTIONS.some(({ fault }) => fault.test(line)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
