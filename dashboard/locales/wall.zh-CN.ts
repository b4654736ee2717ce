/** Words of the big screen, in Chinese. */
export const wallZhCN = {
  title: '大屏',
  movers: '谁升谁降？（{since}）',
  vetoed: '一票否决',
  places: '第 {places} 个，共 {of} 个单位有名次',
  level: '另有 {n} 个与末位相同。',
  missMeans: '左为未达标单位数与应计单位数，右为各单位平均失分。',
  owing: '{owing} / {asked} 个未完成',
  more: '另有 {n} 项。',
  dueNext: '其后最近的一批：{day}，{n} 项。',
  nothing: '还没有可以显示的结果。',
  held: '已停在这一页',
};
