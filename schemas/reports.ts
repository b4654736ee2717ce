import type { EventType } from './events.ts';

/**
 * What people call a report (上报): an activity that is recorded or put right, and a self-inspection. Plans, the
 * register, targets, decisions, remarks, seals and awards are the department's own doing; an incident that it
 * recorded is none either (the kinds of incidents are the plan's, so `freshness` asks for them).
 */
export const REPORT_TYPES = [
  'activity.recorded',
  'activity.amended',
  'selfinspection.submitted',
] as const satisfies readonly EventType[];
