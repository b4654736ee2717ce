import { z } from 'zod';
import type { ListedActivity } from '#api/queries/activities.ts';
import { type ActivityBody, attachment } from '#schemas/events.ts';
import type { Plan } from '#schemas/plan.ts';
import type { ActivityStateName } from '#schemas/results/results.ts';

const attachmentList = z.array(attachment);

/** The body as it was reported: what nobody filled in is left out. */
export function bodyOf(activity: ListedActivity): ActivityBody {
  const { kind, day: occurredOn, title, members, evidence, form, indicator, note, ledByHead } = activity;
  const { attachments, quantity, due, done, score, value } = activity;
  return {
    kind,
    occurredOn,
    title,
    ...(quantity !== null && { quantity }),
    ...(due !== null && { due }),
    ...(done !== null && { done }),
    ...(members.length > 0 && { members }),
    ...(form !== '' && { form }),
    ...(score !== null && { score }),
    ...(indicator !== '' && { indicator }),
    ...(value !== null && { value }),
    ...(ledByHead && { ledByHead }),
    ...(evidence.length > 0 && { evidence }),
    ...(attachments !== '' && { attachments: attachmentList.parse(JSON.parse(attachments)) }),
    ...(note !== '' && { note }),
  };
}

/** Whether a state counts in measures. */
export const countsState = ({ counts }: Plan, state: ActivityStateName): boolean =>
  state === 'verified' || (state === 'reported' && counts === 'reported');
