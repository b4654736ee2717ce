import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { en } from '../../dashboard/locales/en.ts';
import { wordsOf } from '../../dashboard/locales/words.ts';
import { zhCN } from '../../dashboard/locales/zh-CN.ts';
import { detailText } from '../../dashboard/pages/audit/entries.ts';

/** What the server writes into the audit log, read from its source: each action, and each detail that is named there. */
function recorded(): { actions: Set<string>; fields: Set<string> } {
  const actions = new Set<string>();
  const fields = new Set<string>();
  const isAction = (text: string): boolean => /^[a-z]+\.[a-z-]+$/.test(text);
  const named = (object: ts.Node): void => {
    if (!ts.isObjectLiteralExpression(object)) return;
    for (const property of object.properties) {
      if (ts.isSpreadAssignment(property) || !property.name) continue;
      fields.add(property.name.getText());
      if (ts.isPropertyAssignment(property)) named(property.initializer);
    }
  };
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText().split('.').at(-1) ?? '';
      const action = node.arguments.find((one) => ts.isStringLiteral(one) && isAction(one.text));
      if (['record', 'denied', 'note'].includes(called) && action) {
        if (called !== 'denied') actions.add((action as ts.StringLiteral).text);
        for (const one of node.arguments) named(one);
      }
    } else if (ts.isVariableDeclaration(node) && node.name.getText() === 'action') {
      for (const [, action = ''] of node.initializer?.getText().matchAll(/'([a-z]+\.[a-z-]+)'/g) ?? [])
        actions.add(action);
    } else if (ts.isPropertyAssignment(node) && node.name.getText() === 'audited') {
      if (ts.isStringLiteral(node.initializer)) actions.add(node.initializer.text);
    }
    ts.forEachChild(node, look);
  };
  for (const file of globSync('api/**/*.ts'))
    look(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return { actions, fields };
}

describe.each([
  ['zh', zhCN.audit],
  ['en', en.audit],
])('the audit page in %s', (_, { actions: actionWords, fields: fieldWords }) => {
  const { actions, fields } = recorded();

  test('has a word for every action that the server writes down', () => {
    expect(actions.size).toBeGreaterThan(25);
    expect([...actions].filter((action) => !(action.replace('.', '-') in actionWords))).toEqual([]);
  });

  test('and one for every detail of it', () => {
    expect(fields.size).toBeGreaterThan(20);
    expect([...fields].filter((field) => !(field in fieldWords))).toEqual([]);
  });
});

test('details are told by names: of types, kinds and imported tables; what was left empty is not told', () => {
  const called = { unit: () => '东城社区', criterion: () => '团结型', kind: () => '诫勉谈话' };
  const details = {
    reviews: { criteria: ['unity'], kinds: [] },
    kind: 'units',
    label: '',
    unit: 'com-03',
  };
  expect(detailText(wordsOf('zh-CN'), { details }, called)).toBe(
    '核实范围：五型：团结型 · 种类：单位 · 单位：东城社区',
  );
  for (const [kind, said] of [
    ['invitation', 'kind: invitation'],
    ['incidents', 'kind: Incidents'],
    ['admonition-talk', 'kind: 诫勉谈话'],
  ] as const)
    expect(detailText(wordsOf('en'), { details: { kind } }, called)).toBe(said);
});
