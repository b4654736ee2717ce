import {
  add,
  dayBetween,
  does,
  inForms,
  keeps,
  mostMembers,
  ratios,
  regularly,
  type Scene,
} from './scene.ts';

function majorMatters(scene: Scene): void {
  const first = dayBetween(scene, '01-10', '03-20');
  const members = mostMembers(scene, 'integrity', first);
  if (members.length) add(scene, 'major-matter-report', first, { members });
  const second = dayBetween(scene, '07-01', '10-30');
  const missing = scene.members(second).filter((member) => !members.includes(member));
  if (keeps(scene, 'integrity', second))
    add(scene, 'major-matter-report', second, { members: missing.length ? missing : ['m-01'] });
  else if (missing.length > 1 && does(scene, 'integrity', second))
    add(scene, 'major-matter-report', second, { members: missing.slice(1) });
}

/** 三(四) 廉洁型. */
export function keepHonest(scene: Scene): void {
  majorMatters(scene);
  ratios(scene, 'integrity', 'three-talks', [2, 6]);
  ratios(scene, 'integrity', 'three-dos', [2, 5]);
  regularly(scene, 'integrity', 'conduct-tour', { per: 'half' });
  inForms(scene, 'integrity', 'integrity-education', ['routine', 'case', 'discipline', 'theme'], {
    extra: 0.3,
  });
  inForms(scene, 'integrity', 'supervision', ['party', 'social', 'public-opinion'], { from: '02-15' });
  inForms(scene, 'integrity', 'inspection', ['discipline', 'organisation', 'audit'], { from: '03-01' });
  ratios(scene, 'integrity', 'rectification', [1, 5]);
}
