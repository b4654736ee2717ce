/** Imports run one way: schemas ← ingest ← api, schemas ← dashboard. No cycles. `npm run check` holds us to it. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from,
  to: { path: '^(schemas|ingest|api|dashboard|sample|wuxing|test|scripts)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphan-import',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^pdfmake/interfaces' },
    },
    only('schemas-stand-alone', { path: '^schemas/' }, '^schemas/', 'the shared language knows nobody'),
    {
      name: 'schemas-are-browser-safe',
      severity: 'error',
      from: { path: '^schemas/' },
      to: { dependencyTypes: ['core', 'npm'], pathNot: 'node_modules/zod' },
    },
    {
      name: 'scoring-knows-no-presentation',
      comment:
        'what is found does not depend on how it is said; sheets are written in the words of the product',
      severity: 'error',
      from: { path: '^schemas/', pathNot: '^schemas/(presentation|imports)/' },
      to: { path: '^schemas/presentation/' },
    },
    {
      name: 'parts-know-no-page',
      comment: 'pages are made of parts, never the other way',
      severity: 'error',
      from: { path: '^dashboard/(components|charts|composables|locales)/' },
      to: { path: '^dashboard/pages/' },
    },
    only('ingest-knows-schemas', { path: '^ingest/' }, '^(schemas|ingest)/', 'events in, rows out'),
    only(
      'the-format-stands-alone',
      { path: '^ingest/clickhouse-native/' },
      '^(schemas|ingest/clickhouse-native)/',
      'bytes and values, whoever asks',
    ),
    only(
      'tables-stand-alone',
      { path: '^ingest/tables/' },
      '^(schemas|ingest/(clickhouse-native|tables))/',
      'described once, for those who write and those who read',
    ),
    only(
      'a-process-stands-alone',
      { path: '^ingest/process/' },
      '^(schemas|ingest/process)/',
      'threads, settings, health: the same whatever the process does',
    ),
    {
      name: 'state-knows-no-projection',
      comment: 'what is known, then what becomes of an event, then who asks',
      severity: 'error',
      from: { path: '^ingest/(admission|state)/' },
      to: { path: '^ingest/(project|intake|run)/' },
    },
    {
      name: 'packed-state-has-one-door',
      comment: 'how it is kept on the disk is nobody’s affair',
      severity: 'error',
      from: { pathNot: '^ingest/state/packed/' },
      to: { path: '^ingest/state/packed/', pathNot: '/(lmdbState|packedChanges)\\.ts$' },
    },
    {
      name: 'admission-knows-no-state',
      comment: 'it looks at the event alone',
      severity: 'error',
      from: { path: '^ingest/admission/' },
      to: { path: '^ingest/state/' },
    },
    only(
      'api-knows-schemas',
      { path: '^api/', pathNot: '^api/main\\.ts$' },
      '^(schemas|api|ingest/(clickhouse-native|process|tables))/',
      'only the composition root touches ingest; what tables are, the format in which they answer, and what every process has are nobody’s affair',
    ),
    only(
      'composition-root',
      { path: '^api/main\\.ts$' },
      '^(schemas|ingest|api|sample)/',
      'wires, nothing else',
    ),
    only(
      'dashboard-knows-schemas',
      { path: '^dashboard/' },
      '^(schemas|dashboard)/',
      'speaks HTTP to the api',
    ),
    only('sample-knows-schemas', { path: '^sample/' }, '^(schemas|sample)/', 'a pure generator'),
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { pathNot: '^(test|scripts)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
