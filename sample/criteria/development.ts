import { windowsOf, workdayWithin } from '../calendar.ts';
import { asReported, type Target } from '../targets.ts';
import { add, dayBetween, does, inForms, type Scene } from './scene.ts';

/** Where the year ends for one indicator: above 1 is better than the target, whatever its direction. */
function outcome(scene: Scene): number {
  const quality = scene.quality('development', `${scene.year}-11-30`);
  return 0.62 + 0.42 * quality + scene.random.between(-0.06, 0.06);
}

function report(scene: Scene, { indicator, target, direction, progress }: Target): void {
  const result = outcome(scene);
  windowsOf(scene.year, 'quarter').forEach(({ from, to }, quarter) => {
    const share = progress[quarter] ?? null;
    if (share === null) return;
    const drift = quarter === 3 ? 1 : scene.random.between(0.96, 1.04);
    const value = direction === 'atLeast' ? target * result : target / result;
    const day = workdayWithin(scene.random, `${from.slice(0, 5)}${to.slice(5, 8)}22`, to);
    if (scene.random.chance(0.5 + 0.5 * scene.quality('development', day)))
      add(scene, 'indicator', day, { indicator, value: asReported(indicator, value * share * drift) });
  });
}

function honours(scene: Scene): void {
  const day = dayBetween(scene, '05-10', '12-20');
  const quality = scene.quality('development', day);
  if (scene.random.chance(quality * quality))
    add(scene, 'honour', day, {
      form: scene.random.pick([
        'area-overall',
        'branch-overall',
        'branch-field',
        'branch-field',
        'branch-field',
      ]),
    });
}

/** 三(五) 发展型. */
export function develop(scene: Scene): void {
  inForms(scene, 'development', 'goal', ['near', 'mid', 'long'], { to: '06-30' });
  const strategy = dayBetween(scene, '01-15', '11-30');
  if (does(scene, 'development', strategy)) add(scene, 'strategy', strategy);
  const wishes = dayBetween(scene, '02-01', '11-30');
  if (does(scene, 'development', wishes)) add(scene, 'mass-wishes', wishes);
  honours(scene);
  for (const target of scene.targets) report(scene, target);
}
