/** What an empty system begins with; hardly anybody sees it twice. */
export const startZh = {
  empty: {
    title: '从这里开始',
    lead: '系统里还没有单位，也没有 {year} 年的考核方案。任选一步开始：',
    others: '系统里还没有资料。请等组织部导入单位、采用方案。',
    units: '导入单位',
    unitsMeans: '用 Excel 或 CSV 表，每行一个单位：编号、名称、类别、班子人数、一把手代号。',
    unitsChoose: '导入单位',
    plan: '采用考核方案',
    planMeans: '按实施意见编好的五型方案，共 {requirements} 项要求；数字以后都可以改。',
    planAdopt: '采用 {year} 年方案',
    planDone: '{year} 年方案已采用。',
    sample: '载入样例',
    sampleMeans: '48 个虚构单位、去年全年与今年至今的事项，用来熟悉系统。请勿载入正式的库。',
    sampleLoad: '载入样例',
    sampleDone: '样例已载入，正在计算。',
    working: '正在处理…',
    noUnits: '{year} 年的方案已采用，还没有单位参加排名。下一步：导入单位。',
  },
};
