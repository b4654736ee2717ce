import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

test('every file and folder that the picture of the house names whole is there', () => {
  const named = [...page.matchAll(/`((?:schemas|ingest|api|dashboard|sample|test|docs)\/[\w./-]+)`/g)];
  expect(named.length).toBeGreaterThan(40);
  for (const [, path = ''] of named) expect(existsSync(join(ROOT, path)), path).toBe(true);
});

test('the way of an event has at most twenty stops', () => {
  const way = page.slice(page.indexOf('## The way'), page.indexOf('## To add'));
  expect(way.match(/^\d+\. /gm)?.length).toBeLessThanOrEqual(20);
});

test('no comment sends its reader to a page that is not in the repository', () => {
  const files = ['schemas', 'ingest', 'api', 'dashboard', 'sample', 'wuxing', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|vue|sql|mjs|css)$/.test(name))
      .map((name) => join(folder, name)),
  );
  const lost = files.filter((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const pages = [...text.matchAll(/\bdocs\/[\w/-]+\.md\b/g)].filter(
      ([path]) => !existsSync(join(ROOT, path)),
    );
    return (
      pages.length > 0 ||
      new RegExp(['domain', ' §'].join('')).test(text) ||
      /domain\.md|store\.md/.test(text)
    );
  });
  expect(lost.filter((file) => file !== 'test/unit/architecture.test.ts')).toEqual([]);
});

/** Comments and pages name files by their path or, where a name is unique enough, by it alone. */
test('every file that a comment or a page names is there', () => {
  const folders = [
    'schemas',
    'ingest',
    'api',
    'dashboard',
    'sample',
    'wuxing',
    'bin',
    'scripts',
    'test',
    'docs',
  ];
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const known = new Set(files.map((file) => basename(file)));
  for (const name of readdirSync(ROOT)) known.add(name);
  const commented = /^\s*(?:\/\*\*|\*|\/\/|--|<!--)/;
  const lost = files
    .filter((file) => /\.(?:ts|vue|sql|mjs|css|md)$/.test(file))
    .flatMap((file) => {
      const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
      const told = file.endsWith('.md') ? lines : lines.filter((line) => commented.test(line));
      return told
        .flatMap((line) => [...line.matchAll(/`((?:[\w.-]+\/)*[\w-][\w.-]*\.(?:ts|vue|sql|mjs|cjs|md))`/g)])
        .map(([, name = '']) => name)
        .filter((name) => (name.includes('/') ? !isThere(file, name) : !known.has(name)))
        .map((name) => `${file}: ${name}`);
    });
  expect(lost.filter((line) => !line.endsWith(': 0001-name.sql'))).toEqual([]);
});

/** From the root, from the file that names it, or as the end of some path beside it. */
const isThere = (from: string, name: string): boolean => {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    if (existsSync(join(ROOT, folder, name))) return true;
    if (folder === '.') return false;
  }
};

/** A table comes from a description (`DataTable.vue`). These are laid out by hand; the comment at each says why. */
const BY_HAND = [
  'components/DataTable.vue',
  'components/MarkStrip.vue',
  'components/SheetTable.vue',
  'pages/desk/OwedList.vue',
  'pages/ranking/RankingTable.vue',
  'pages/targets/TargetPaper.vue',
  'pages/targets/TargetSheet.vue',
];

test('no table of the dashboard is written by hand but those that are named here', () => {
  const folder = join(ROOT, 'dashboard');
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.vue') && !name.startsWith('node_modules'))
    .filter((name) => /<table\b/.test(readFileSync(join(folder, name), 'utf8')));
  expect(found.sort()).toEqual(BY_HAND);
  for (const name of BY_HAND.slice(1))
    expect(readFileSync(join(folder, name), 'utf8'), name).toContain('By hand, since');
});

/** All that is loaded with a file: names of packages, and paths of ours. */
function loadedWith(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  const text = readFileSync(join(ROOT, entry), 'utf8');
  const froms = /^(?:import|export)\s+(?!type\s)(?:[^;'"]*\sfrom\s+)?'([^']+)'/gm;
  for (const [, from = ''] of text.matchAll(froms)) {
    const own = from.startsWith('#') ? from.slice(1) : from.startsWith('.') && join(dirname(entry), from);
    if (own) loadedWith(own, found);
    else found.add(from.replace(/^(@[^/]+\/[^/]+|[^@/][^/]*).*$/, '$1'));
  }
  return found;
}

test('nothing watches a list that is made anew at each look: several things are watched as several sources', () => {
  const files = readdirSync(join(ROOT, 'dashboard'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(ts|vue)$/.test(name),
  );
  const anew = files.filter((file) =>
    /\bwatch\(\s*\(\) => \[/.test(readFileSync(join(ROOT, 'dashboard', file), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(300);
  // Such a list is never the one before, so that whatever was read for it counts as a change.
  expect(anew).toEqual([]);
});

test('a start loads nothing that most servers never use, and the thread for bands no schemas', () => {
  // The tool, and what it loads to serve: the engine, and what is around it.
  const started = ['wuxing/main.ts', 'api/main.ts', 'wuxing/serving.ts'].reduce(
    (found, file) => loadedWith(file, found),
    new Set<string>(),
  );
  expect(started.size).toBeGreaterThan(500);
  const forSome = ['kafkajs', 'snappy', 'lz4-napi', 'nodemailer', 'openid-client', 'cli-progress'];
  const forDocuments = ['hucre', 'docx', 'pptxgenjs', 'pdfmake', 'echarts', '@resvg/resvg-js'];
  expect([...forSome, ...forDocuments, 'sample/generate.ts'].filter((name) => started.has(name))).toEqual([]);
  expect(started).toContain('express');
  expect(loadedWith('api/ranking-cache/bandWorker.ts')).not.toContain('zod');
});

test('the tool alone loads neither server nor engine: each command loads its own', () => {
  const loaded = loadedWith('wuxing/main.ts');
  const packages = [...loaded].filter((name) => !name.endsWith('.ts') && !name.startsWith('node:'));
  expect(packages.sort()).toEqual(['aws4fetch', 'commander', 'zod']);
  const forServers = ['wuxing/serving.ts', 'api/serve.ts', 'api/main.ts', 'api/access/access.ts'];
  expect(forServers.filter((name) => loaded.has(name))).toEqual([]);
  expect(forServers.every((name) => existsSync(join(ROOT, name)))).toBe(true);
});
