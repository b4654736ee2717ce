import type { Rights } from '#schemas/access.ts';
import type { Words } from '../../locales/words.ts';

/** How units and criteria are called, where that is known. */
export type Names = { unit?: (id: string) => string; criterion?: (id: string) => string };

const same = (id: string): string => id;

/** What somebody may do, in words: 领导小组、第三管理区 负责人. */
export function rightsWords(
  words: Words,
  { roles, unit, position = 'head', reviews }: Rights,
  { unit: unitName = same, criterion = same }: Names = {},
): string {
  const said = roles.map((role) => {
    if (role === 'unit')
      return words.say('rights.unitOf', {
        unit: unitName(unit ?? ''),
        position: words.say(position === 'head' ? 'rights.head' : 'rights.reporter'),
      });
    if (role === 'reviewer') {
      const scope = [...(reviews?.criteria ?? []).map(criterion), ...(reviews?.kinds ?? []).map(words.term)];
      return words.say('rights.reviewerOf', { scope: words.list(scope) });
    }
    return words.say(`role.${role}`);
  });
  return words.list(said);
}
