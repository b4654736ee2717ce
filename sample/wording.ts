/** What the department and the units write when they decide, object or correct. */
export const VERIFIED = [
  '经查阅会议记录，情况属实',
  '现场核查属实',
  '佐证材料齐全',
  '经走访职工核实',
  '台账与记录一致',
  '抽查核实无误',
  '照片与签到表相符',
] as const;

export const REJECTED = [
  '无会议记录，佐证材料不足',
  '签到人数与上报不符',
  '属日常业务工作，不应计入',
  '活动日期与台账不一致',
  '材料系复印往年内容',
  '未见调研报告或活动照片',
  '参加对象不是班子成员',
] as const;

export const RETRACTED_TWICE = ['重复上报', '与前一条重复', '系统卡顿重复提交'] as const;
export const RETRACTED = [
  '误报，活动改期',
  '填错单位类别，重新上报',
  '活动未按计划举行',
  '上报有误',
] as const;

export const APPEALED = [
  '会议记录存于党办，现补交，请复核',
  '当日签到表另附，申请重新认定',
  '活动确已开展，有照片为证',
  '日期笔误，实际活动有记录',
  '对认定结果有异议，请求复核',
] as const;
export const GRANTED = ['补交材料属实，予以认可', '经复核，申诉理由成立', '重新核查后予以恢复'] as const;
export const DISMISSED = ['补交材料仍不足以证明', '经复核，维持原认定', '申诉理由不成立'] as const;

export const AMENDED = [
  '更正上报数据',
  '补充佐证材料',
  '按核查意见修改',
  '更正参加人数',
  '补充说明',
] as const;
