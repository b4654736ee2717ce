/** Words of the finder, in Chinese. */
export const finderZhCN = {
  title: '查找',
  placeholder: '单位、要求、条款、页面；拼音或首字母也可以',
  results: '查找结果',
  none: '没有相符的结果',
  more: '另有 {n} 项',
  rank: '第 {rank} 名',
  compare: '与{what}相比',
  basis: '口径：{what}',
  scheme: '明暗：{what}',
  keys: '↑ ↓ 选择，回车打开，Esc 关闭；Ctrl K 或 / 随时查找，j、k 在表中上下移动，空格速览一行的单位',
  kind: {
    view: '视图',
    page: '页面',
    section: '本页',
    action: '操作',
    unit: '单位',
    criterion: '五型',
    requirement: '要求',
    clause: '条款',
  },
};
