import type { Day } from '#schemas/dates.ts';
import type { Language } from '#schemas/languages.ts';

/**
 * What people call a page, or look for there, besides the page's own name: whoever types it finds the page.
 * By the id of `usePages`.
 */
type OtherNames = Readonly<Record<string, readonly string[]>>;

const zh: OtherNames = {
  overview: ['首页', '全区'],
  desk: ['填报', '上报', '还欠什么', '本月要做的'],
  unit: ['差距', '失分'],
  inbox: ['核实', '审核', '申诉', '隔离记录', '扣分', '一票否决'],
  ranking: ['名次', '得分', '总分', '升降', '上升', '下降'],
  gaps: ['失分', '没做到', '未达标', '热力图'],
  calendar: ['到期', '截止', '日历', '逾期'],
  'self-inspection': ['检查', '总结'],
  'own-inspection': ['检查', '总结'],
  meeting: ['统计', '通报', '材料', '汇编', '反馈意见', '下载', 'Word', 'PPT', 'PDF', 'Excel'],
  plan: ['条款', '文件', '分值', '考核办法'],
  freeze: ['公示', '核对', '封存的名次', '校验'],
  import: ['表格', '上传', 'Excel'],
  account: ['密码', '视图', '消息'],
  units: ['登记', '更名', '撤销', '合并'],
  targets: ['经济指标', '任务'],
  access: ['账号', '用户', '邀请', '登录'],
  audit: ['日志', '记录'],
  trends: ['全年', '变化'],
  wall: ['投屏', '显示屏', '会场'],
  commendation: ['评优', '先进', '名单', '候选', '名额'],
  teaching: ['互学', '经验', '谁向谁学习'],
  'year-on-year': ['上一年', '同比', '去年'],
  slides: ['幻灯片', '放映', '投影'],
  weights: ['试算', '假设', '如果'],
};

const en: OtherNames = {
  overview: ['home', 'zone'],
  desk: ['owe', 'owed', 'report', 'to do'],
  unit: ['gaps', 'points lost'],
  inbox: ['verify', 'review', 'appeals', 'quarantine', 'deductions', 'veto'],
  ranking: ['scores', 'totals', 'places', 'rose', 'fell', 'movement'],
  gaps: ['missed', 'points lost', 'heat map'],
  calendar: ['due', 'deadlines', 'overdue'],
  'self-inspection': ['inspection', 'year end'],
  'own-inspection': ['inspection', 'year end'],
  meeting: ['statistics', 'materials', 'bulletin', 'letters', 'download', 'Word', 'PPT', 'PDF', 'Excel'],
  plan: ['clauses', 'document', 'rules'],
  freeze: ['publication', 'sealed ranking', 'verify', 'proof'],
  import: ['spreadsheet', 'upload', 'Excel'],
  account: ['password', 'views', 'news'],
  units: ['register', 'rename', 'merge', 'dissolve'],
  targets: ['economic targets', 'tasks'],
  access: ['accounts', 'users', 'invite'],
  audit: ['log', 'history'],
  trends: ['over the year', 'change'],
  wall: ['wall', 'screen', 'display', 'hall'],
  commendation: ['awards', 'honours', 'candidates', 'shortlist', 'list'],
  teaching: ['learn', 'exchange of experience'],
  'year-on-year': ['last year', 'compare years'],
  slides: ['slides', 'present', 'projector'],
  weights: ['what if', 'try'],
};

export const otherNamesOf = (page: string, locale: Language): readonly string[] =>
  (locale === 'en' ? en : zh)[page] ?? [];

const MONTH = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });

/** What people call the end of a month, where the interface writes its last day: in full, not as the day is written. */
export function namesOfMonthEnd(day: Day, locale: Language): readonly string[] {
  const month = Number(day.slice(5, 7));
  if (locale !== 'en') return [`${month}月底`, `${month}月末`];
  const name = MONTH.format(new Date(day));
  return [`end of ${name}`, `${Number(day.slice(8))} ${name}`];
}
