/** Words of trends and of what happened on their way; part of the Chinese interface (`zh-CN.ts`). */
export const trendsZhCN = {
  marks: {
    title: '期间事项',
    veto: '否决',
    deduction: '扣分',
    late: '晚报',
    plan: '方案',
    seal: '封存',
    publication: '公示',
    count: {
      veto: '一票否决 {n} 次',
      deduction: '扣分 {n} 次',
      late: '晚报（30 天以后才报）{n} 件',
      plan: '方案采用 {n} 次',
      seal: '封存 {n} 次',
      publication: '公示 {n} 次',
    },
    version: '第 {number} 版',
    number: '第 {number} 次',
    times: '{n} 次',
    reports: '{month} {n} 件',
    onDay: '{day}，{what}',
    fromTo: '{from}至{to}',
    phrase: '{what}（{when}）',
    sentence: '期间：{list}。',
    none: '期间没有一票否决、扣分、晚报、封存和公示。',
  },
};
