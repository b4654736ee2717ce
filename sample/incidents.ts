import { addDays, daysLater, officeHour } from './calendar.ts';
import type { Ledger } from './ledger.ts';
import { randomFor } from './random.ts';
import { appeal } from './verification.ts';

type Outcome = 'granted' | 'dismissed' | 'open' | 'mistaken';
type Incident = readonly [unit: string, kind: string, monthDay: string, title: string, outcome?: Outcome];

/** The incidents of both years, scripted: among them one veto each, one waived on appeal, one recorded by mistake. */
const LAST_YEAR: readonly Incident[] = [
  ['com-05', 'petition-incident', '03-26', '居民因供水问题越级上访', 'dismissed'],
  ['com-03', 'public-order-incident', '04-17', '辖区出租房连续发生盗窃案'],
  ['farm-04', 'admonition-talk', '05-20', '因班子成员互相推诿误农时诫勉谈话'],
  ['farm-11', 'safety-incident', '06-12', '场区道路车辆碰撞致职工受伤', 'granted'],
  ['ent-06', 'safety-incident', '07-22', '施工脚手架坍塌致一人受伤'],
  ['farm-15', 'admonition-talk', '08-12', '因不团结问题对班子诫勉谈话'],
  ['farm-12', 'family-planning-incident', '08-27', '计划生育台账失实'],
  ['ent-08', 'major-safety-accident', '09-18', '锅炉爆管重大安全事故'],
  ['sch-06', 'public-order-incident', '09-25', '园门安保缺岗，综治检查不合格'],
  ['farm-08', 'safety-incident', '10-09', '收获作业中职工被农机划伤'],
  ['ent-10', 'admonition-talk', '10-15', '因车辆管理混乱对班子诫勉谈话'],
  ['farm-15', 'petition-incident', '11-12', '土地承包费兑现引发集体上访'],
  ['farm-15', 'admonition-talk', '11-20', '因信访处置不力诫勉谈话'],
  ['ent-12', 'team-adjustment', '12-03', '免去一名副厂长职务'],
  ['ent-07', 'petition-incident', '12-08', '职工因欠发工资上访'],
];

const THIS_YEAR: readonly Incident[] = [
  ['ent-10', 'admonition-talk', '03-18', '因工作推诿对班子成员诫勉谈话'],
  ['farm-03', 'family-planning-incident', '04-09', '计划生育管理漏报'],
  ['farm-15', 'admonition-talk', '04-15', '因备春耕迟缓对班子诫勉谈话'],
  ['farm-09', 'violation', '04-22', '班子成员违反财经纪律被立案'],
  ['farm-04', 'safety-incident', '05-12', '播种机作业致职工受伤'],
  ['com-05', 'public-order-incident', '05-25', '消防通道堵塞引发群殴'],
  ['farm-07', 'petition-incident', '06-10', '土地纠纷上访', 'open'],
  ['farm-10', 'admonition-talk', '06-25', '因班子成员沟通不畅诫勉谈话'],
  ['ent-06', 'safety-incident', '06-30', '工地用电隐患未整改引发火情'],
  ['off-08', 'admonition-talk', '07-08', '因办事拖延对班子成员诫勉谈话'],
  ['ent-07', 'petition-incident', '07-15', '集资款问题集体上访'],
  ['farm-13', 'safety-incident', '08-06', '粮库粉尘险情', 'mistaken'],
  ['com-05', 'petition-incident', '08-26', '物业收费问题重复信访'],
  ['farm-15', 'team-adjustment', '09-02', '对班子作组织调整'],
  ['off-08', 'team-adjustment', '09-10', '免去一名副科长职务'],
  ['farm-14', 'safety-incident', '09-22', '烘干塔高处坠落受伤事故'],
  ['sch-04', 'public-order-incident', '10-14', '校门外学生斗殴事件'],
  ['ent-07', 'petition-incident', '10-20', '欠薪问题重复上访'],
];

const REASONS = {
  granted: { appealed: '事故系外来作业车辆所致，与本单位管理无关', decided: '经复核属外单位责任，申诉成立' },
  dismissed: { appealed: '信访人已息访，请求不计入', decided: '经复核，信访事项属实，维持认定' },
  open: { appealed: '上访人户籍不在本区，请求重新认定' },
};

/** Records the incidents of one year as the organisation department does, with what came of them. */
export function recordIncidents(ledger: Ledger, seed: number, year: number, later: boolean): void {
  (later ? THIS_YEAR : LAST_YEAR).forEach(([unit, kind, monthDay, title, outcome], index) => {
    const random = randomFor(seed, unit, kind, year, monthDay);
    const occurredOn = `${year}-${monthDay}`;
    const activity = `incident-${year}-${String(index + 1).padStart(2, '0')}`;
    const at = officeHour(random, addDays(occurredOn, random.int(1, 6)));
    ledger.send(at, 'organisation', `${activity}.recorded`, 'activity.recorded', {
      activity,
      unit,
      year,
      kind,
      occurredOn,
      title,
      evidence: [`情况通报 ${occurredOn}`],
    });
    const next = daysLater(random, at, 4, 14);
    if (outcome === 'mistaken') {
      const reason = '经核实事故发生在邻近单位，录入有误';
      ledger.send(next, 'organisation', `${activity}.rejected`, 'activity.rejected', {
        activity,
        unit,
        reason,
      });
    } else if (outcome) appeal(ledger, random, { activity, unit }, next, outcome, REASONS[outcome]);
  });
}

/** The incidents of a unit in a year that stand, for whoever estimates its result. */
export const standingIncidents = (unit: string, later: boolean): string[] =>
  (later ? THIS_YEAR : LAST_YEAR)
    .filter(([id, , , , outcome]) => id === unit && outcome !== 'granted' && outcome !== 'mistaken')
    .map(([, kind]) => kind);
