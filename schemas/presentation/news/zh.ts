import { inQuotes } from '../names.ts';
import { countText } from '../numbers.ts';

const places = (rank: number): string => `第 ${countText(rank)} 名`;

/** The sentences of news. `en.ts` says the same in English. */
export const zhNews = {
  kind: {
    due: '快到期',
    overdue: '已逾期',
    rejected: '被驳回',
    appeal: '申诉结果',
    veto: '一票否决',
    quota: '表彰名额',
    rank: '名次下降',
    waiting: '待办',
    publication: '公示',
  },
  quoted: (name: string) => `${inQuotes(name)}`,
  due: (day: string, count: number, days: number) => {
    const open = `还有 ${countText(count)} 项没做`;
    if (days === 0) return `${open}，今天（${day}）是最后一天`;
    return days === 1 ? `${open}，最迟 ${day}（1 天内）` : `${open}，${day}到期（${countText(days)} 天内）`;
  },
  dueZone: (day: string, count: number, days: number) =>
    `${countText(count)} 项要求或条件${days === 0 ? '今天' : ` ${countText(days)} 天内`}（${day}）到期，还有单位没做`,
  overdue: (day: string, count: number) =>
    `${countText(count)} 项已过期（${day}到期）。当时做了没报的，仍可补报`,
  overdueZone: (day: string, count: number) => `${countText(count)} 项要求或条件 ${day}已到期，还有单位没做`,
  owing: (units: number) => `${countText(units)} 个单位没做`,
  more: (count: number) => `另外 ${countText(count)} 项`,
  rejected: (title: string) => `${title}被驳回，可改正后再报，或申诉`,
  granted: (title: string) => `关于${title}的申诉成立`,
  dismissed: (title: string) => `关于${title}的申诉被驳回`,
  of: (unit: string) => `${unit}：`,
  reason: (reason: string) => `理由：${reason}`,
  veto: (veto: string) => `被一票否决：${veto}`,
  vetoLifted: (veto: string) => `一票否决已撤销：${veto}`,
  capLifted: '总分不再因此封顶，名次已重新计算',
  cap: (points: string) => `总分最高记 ${points} 分，不能评优`,
  quota: '失去了表彰名额',
  quotaRank: (rank: number) => `现在${places(rank)}`,
  quotaBar: '现在不符合评优条件',
  rank: (before: number, after: number) => `从${places(before)}降到${places(after)}`,
  since: (day: string) => `与 ${day}相比`,
  replanned: '其间考核方案换了版本，名次变化有一部分由此而来',
  waiting: '待办事项等着处理',
  verification: (count: number) => `${countText(count)} 件待核实`,
  appeals: (count: number) => `${countText(count)} 件申诉未决`,
  quarantine: (count: number) => `${countText(count)} 条隔离记录`,
  opened: (year: number) => `${year} 年的结果正在公示`,
  ending: (year: number) => `${year} 年结果的公示就要结束`,
  until: (day: string) => `到 ${day}为止可以提出异议`,
  join: '，',
  // --- letters ----------------------------------------------------------------------------------------------
  subject: (first: string, more: number) =>
    more > 0 ? `五型：${first}（另有 ${countText(more)} 条）` : `五型：${first}`,
  weekly: (count: number) => `五型：本周 ${countText(count)} 条消息`,
  intro: (count: number) => `有 ${countText(count)} 条新消息：`,
  alsoMore: (count: number) => `还有 ${countText(count)} 条，登录后可看。`,
  open: '打开',
  all: '查看全部消息',
  why: '这些消息按您在“我的账号”里的选择发送。',
  change: '更改选择',
  stopMail: '不再发到这个邮箱',
  confirmSubject: '五型：请确认接收消息的地址',
  confirm: (name: string) =>
    `账号${inQuotes(name)}想把五型班子创建活动的消息发到这里。确认之前什么都不会发。`,
  confirmStep: '如果同意，请在 3 天内打开这个链接，按下“确认”：',
  confirmNot: '如果不是您要的，不用理会：不确认就不会再来信。',
};
export type NewsWords = typeof zhNews;
