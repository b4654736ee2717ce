import type { Day } from '#schemas/dates.ts';
import type { Random } from '../random.ts';

/** Evidence and notes: what a clerk files with an activity. */
const MEETING = ['会议记录', '会议签到表', '会议纪要', '发言提纲'];
const STUDY = ['学习记录', '签到表', '学习笔记', '心得体会', '照片4张'];
const PAPER = ['印发文件', '文件扫描件', '公示照片', '征求意见汇总表'];
const FIELD = ['调研报告', '活动照片6张', '走访记录', '座谈会记录', '考察报告'];
const LEDGER = ['台账', '统计表', '月报表', '汇总表'];

const KEPT: Readonly<Record<string, readonly string[]>> = {
  'center-group-study': STUDY,
  'knowledge-study': STUDY,
  training: STUDY,
  lecture: STUDY,
  'integrity-education': STUDY,
  'study-plan': PAPER,
  'decision-rules': PAPER,
  goal: PAPER,
  strategy: PAPER,
  'implementation-measures': PAPER,
  'leading-group-formed': PAPER,
  'learning-platform': FIELD,
  'study-visit': FIELD,
  research: FIELD,
  'mass-wishes': FIELD,
  'work-contest': FIELD,
  publicity: FIELD,
  'major-decisions': LEDGER,
  'mass-opinions': LEDGER,
  'three-talks': LEDGER,
  'three-dos': LEDGER,
  rectification: LEDGER,
  indicator: LEDGER,
  'contest-result': LEDGER,
  'major-matter-report': ['事项报告表', '备案登记表', '汇总表'],
  'heart-talk': ['谈话记录', '谈心登记表'],
  'unity-review': ['测评表', '考察材料', '座谈记录'],
  'conduct-tour': ['巡视通知', '反馈意见', '谈话记录'],
  supervision: ['测评表', '座谈记录', '公开栏照片'],
  inspection: ['督查通知', '督查反馈意见', '审阅材料清单'],
  honour: ['表彰文件', '奖牌照片'],
  'method-innovation': ['工作方案', '简报', '现场照片3张'],
  'mechanism-innovation': ['制度文件', '运行记录', '简报'],
  'role-model': ['表彰决定', '事迹材料'],
  'experience-sharing': ['经验材料', '会议照片'],
};

/** One or two papers, each with the day of the activity. */
export function evidenceOf(random: Random, kind: string, day: Day): string[] {
  return random.some(KEPT[kind] ?? MEETING, random.int(1, 2)).map((paper) => `${paper} ${day}`);
}

const NOTES = [
  '因工作任务重，时间有所压缩',
  '外出成员会后补课',
  '邀请职工代表列席',
  '会后形成整改清单',
  '已在公开栏公示',
  '与机关联合开展',
  '一名成员因公出差请假',
  '材料已报组织部备案',
  '视频会议形式',
  '职工反映较好',
];

export const noteOf = (random: Random): string => random.pick(NOTES);
