import type { wallZhCN } from './wall.zh-CN.ts';

/** Words of the big screen, in English. */
export const wallEn: typeof wallZhCN = {
  title: 'Big screen',
  movers: 'Who rose and who fell? ({since})',
  vetoed: 'vetoed',
  places: '{places} of the {of} ⟨unit that has/units that have⟩ a rank',
  level: '{n} more is level with the last one. | {n} more are level with the last one.',
  missMeans:
    'On the left the units that fall short and those it counts for, on the right points lost by a unit on average.',
  owing: '{owing} / {asked} still owe it',
  more: '{n} more. | {n} more.',
  dueNext: 'The next ones after that: {n} on {day}. | The next ones after that: {n} on {day}.',
  nothing: 'There is nothing to show yet.',
  held: 'held',
};
