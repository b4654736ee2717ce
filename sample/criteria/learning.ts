import { add, dayBetween, does, inForms, keeps, mostMembers, regularly, type Scene } from './scene.ts';

const TRAINING = ['concentrated', 'concentrated', 'self-study', 'self-study', 'off-job', 'correspondence'];

/** Sessions through the year; together about 40 hours a member where the team takes it seriously. */
function training(scene: Scene): void {
  const { random } = scene;
  for (const form of TRAINING) {
    const day = dayBetween(scene, '01-08', '12-15');
    if (!does(scene, 'learning', day)) continue;
    const present = Math.max(1, mostMembers(scene, 'learning', day).length);
    const single = form === 'off-job' || form === 'correspondence';
    const people = single ? Math.min(present, random.int(1, 3)) : present;
    const hours = single ? random.pick([24, 32, 40]) : random.pick([6, 8, 10, 12, 12]);
    add(scene, 'training', day, { form, quantity: people * hours });
  }
}

function studyPlans(scene: Scene): void {
  for (const [form, from, to] of [
    ['annual', '01-08', '02-20'],
    ['long-term', '01-10', '04-10'],
    ['stage', '03-01', '08-30'],
  ] as const) {
    const day = dayBetween(scene, from, to);
    if (!does(scene, 'learning', day)) continue;
    const members = form === 'annual' ? mostMembers(scene, 'learning', day) : scene.members(day).slice(0, 4);
    add(scene, 'study-plan', day, { form, members: members.length ? members : ['m-01'] });
  }
  const late = dayBetween(scene, '09-01', '09-25');
  const members = scene.members(late);
  if (keeps(scene, 'learning', late))
    add(scene, 'study-plan', late, { form: 'annual', members: members.slice(-3) });
}

/** 三(一) 学习型. */
export function learn(scene: Scene): void {
  regularly(scene, 'learning', 'center-group-study', { per: 'month', extra: 0.1 });
  inForms(scene, 'learning', 'knowledge-study', ['economics', 'finance', 'law', 'technology', 'management'], {
    extra: 0.15,
  });
  training(scene);
  const platform = dayBetween(scene, '02-01', '10-30');
  if (does(scene, 'learning', platform)) add(scene, 'learning-platform', platform);
  studyPlans(scene);
  regularly(scene, 'learning', 'lecture', { per: 'half', extra: 0.25 });
  const visit = dayBetween(scene, '03-10', '11-10');
  if (does(scene, 'learning', visit)) add(scene, 'study-visit', visit);
  regularly(scene, 'learning', 'research', { per: 'quarter', extra: 0.25 });
}
