import { windowsOf, workdayWithin } from '../calendar.ts';
import { add, dayBetween, does, regularly, type Scene } from './scene.ts';

/** A score such as a jury gives, with one decimal. */
function scores(scene: Scene): void {
  for (const { from, to } of windowsOf(scene.year, 'quarter')) {
    const day = workdayWithin(scene.random, from, to);
    const quality = scene.quality('innovation', day);
    const score = Math.min(100, 48 + 50 * quality + scene.random.between(-5, 4));
    if (scene.random.chance(0.3 + 0.7 * quality))
      add(scene, 'contest-result', day, { score: Math.round(score * 10) / 10 });
  }
}

/** 三(三) 创新型. */
export function innovate(scene: Scene): void {
  for (const kind of ['method-innovation', 'mechanism-innovation']) {
    const first = dayBetween(scene, '02-10', '07-20');
    if (does(scene, 'innovation', first)) add(scene, kind, first);
    const second = dayBetween(scene, '08-01', '12-10');
    if (scene.random.chance(0.35) && does(scene, 'innovation', second)) add(scene, kind, second);
  }
  regularly(scene, 'innovation', 'work-contest', { per: 'half', extra: 0.35 });
  scores(scene);
}
