import { guideZh } from '../../dashboard/locales/guide.zh-CN.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';
import { routes } from '../../dashboard/routes.ts';

/** The guide as a page of the documentation (`docs/guide.zh.md`), made of the words that the product says. */

type GuidePage = keyof typeof guideZh;

/** Pages with a picture, and where it is taken. Pictures are made by `test/e2e/guide.test.ts`. */
export const PICTURED = {
  overview: '/overview',
  ranking: '/ranking',
  unit: '/units/farm-03',
  gaps: '/gaps',
  calendar: '/calendar',
  meeting: '/meeting',
  teaching: '/meeting/teaching',
  plan: '/plan',
  inbox: '/inbox',
  units: '/units',
} as const satisfies Partial<Record<GuidePage, string>>;

/** The name of a page's picture in `docs/images`. */
export const pictureOf = (page: string): string => `guide-${page}`;

const PARTS: readonly [string, readonly GuidePage[]][] = [
  ['从这里开始', ['home', 'sign-in']],
  [
    '看全区和各单位',
    [
      ...([
        'overview',
        'ranking',
        'trends',
        'unit',
        'activities',
        'gaps',
        'requirement',
        'criterion',
      ] as const),
      ...(['compare', 'calendar', 'self-inspection', 'notes', 'plan'] as const),
    ],
  ],
  ['单位填报', ['desk', 'desk-report', 'desk-history', 'own-inspection', 'import']],
  ['组织部和核实人', ['inbox', 'units', 'targets', 'access', 'audit']],
  ['开会和定结果', ['meeting', 'slides', 'wall', 'commendation', 'teaching', 'year-on-year', 'freeze']],
  ['消息和账号', ['news', 'account', 'deliveries', 'news-confirm', 'news-stop']],
  ['找不到的地址', ['not-found']],
];

/** The pages of the book, to be held against those of the guide. */
export const bookPages: readonly GuidePage[] = PARTS.flatMap(([, pages]) => pages);

const wordAt = (path: string): string => {
  const found = path.split('.').reduce<unknown>((tree, key) => (tree as Record<string, unknown>)[key], zhCN);
  if (typeof found !== 'string') throw new Error(`no word at ${path}`);
  return found;
};

function titleOf(page: GuidePage): string {
  const title = routes.find(({ name }) => name === page)?.meta?.title;
  if (!title) throw new Error(`no title of ${page}`);
  return wordAt(title);
}

function chapterOf(page: GuidePage): string {
  const { answers, made, can } = guideZh[page];
  const title = titleOf(page);
  const lines = [
    `### ${title}`,
    ...(page in PICTURED ? [`![${title}](images/${pictureOf(page)}.png)`] : []),
    `**${zhCN.guide.answers}。** ${answers}`,
    `**${zhCN.guide.made}。** ${made}`,
    `**${zhCN.guide.can}。** ${can}`,
  ];
  return lines.join('\n\n');
}

const KEYS = [
  ['`Ctrl` `K`、`/`', zhCN.guide.find],
  ['`j`、`k`', `${zhCN.guide.down}、${zhCN.guide.up}`],
  [zhCN.guide.space, zhCN.guide.peek],
  ['`?`', zhCN.guide.help],
] as const;

/** The whole page. */
export function guideBook(): string {
  return `${[
    '# 各页说明',
    '这一页由系统里的说明拼成：在任何一页按 `?`，或点问题旁边的问号，看到的就是下面的话。文字由测试核对，图片由测试从运行的系统里截取。',
    '先看与您有关的：[单位填报人](reporter.zh.md) · [组织部](department.zh.md) · [核实人](reviewer.zh.md) · [领导小组](leader.zh.md)。',
    `| 按键 | ${zhCN.guide.keys} |\n|---|---|\n${KEYS.map(([key, does]) => `| ${key} | ${does} |`).join('\n')}`,
    ...PARTS.flatMap(([name, pages]) => [`## ${name}`, ...pages.map(chapterOf)]),
  ].join('\n\n')}\n`;
}
