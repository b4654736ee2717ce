import type { finderZhCN } from './finder.zh-CN.ts';

/** Words of the finder, in English. */
export const finderEn: typeof finderZhCN = {
  title: 'Find',
  placeholder: 'Units, requirements, clauses, pages; pinyin or its initials, too',
  results: 'What is found',
  none: 'Nothing matches.',
  more: '{n} more',
  rank: 'rank {rank}',
  compare: 'Compare with: {what}',
  basis: 'Basis: {what}',
  scheme: 'Colours: {what}',
  keys: '↑ ↓ choose, Enter opens, Esc closes; Ctrl K or / to find at any time, j and k to move through a table, Space to look at a row’s unit',
  kind: {
    view: 'Views',
    page: 'Pages',
    section: 'This page',
    action: 'Actions',
    unit: 'Units',
    criterion: 'Types',
    requirement: 'Requirements',
    clause: 'Clauses',
  },
};
