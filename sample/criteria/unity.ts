import type { Day } from '#schemas/dates.ts';
import { inForms, ratios, regularly, type Scene } from './scene.ts';

/** 三(二) 团结型. */
export function unite(scene: Scene): void {
  inForms(scene, 'unity', 'decision-rules', ['rules', 'procedures', 'division'], { to: '09-30' });
  ratios(scene, 'unity', 'major-decisions', [3, 8]);
  ratios(scene, 'unity', 'mass-opinions', [1, 3]);
  regularly(scene, 'unity', 'life-meeting', { per: 'half', extra: 0.05 });
  const talk = (ledByHead: boolean) => (day: Day) => ({
    ledByHead,
    members: scene.random.some(scene.members(day).slice(1), scene.random.int(1, 3)).sort(),
  });
  regularly(scene, 'unity', 'heart-talk', { per: 'half', extra: 0.4, fields: talk(true) });
  regularly(scene, 'unity', 'heart-talk', { per: 'half', fields: talk(false) });
  regularly(scene, 'unity', 'unity-review', { per: 'half' });
}
