import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest on a quiet machine, the longest first; begun last, one would keep one worker alone. */
const LONGEST = [
  'agreement',
  'pages2',
  'unit',
  'dashboard',
  'meeting',
  'handsAndEyes',
  'kill',
  'newsDelivery',
  'dayNovember',
  'exportsOffice',
  'fiveTasks',
  'access',
  'waiting',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.indexOf(basename(moduleId, '.test.ts'));
  return place < 0 ? LONGEST.length : place;
};

/** What takes long comes first, also on a clean clone, where nothing is known of earlier runs. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
