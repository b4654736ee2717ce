import { accessZh } from './access.zh-CN.ts';
import { compareZhCN } from './compare.zh-CN.ts';
import { criterionZhCN } from './criterion.zh-CN.ts';
import { deskZh } from './desk.zh-CN.ts';
import { evidenceZh } from './evidence.zh-CN.ts';
import { freezeZh } from './freeze.zh-CN.ts';
import { importsZh } from './imports.zh-CN.ts';
import { inboxZh } from './inbox.zh-CN.ts';
import { meetingZh } from './meeting.zh-CN.ts';
import { newsSettingsZh } from './newsSettings.zh-CN.ts';
import { ownInspectionZh } from './ownInspection.zh-CN.ts';
import { planZh } from './plan.zh-CN.ts';
import { registerZh } from './register.zh-CN.ts';
import { requirementZhCN } from './requirement.zh-CN.ts';
import { startZh } from './start.zh-CN.ts';
import { wallZhCN } from './wall.zh-CN.ts';

/** What all other pages say in Chinese. */
export const laterZh = {
  ...accessZh,
  compare: compareZhCN,
  criterion: criterionZhCN,
  requirement: requirementZhCN,
  ...deskZh,
  ...importsZh,
  ...inboxZh,
  wall: wallZhCN,
  ...registerZh,
  ...freezeZh,
  ...meetingZh,
  ...newsSettingsZh,
  ...planZh,
  ...ownInspectionZh,
  ...startZh,
  ...evidenceZh,
  chart: {
    unnamed: '点位过密，有 {n} 个单位未标名称：指向该点、用方向键或查看数据表可以看到。',
  },
};
