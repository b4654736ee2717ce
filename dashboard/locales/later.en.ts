import { accessEn } from './access.en.ts';
import { compareEn } from './compare.en.ts';
import { criterionEn } from './criterion.en.ts';
import { deskEn } from './desk.en.ts';
import { evidenceEn } from './evidence.en.ts';
import { freezeEn } from './freeze.en.ts';
import { importsEn } from './imports.en.ts';
import { inboxEn } from './inbox.en.ts';
import type { laterZh } from './later.zh-CN.ts';
import { meetingEn } from './meeting.en.ts';
import { newsSettingsEn } from './newsSettings.en.ts';
import { ownInspectionEn } from './ownInspection.en.ts';
import { planEn } from './plan.en.ts';
import { registerEn } from './register.en.ts';
import { requirementEn } from './requirement.en.ts';
import { startEn } from './start.en.ts';
import { wallEn } from './wall.en.ts';

/** What all other pages say in English. */
export const laterEn: typeof laterZh = {
  ...accessEn,
  compare: compareEn,
  criterion: criterionEn,
  requirement: requirementEn,
  ...deskEn,
  ...importsEn,
  ...inboxEn,
  wall: wallEn,
  ...registerEn,
  ...freezeEn,
  ...meetingEn,
  ...newsSettingsEn,
  ...planEn,
  ...ownInspectionEn,
  ...startEn,
  ...evidenceEn,
  chart: {
    unnamed:
      '{n} ⟨unit has/units have⟩ no name in the chart for want of room: a press on the point, the arrow keys or the table of figures name ⟨it/them⟩.',
  },
};
