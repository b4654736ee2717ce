import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AWAITED, nameOrId, nameOrNone } from '../../dashboard/composables/awaited.ts';

describe('what a plan names', () => {
  const [waiting, answered, failed] = [
    { data: undefined, error: null },
    { data: {}, error: null },
    { data: undefined, error: new Error('404') },
  ];

  test('has the sign of what is awaited, then its name; where there is none, none, or its id in a list', () => {
    expect([waiting, answered, failed].map((answer) => nameOrNone('团结型', answer))).toEqual(
      Array(3).fill('团结型'),
    );
    expect([waiting, answered, failed].map((answer) => nameOrNone(undefined, answer))).toEqual([
      AWAITED,
      null,
      null,
    ]);
    expect([waiting, answered, failed].map((answer) => nameOrId(undefined, answer, 'unity'))).toEqual([
      AWAITED,
      'unity',
      'unity',
    ]);
  });

  test.each(['criterion/CriterionPage', 'requirement/RequirementPage', 'activities/ActivitiesPage'])(
    'in a year without a plan, %s is called by what it is, and not by an id',
    (page) => {
      const source = readFileSync(new URL(`../../dashboard/pages/${page}.vue`, import.meta.url), 'utf8');
      expect(source).toMatch(/:here="named \?\? words\.say\('\w+\.title'\)"/);
      expect(source).toMatch(/const named = computed\(\(\) => nameOrNone\(/);
    },
  );
});
