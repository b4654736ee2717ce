/** The teams of the sample and what kind of team each is. All names are invented; members are ids only. */

export const CHARACTERS = ['strong', 'good', 'middle', 'uneven', 'rising', 'falling', 'weak'] as const;
export type Character = (typeof CHARACTERS)[number];

export type UnitSpec = {
  id: string;
  name: string;
  group: string;
  teamSize: number;
  character: Character;
};

type Row = readonly [name: string, teamSize: number, character: Character];

const TEAMS: readonly (readonly [group: string, prefix: string, rows: readonly Row[]])[] = [
  [
    'farm',
    'farm',
    [
      ['第一管理区', 9, 'strong'],
      ['第二管理区', 8, 'good'],
      ['第三管理区', 8, 'middle'],
      ['第四管理区', 7, 'weak'],
      ['第五管理区', 7, 'good'],
      ['第六管理区', 8, 'rising'],
      ['第七管理区', 9, 'middle'],
      ['第八管理区', 7, 'uneven'],
      ['第九管理区', 8, 'good'],
      ['第十管理区', 7, 'falling'],
      ['沿江管理区', 9, 'strong'],
      ['北山管理区', 7, 'middle'],
      ['松林管理区', 8, 'good'],
      ['红旗管理区', 8, 'middle'],
      ['新立管理区', 7, 'weak'],
      ['河口管理区', 8, 'uneven'],
    ],
  ],
  [
    'enterprise',
    'ent',
    [
      ['粮油加工有限公司', 9, 'strong'],
      ['种业有限公司', 7, 'good'],
      ['农机修造厂', 7, 'middle'],
      ['供热有限公司', 8, 'middle'],
      ['自来水公司', 6, 'good'],
      ['建筑安装工程公司', 8, 'uneven'],
      ['物资供应公司', 7, 'falling'],
      ['乳业有限公司', 8, 'strong'],
      ['粮食贸易有限公司', 7, 'rising'],
      ['运输公司', 6, 'weak'],
      ['生物质能源有限公司', 6, 'middle'],
      ['亚麻纺织厂', 7, 'weak'],
    ],
  ],
  [
    'office',
    'off',
    [
      ['行政办公室', 6, 'good'],
      ['计划财务科', 6, 'strong'],
      ['农业生产科', 7, 'good'],
      ['农机管理科', 6, 'middle'],
      ['科技推广中心', 7, 'rising'],
      ['水务科', 5, 'uneven'],
      ['林业科', 5, 'middle'],
      ['土地管理科', 6, 'falling'],
      ['工会', 6, 'good'],
    ],
  ],
  [
    'school',
    'sch',
    [
      ['第一中学', 8, 'strong'],
      ['第二中学', 7, 'middle'],
      ['中心小学', 7, 'good'],
      ['北区小学', 6, 'uneven'],
      ['职业技术学校', 8, 'good'],
      ['中心幼儿园', 5, 'weak'],
    ],
  ],
  [
    'community',
    'com',
    [
      ['中心社区', 8, 'good'],
      ['沿江社区', 8, 'middle'],
      ['东城社区', 7, 'rising'],
      ['西城社区', 6, 'middle'],
      ['北林社区', 6, 'falling'],
    ],
  ],
];

export const UNITS: readonly UnitSpec[] = TEAMS.flatMap(([group, prefix, rows]) =>
  rows.map(([name, teamSize, character], index) => ({
    id: `${prefix}-${String(index + 1).padStart(2, '0')}`,
    name,
    group,
    teamSize,
    character,
  })),
);

/** Members are opaque ids; the head is always one of them. */
export const membersOf = (teamSize: number): string[] =>
  Array.from({ length: teamSize }, (_, index) => `m-${String(index + 1).padStart(2, '0')}`);
