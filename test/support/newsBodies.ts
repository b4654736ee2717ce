import type { NewsBody } from '#schemas/results/news.ts';

export const about = { unit: 'farm-1', name: '一区 <b>“甲”</b>' };
const owedOf = (kind: string, criterion: string) => ({
  of: 'requirement' as const,
  id: `${criterion}.${kind}`,
  criterion,
  name: { zh: '专题调研', en: 'Research' },
  clause: '三(一)3',
  kind,
  window: '2026-Q3',
  owing: 3,
});
const decided = {
  year: 2026,
  about,
  activity: 'r-1',
  title: '调研',
  of: 'research',
  reason: '材料不全',
};
export const BODIES: NewsBody[] = [
  { kind: 'due', year: 2026, due: '2026-09-30', days: 7, about, owed: [owedOf('research', 'learning')] },
  {
    kind: 'overdue',
    year: 2026,
    due: '2026-09-30',
    about: null,
    owed: [owedOf('research', 'learning'), owedOf('talk', 'unity')],
  },
  { kind: 'rejected', ...decided },
  { kind: 'appeal', ...decided, outcome: 'granted' },
  { kind: 'veto', year: 2026, about, veto: 'v', name: null, of: 'violation', cap: 59, lifted: false },
  { kind: 'quota', year: 2026, about, rank: 9, why: 'rank' },
  { kind: 'rank', year: 2026, about, before: 3, after: 12, since: '2026-09-01', replanned: true },
  { kind: 'waiting', year: 2026, account: null, verification: 3, appeals: 1, quarantine: 0 },
  { kind: 'waiting', year: 2026, account: 'p-r', verification: 3, appeals: 0, quarantine: 0 },
  { kind: 'publication', year: 2026, stage: 'opened', until: '2026-12-20', daysLeft: 7 },
];
