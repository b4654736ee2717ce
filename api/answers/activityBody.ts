import { z } from 'zod';
import type { ListedActivity } from '#api/queries/activities.ts';
import { type ActivityBody, attachment } from '#schemas/events.ts';
import type { Notable } from '#schemas/results/commendations.ts';
import type { ActivityHead } from '#schemas/results/results.ts';

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

export const headOf = (row: ListedActivity): ActivityHead => ({
  activity: row.activity,
  unit: row.unit,
  year: row.year,
  state: row.state,
  waived: row.waived,
  appealOpen: row.appealOpen,
  recordedBy: row.recordedBy,
});

/** What is shown of an activity that is worth looking at; `body` is what `bodyOf` made of it. */
export function notableOf({ activity, state }: ListedActivity, body: ActivityBody): Notable {
  const { kind, occurredOn, title, form, quantity, score, evidence, note } = body;
  return {
    activity,
    state,
    kind,
    occurredOn,
    title,
    ...(form !== undefined && { form }),
    ...(quantity !== undefined && { quantity }),
    ...(score !== undefined && { score }),
    ...(evidence && { evidence }),
    ...(note !== undefined && { note }),
  };
}
