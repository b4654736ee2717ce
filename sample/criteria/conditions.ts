import { add, dayBetween, type Scene } from './scene.ts';

const KINDS = ['head-in-charge', 'implementation-measures', 'publicity', 'role-model', 'experience-sharing'];

/** 四 and 五: what must hold for a commendation. Most see to it on time; the weak forget or come late. */
export function prepare(scene: Scene): void {
  const { random } = scene;
  const diligence = scene.quality('unity', `${scene.year}-03-31`);
  const onTime = random.chance(0.5 + 0.5 * diligence);
  if (onTime) add(scene, 'leading-group-formed', dayBetween(scene, '01-08', '03-25'));
  else if (random.chance(0.8)) add(scene, 'leading-group-formed', dayBetween(scene, '04-03', '05-25'));
  for (const kind of KINDS) {
    const [from, to] = kind === 'experience-sharing' ? ['05-01', '12-20'] : ['01-15', '10-20'];
    if (random.chance(0.62 + 0.38 * diligence)) add(scene, kind, dayBetween(scene, from, to));
    if (kind === 'publicity' && random.chance(0.5 * diligence))
      add(scene, kind, dayBetween(scene, '04-01', '12-15'));
  }
}
