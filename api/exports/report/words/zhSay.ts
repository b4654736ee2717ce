import { inQuotes } from '#schemas/presentation/names.ts';
import { countText, setOff } from '#schemas/presentation/numbers.ts';

/** The sentences that findings are written with, in Chinese. */
export const zhSay = {
  overall: (units: number, ranked: number, mean: string, max: string, min: string) =>
    `参加考核的 ${countText(units)} 个单位中，${countText(ranked)} 个排出名次，平均 ${mean} 分，最高 ${max} 分，最低 ${min} 分。`,
  nothing: '还没有到期或完成的要求，暂时排不出名次。',
  noWeight: '所试的权重都是零，排不出名次。至少要有一型有权重。',
  noUnits: '没有参加考核的单位。',
  noGroup: (group: string) => `没有类别为${inQuotes(group)}的单位。`,
  unranked: (units: string, n: number) => `另有 ${countText(n)} 个单位没有可计的要求，未排名：${units}。`,
  leader: (unit: string, total: string) => `${setOff(unit)}以 ${total} 分居第一位`,
  leaders: (units: string, total: string) => `${setOff(units)}以 ${total} 分并列第一`,
  leaderAlone: (unit: string, total: string) => `排出名次的只有${setOff(unit)}，总分 ${total} 分`,
  leadersAll: (units: number, total: string) =>
    `${countText(units)} 个有名次的单位总分都是 ${total} 分，并列第一`,
  followers: (units: string, level: number) =>
    `其后依次是${units}${level ? `，另有 ${countText(level)} 个单位与最后一个总分相同` : ''}`,
  withTotal: (unit: string, total: string) => `${unit}（${total} 分）`,
  stable: (units: string, n: number, top: number) =>
    `各型权重上下浮动四分之一时，始终稳居前 ${countText(top)} 名的有 ${countText(n)} 个单位：${units}。`,
  stableBand: (units: string, _: number) =>
    `名次区间只含九成抽样，“始终”指全部抽样：${setOff(units)}按区间居前列，但并非始终如此。`,
  noneStable: (top: number) =>
    `各型权重上下浮动四分之一时，没有一个单位始终居前 ${countText(top)} 名，前列的先后要慎重看待。`,
  overlap: (unit: string, others: string) =>
    `${setOff(unit)}与${setOff(others)}的差距小于权重的出入，先后难分。`,
  overallEqual: (units: number, ranked: number) =>
    units === ranked
      ? `参加考核的有 ${countText(units)} 个单位。`
      : `参加考核的 ${countText(units)} 个单位中，${countText(ranked)} 个排出名次。`,
  since: (since: string) => `${since}，`,
  risers: (units: string, places: number) => `升幅最大的是${units}（上升 ${countText(places)} 名）。`,
  fallers: (units: string, places: number) => `降幅最大的是${units}（下降 ${countText(places)} 名）。`,
  moversNotCompared: '没有选定与何时相比，不列名次变化。',
  moversNothingThen: '要比较的时点没有名次，不列名次变化。',
  moversNone: (since: string) => `${since}，没有单位名次上升。`,
  moversMost: (since: string, n: number, units: string, places: number) =>
    `${since}，${countText(n)} 个单位名次上升，升幅最大的是${units}（上升 ${countText(places)} 名）。`,
  oneGroup: (group: string) => `有名次的单位都属于${setOff(group)}，没有类别可比。`,
  vetoed: (unit: string, vetoes: string, total: string, uncapped: string) =>
    `${setOff(unit)}因${setOff(vetoes)}被一票否决，总分按 ${total} 分计（未否决时 ${uncapped} 分）。`,
  vetoedBelow: (unit: string, vetoes: string, total: string) =>
    `${setOff(unit)}因${setOff(vetoes)}被一票否决，总分 ${total} 分，本就不高于封顶分。`,
  vetoedUnranked: (unit: string, vetoes: string) =>
    `${setOff(unit)}因${setOff(vetoes)}被一票否决，没有可计的要求，未排名。`,
  alsoVetoed: (n: number) => `另有 ${countText(n)} 个单位被一票否决，见表。`,
  group: (group: string, units: number, mean: string, best: string) =>
    `${group} ${countText(units)} 个单位，平均 ${mean} 分，最高为${best}。`,
  groups: (best: string, bestMean: string, lowest: string, lowestMean: string) =>
    `分类别看，${setOff(best)}平均分最高（${bestMean} 分），${setOff(lowest)}最低（${lowestMean} 分）。`,
  criteria: (best: string, bestMean: string, lowest: string, lowestMean: string) =>
    `各型中${setOff(best)}平均分最高（${bestMean} 分），${setOff(lowest)}最低（${lowestMean} 分）。`,
  criterion: (mean: string, best: string, lowest: string, below: number) =>
    `平均 ${mean} 分，最高为${best}，最低为${lowest}${below ? `，不足 60 分的有 ${countText(below)} 个单位` : '，没有不足 60 分的单位'}。`,
  groupsEqual: (mean: string) => `分类别看，各类别平均都是 ${mean} 分。`,
  criteriaEqual: (mean: string) => `已计分的各型平均都是 ${mean} 分。`,
  criterionEqual: (score: string, units: number, below: number) =>
    units === 1
      ? `只有 1 个单位有得分，为 ${score} 分。`
      : `有得分的 ${countText(units)} 个单位都是 ${score} 分${below ? '，不足 60 分' : ''}。`,
  andMore: (names: string, more: number) => `${names}及另外 ${countText(more)} 个单位`,
  noCriterion: '还没有到期或完成的要求，暂不计分。',
  missesTold: (shown: number, level: number) =>
    `下列为没有做到的单位占比最高的 ${countText(shown)} 项${level ? `，另有 ${countText(level)} 项占比与最后一项相同` : ''}：`,
  misses: (requirements: number, short: number) =>
    `已计的 ${countText(requirements)} 项要求中，有 ${countText(short)} 项尚有单位没有做到。`,
  missesNone: '已计的要求，各单位全部达标。',
  missesOpen: '还没有没按期做到的；今天到期的还可以做。',
  stillOpen: '今天到期的还可以做，不算没做到，但已计入达标度和失分。',
  miss: (clause: string, counted: number, short: number, share: string) =>
    `〔${clause}〕：应计 ${countText(counted)} 个单位，${countText(short)} 个未完全做到，平均达标度 ${share}。`,
  incidents: (times: number, units: number, kinds: string) =>
    `共有扣分事项 ${countText(times)} 次，涉及 ${countText(units)} 个单位：${kinds}。`,
  incidentTimes: (kind: string, times: number) => `${kind} ${countText(times)} 次`,
  incidentsNone: '没有扣分和一票否决的事项。',
  candidates: (met: number, open: number, ranked: number, quota: number, candidates: number) =>
    `有名次的 ${countText(ranked)} 个单位中，${met === 0 ? '没有单位' : `${countText(met)} 个`}评优条件全部满足${open ? `，${countText(open)} 个没有被一票否决、没有逾期的条件，但还有待满足的` : ''}。总体设 ${countText(quota)} 个名额、各类别设 1 个名额，在没有被一票否决、没有逾期条件的单位中由高到低提出以下 ${countText(candidates)} 个单位，请领导小组审定。`,
  candidatesTied: (beyond: number) => `总体名额的最后一名有并列，比名额多 ${countText(beyond)} 个单位。`,
  candidatesTiedZone: '总体名额的最后一名在全区有并列，比名额多。',
  candidatesNone: '目前没有可以提出的候选单位。',
  whyTop: (top: number) => `总体名额（${countText(top)} 个）内`,
  whyGroup: '类别名额内',
  awards: (awards: number, units: number) =>
    awards === units
      ? `决定对以下 ${countText(units)} 个单位予以表彰。`
      : `决定对 ${countText(units)} 个单位予以表彰，共 ${countText(awards)} 项。`,
  pairs: {
    criterion: (n: number) => `按各型得分和同类优先，提出以下 ${countText(n)} 对，供会上交流、会后结对。`,
    requirement: (n: number) =>
      `按各型得分没有可以提出的结对；按单项要求的达标度和同类优先，提出以下 ${countText(n)} 对，供会上交流、会后结对。`,
  },
  unpaired: {
    criterion: (most: number, parts: string) =>
      `每型至多列 ${countText(most)} 对，差距最大的单位在前；差距同样较大而未列入的，${parts}。`,
    requirement: (most: number, parts: string) =>
      `每项至多列 ${countText(most)} 对，差距最大的单位在前；差距同样较大而未列入的，${parts}。`,
  },
  unpairedAt: {
    criterion: (topic: string, left: number, level: number) =>
      `${topic} ${countText(left)} 个${level ? `（${level === left ? '都' : `${countText(level)} 个`}与列入的最后一个得分相同）` : ''}`,
    requirement: (topic: string, left: number, level: number) =>
      `${topic} ${countText(left)} 个${level ? `（${level === left ? '都' : `${countText(level)} 个`}与列入的最后一个达标度相同）` : ''}`,
  },
  pairsLeft: (n: number) => `另有 ${countText(n)} 项要求也有单位可以互相学，没有列出。`,
  pairsNone: '按各型得分和单项要求，都没有可以提出的结对。',
  practice: (requirement: string) => inQuotes(requirement),
  whole: (criterion: string) => `${setOff(criterion)}整体做法`,
  next: (first: string, level: number) =>
    `各单位要对照差距逐项整改，定责任人、定完成时限。没有做到的单位占比居前的是${first}${level ? `（另有 ${countText(level)} 项与最后一项相同）` : ''}，列为下一步的重点。`,
  nextPlain: '各单位要巩固成绩，按期完成尚未到期的要求。',
  nextKept: '已计的要求各单位全部达标，要巩固成绩。',
  nextVeto: '被一票否决和扣分的单位，要查清原因、落实责任，防止再发生。',
  nextPairs: '结对学习的单位要主动向对方学习，带着问题去，带着办法回。',
  cut: (head: number, tail: number, of: number, level: number) =>
    `表中为前 ${countText(head)} 行和后 ${countText(tail)} 行${level ? `，另有 ${countText(level)} 个单位与第 ${countText(head)} 行名次相同` : ''}，全部 ${countText(of)} 个单位见统计表。`,
  losesMost: (units: string, count: number, points: string): string =>
    `${setOff(units)}失分最多，${count === 1 ? '共' : '各'} ${points} 分。`,
  cutTop: (shown: number, of: number, level: number) =>
    `此处列前 ${countText(shown)} 项，共 ${countText(of)} 项${level ? `，另有 ${countText(level)} 项与最后一项相同` : ''}，其余见统计表。`,
  firstOf: (shown: number, of: number, level: number) =>
    `图中为前 ${countText(shown)} 个单位，共 ${countText(of)} 个${level ? `，另有 ${countText(level)} 个与最后一个名次相同` : ''}。`,
  placeOnly: (total: string) => `你单位总分 ${total} 分，是唯一排出名次的单位。`,
  placeUnit: (total: string, rank: number, of: number, group: string, groupRank: number, groupOf: number) =>
    `你单位总分 ${total} 分，在 ${countText(of)} 个单位中列第 ${countText(rank)} 名，在${group} ${countText(groupOf)} 个单位中列第 ${countText(groupRank)} 名。`,
  bandUnit: (high: number, low: number) =>
    `权重上下浮动四分之一反复试算，十次中有九次名次在第 ${countText(high)} 至第 ${countText(low)} 名之间。`,
  bandUnitSure: '权重上下浮动四分之一反复试算，十次中至少有九次名次不变。',
  noPlace: '你单位还没有到期或完成的要求，暂不计分、不排名次。',
  met: (met: number, counted: number) =>
    `已计的 ${countText(counted)} 项要求中，${met === 0 ? '没有一项' : `${countText(met)} 项`}达标。`,
  bestType: (best: string, score: string, weak: string, weakScore: string) =>
    `各型中${setOff(best)}得分最高（${score} 分），${setOff(weak)}得分最低（${weakScore} 分）。`,
  aboveGroup: (criteria: string) => `${setOff(criteria)}高于同类单位中位数，应当保持。`,
  belowGroup: (criteria: string) => `${setOff(criteria)}低于同类单位中位数，要作为今后的重点。`,
  fullyMet: (criterion: string, names: string) => `${criterion}：${names}。`,
  noneMet: '目前还没有完全达标的要求。',
  unitGaps: (n: number, lost: string, open: string, told: number, level: number) =>
    `有 ${countText(n)} 项要求没有完全达标，共失 ${lost} 分。${open}${told < n ? `失分最多的 ${countText(told)} 项` : '具体'}${level ? `（另有 ${countText(level)} 项与最后一项失分相同）` : ''}是：`,
  unitStillOpen: (n: number) => `其中 ${countText(n)} 项只差今天截止的，还可以完成。`,
  unitGapsNone: '已计的要求全部达标。',
  /** Below a table whose rounded rows do not add up to the sum that is told. */
  roundedParts: '各项失分分别四舍五入，合计由未舍入的数相加，末位可能与各项之和不同。',
  /** Nothing that it belongs to weighs. */
  gapFree: (clause: string, share: string) => `〔${clause}〕：达标度 ${share}`,
  unitGapsFree: (n: number, open: string, told: number) =>
    `有 ${countText(n)} 项要求没有完全达标，不计失分。${open}${told < n ? `其中 ${countText(told)} 项` : '具体'}是：`,
  gap: (clause: string, share: string, lost: string) => `〔${clause}〕：达标度 ${share}，失 ${lost} 分`,
  gapMissed: (windows: string) => `缺${windows}`,
  gapMissedYear: (actual: string, required: string) => `应做 ${required}，实做 ${actual}`,
  gapClosed: (rank: number, now: number) =>
    `若达标，名次可到第 ${countText(rank)} 名（现第 ${countText(now)} 名）`,
  unitFloored: '各型得分扣到 0 分为止。',
  unitClean: '没有扣分和一票否决的事项。',
  unitIncident: (kind: string, times: number, effect: string) => `${kind} ${countText(times)} 次，${effect}`,
  unitVeto: (vetoes: string, total: string, uncapped: string) =>
    `因${setOff(vetoes)}被一票否决，总分按 ${total} 分计（未否决时 ${uncapped} 分），取消当年评优资格。`,
  unitVetoUnranked: (vetoes: string) => `因${setOff(vetoes)}被一票否决，取消当年评优资格。`,
  unitVetoBelow: (vetoes: string, total: string) =>
    `因${setOff(vetoes)}被一票否决，取消当年评优资格；总分 ${total} 分，本就不高于封顶分。`,
  eligible: '评优条件已全部满足。',
  openConditions: (n: number) => `目前没有逾期的评优条件，还有 ${countText(n)} 项待满足。`,
  notEligible: (why: string) => `目前不符合评优条件：${why}。`,
  notYetEligible: '目前尚未满足全部评优条件。',
  conditionMissing: (name: string) => `${inQuotes(name)}到期未满足`,
  conditionsOpen: (names: string) => `尚待满足的条件：${names}。`,
  conditionBy: (name: string, day: string) => `${name}（${day}前）`,
  vetoBars: '被一票否决',
  dueLate: (n: number, year: number) =>
    `没有达标的 ${countText(n)} 项，${year} 年已不能补做，请总结经验教训，列入下一年度计划。`,
  dueNone: '没有还要完成的要求。',
  dueAhead: (n: number) => `${countText(n)} 项要求目前达标，年内还有要做的，请按期完成。`,
  dueSome: (n: number) => `以下 ${countText(n)} 项还没有完成，请按期限完成：`,
  dueBy: (day: string) => `于 ${day}前完成：`,
  dueItem: (name: string, clause: string) => `${name}〔${clause}〕`,
  self: (n: number) =>
    `你单位已上报自检。自评分高出考核得分 10 分以上的有 ${countText(n)} 型，要对照事实再作检查。`,
  selfFair: '你单位已上报自检，没有一型的自评分高出考核得分 10 分以上。',
};
