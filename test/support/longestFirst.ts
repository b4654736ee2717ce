import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longer than 20 s of work, the longest first; begun last, one would keep one worker alone. */
const LONGEST = [
  'api/agreement',
  'api/wuxing',
  'api/limits',
  'faults/kill',
  'e2e/handsAndEyes',
  'e2e/desk',
  'e2e/dashboard',
  'e2e/meeting',
  'e2e/ranking',
  'e2e/departmentsYear',
  'api/openapiFuzz',
  'faults/newsDelivery',
  'faults/newsWebhooks',
  'api/importsFiles',
  'api/evidenceMany',
  'e2e/dayNovember',
  'e2e/access',
  'e2e/dayHalfYear',
  'e2e/inbox',
  'api/exportsOffice',
  'api/exportsSchemas',
  'faults/waiting',
  'e2e/evidence',
  'contract/stream.kafka',
  'api/rankingCache',
  'e2e/unitsYear',
];

/**
 * Files that go on with one product of a day (`sampled`) stand together, at the place of the first; those that write to
 * it, and so end it, behind those that only read.
 */
const ONE_DAY = [
  ...[
    'e2e/ranking',
    'e2e/unit',
    'e2e/pages2',
    'e2e/meetingCompared',
    'e2e/guide',
    'e2e/clauses',
    'e2e/paper',
    'e2e/paperUncut',
    'e2e/fiveTasks',
  ],
  ...['e2e/eightJobs', 'e2e/manyTabs'],
];

/** Files of a project stand together, so that those that share a process do; what is short and evens out comes last. */
const PROJECTS = ['alone', 'kafka', 'parts', 'unit'];

const projectOf = ({ project }: TestSpecification): number => PROJECTS.indexOf(project.name);
const placeIn = (names: readonly string[], { moduleId }: TestSpecification): number =>
  names.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
const placeOf = (file: TestSpecification): number => {
  const day = placeIn(ONE_DAY, file);
  if (day >= 0) return LONGEST.indexOf(ONE_DAY[0] ?? '') + day / ONE_DAY.length;
  const place = placeIn(LONGEST, file);
  return place < 0 ? LONGEST.length : place;
};

/**
 * What takes long comes first, also on a clean clone, where nothing is known of earlier runs, project by project: a
 * process goes from file to file as long as the next one is of its project.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => projectOf(a) - projectOf(b) || placeOf(a) - placeOf(b));
  }
}
