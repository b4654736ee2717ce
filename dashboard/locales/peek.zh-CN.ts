/** Words of the short look at a unit, in Chinese. */
export const peekZhCN = {
  title: '单位速览',
  at: '速览{unit}',
  close: '关闭速览',
  loading: '正在读取……',
  rank: '第 {rank} 名，共 {of} 名',
  report: '最近一次报送：{day}，{title}',
  noReport: '本年度还没有报送。',
  noGaps: '没有差距。',
  heard: '{unit}，{rank}，总分 {total}；{types}。',
  heardGaps: '最大的差距：{gaps}。',
  keys: '回车打开，↑ ↓ 或 j k 看上下一行，空格或 Esc 关闭',
};
