import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longer than 20 s of work, the longest first; begun last, one would keep one worker alone. */
const LONGEST = [
  'api/agreement',
  'api/wuxing',
  'api/limits',
  'e2e/desk',
  'e2e/pages2',
  'e2e/meeting',
  'e2e/unit',
  'e2e/access',
  'e2e/ranking',
  'e2e/dashboard',
  'faults/kill',
  'faults/newsDelivery',
  'faults/newsWebhooks',
  'e2e/handsAndEyes',
  'e2e/manyTabs',
  'e2e/inbox',
  'api/exportsOffice',
  'api/exportsSchemas',
  'faults/waiting',
  'e2e/evidence',
  'contract/stream.kafka',
  'api/rankingCache',
  'e2e/dayNovember',
  'e2e/unitsYear',
  'e2e/dayHalfYear',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
  return place < 0 ? LONGEST.length : place;
};

/**
 * What takes long comes first, also on a clean clone, where nothing is known of earlier runs. Within one project the
 * rest stays together: files that share a process are given to it one after another, and to no other.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
