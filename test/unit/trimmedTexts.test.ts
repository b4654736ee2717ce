import { describe, expect, test } from 'vitest';
import { admit } from '#ingest/admission/admit.ts';
import { describeFaults } from '#schemas/admission.ts';
import { adopted, amended, fromOrganisation, fromUnit, recorded, registered } from '#test/support/events.ts';

/**
 * A text that people read is taken without the spaces around it, and is then the same content: whoever sends it once
 * more from a form, a spreadsheet or a program is told that it is there already. An id is no such text.
 */

type Sent = { type: string; data: object };

const plan = adopted(2026).data as { requirements: object[] };
const unit = registered('u-1').data as object;
const reported = recorded('u-1', 'a').data as object;
const { year: _, ...body } = amended('u-1', 'a').data as { year?: number };
const inspection = (text: string) => ({
  year: 2026,
  criteria: { learning: { selfScore: 90, shortcomings: text, remedies: text } },
});

const TEXTS: [string, (text: string) => Sent][] = [
  ['a unit’s name', (name) => registered('u-1', { name })],
  ['a new name', (name) => fromOrganisation('u-1', 'unit.changed', { name })],
  ['why a unit was closed', (reason) => fromOrganisation('u-1', 'unit.closed', { on: '2026-06-01', reason })],
  ['a title', (title) => recorded('u-1', 'a', { title })],
  ['a new title', (title) => fromUnit('u-1', 'activity.amended', { ...body, activity: 'a', title })],
  ['a note', (note) => recorded('u-1', 'a', { note })],
  ['where a proof is', (text) => recorded('u-1', 'a', { evidence: [text] })],
  ['a reason', (reason) => fromUnit('u-1', 'activity.retracted', { activity: 'a', reason })],
  ['shortcomings and remedies', (text) => fromUnit('u-1', 'selfinspection.submitted', inspection(text))],
  ['the title of a plan', (text) => adopted(2026, 1, { title: { zh: text, en: text } })],
  [
    'the name of a requirement',
    (text) => {
      const [first, ...others] = plan.requirements;
      return adopted(2026, 1, { requirements: [{ ...first, name: { zh: text, en: text } }, ...others] });
    },
  ],
];

function taken(event: Sent): { data: string; content: string } {
  const admission = admit(event);
  if (!('admitted' in admission)) throw new Error(describeFaults(admission.faults));
  return { data: JSON.stringify(admission.admitted.event.data), content: admission.admitted.content };
}

describe('spaces around a text', () => {
  test.each(TEXTS)('of %s are left out, and make no other content', (_name, make) => {
    const plain = taken(make('先进 典型'));
    for (const text of [' 先进 典型', '先进 典型  ', '\u3000先进 典型\n', '\ufeff先进 典型\t'])
      expect(taken(make(text))).toEqual(plain);
    expect(taken(make('先进  典型')).content).not.toBe(plain.content);
  });

  test.each(TEXTS.filter(([name]) => /name|title|reason|proof/.test(name)))(
    'alone are no %s',
    (_name, make) => {
      for (const text of ['', ' ', '\u3000\n']) expect('faults' in admit(make(text))).toBe(true);
    },
  );

  test.each<[string, Sent]>([
    ['an activity', recorded('u-1', ' a')],
    ['a kind', { ...recorded('u-1', 'a'), data: { ...reported, kind: 'research ' } }],
    ['a group', { ...registered('u-1'), data: { ...unit, group: ' farm' } }],
  ])('of the id of %s are refused: another id would be meant', (_name, event) => {
    expect('faults' in admit(event)).toBe(true);
  });
});
