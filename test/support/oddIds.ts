/** Ids that a plan may have and that code may trip over: what objects inherit, and what columns and roles are called. */
export const ODD_IDS: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'rank',
  'total',
  'name',
  '-rank',
  '学习/型%?#&=',
];
