import type { DecisionOf, InboxItem } from '#schemas/results/inbox.ts';
import type { Words } from '../../locales/words.ts';

/** An appeal is granted or not; a report is verified or not. */
export const yesOf = ({ appealOpen }: Pick<InboxItem, 'appealOpen'>): DecisionOf =>
  appealOpen ? 'granted' : 'verified';
export const noOf = ({ appealOpen }: Pick<InboxItem, 'appealOpen'>): DecisionOf =>
  appealOpen ? 'dismissed' : 'rejected';

/** Usual reasons, the most usual first. */
export function reasonsOf({ say }: Pick<Words, 'say'>, decision: DecisionOf): string[] {
  switch (decision) {
    case 'verified':
      return [say('inbox.reasons.verified')];
    case 'granted':
      return [say('inbox.reasons.granted')];
    case 'dismissed':
      return [say('inbox.reasons.dismissed')];
    case 'rejected':
      return [
        say('inbox.reasons.noEvidence'),
        say('inbox.reasons.wrongDay'),
        say('inbox.reasons.wrongKind'),
        say('inbox.reasons.duplicate'),
        say('inbox.reasons.figures'),
      ];
  }
}
