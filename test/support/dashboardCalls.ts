import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The GETs that the dashboard makes, read out of its files. */

export type DashboardCall = {
  file: string;
  /** The function of its file that asks; the component where its template does. */
  by: string;
  /** The path below /api, `*` for what is filled in: `/units/*` + `/trend`. Null where the code does not show it. */
  path: string | null;
};

const DASHBOARD = fileURLToPath(new URL('../../dashboard', import.meta.url));
/** What asks, in `dashboard/composables/client.ts`; `pathOf` makes the address of a link. */
const DOORS = new Set(['ask', 'askFile', 'pathOf']);
const CLIENT = 'client.ts';

type Helpers = Map<string, { parameters: string[]; body: ts.Expression }>;

const sourceOf = (name: string, text: string): ts.SourceFile =>
  ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);

/** Functions of a file that do nothing but make a path. */
function helpersOf(source: ts.SourceFile): Helpers {
  const helpers: Helpers = new Map();
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (initializer && ts.isArrowFunction(initializer) && !ts.isBlock(initializer.body))
        helpers.set(name.getText(), {
          parameters: initializer.parameters.map((parameter) => parameter.name.getText()),
          body: initializer.body,
        });
  }
  return helpers;
}

/** The text of an expression that makes a path, `*` for what only a call knows. */
function textOf(node: ts.Node | undefined, helpers: Helpers, known: ReadonlyMap<string, string>): string {
  if (!node) return '*';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isIdentifier(node)) return known.get(node.text) ?? '*';
  if (ts.isTemplateExpression(node))
    return node.templateSpans.reduce(
      (text, { expression, literal }) => text + textOf(expression, helpers, known) + literal.text,
      node.head.text,
    );
  if (ts.isCallExpression(node)) {
    const helper = helpers.get(node.expression.getText());
    if (!helper) return '*';
    const given = helper.parameters.map(
      (name, index) => [name, textOf(node.arguments[index], helpers, known)] as const,
    );
    return textOf(helper.body, helpers, new Map(given));
  }
  return '*';
}

/** True where a request says another method; one that is not written out is taken for a GET. */
function writes(node: ts.Node | undefined): boolean {
  if (!node || !ts.isObjectLiteralExpression(node)) return false;
  return node.properties.some(
    (property) =>
      ts.isPropertyAssignment(property) &&
      property.name.getText() === 'method' &&
      property.initializer.getText() !== "'GET'",
  );
}

const nameOf = (node: ts.Node): string | undefined => {
  if (ts.isFunctionDeclaration(node)) return node.name?.text;
  if (ts.isVariableStatement(node)) {
    const name = node.declarationList.declarations[0]?.name;
    return name && ts.isIdentifier(name) ? name.text : undefined;
  }
  return undefined;
};

function callsIn(file: string, text: string): DashboardCall[] {
  const source = sourceOf(file, text);
  const helpers = helpersOf(source);
  const component = basename(file).replace(/\.\w+$/, '');
  const found: DashboardCall[] = [];
  const walk = (node: ts.Node, by: string): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const { text: door } = node.expression;
      // A file's own `pathOf` is no door; what it makes is seen where it is asked.
      if (DOORS.has(door) && !helpers.has(door)) {
        const [address, request] = door === 'ask' ? node.arguments.slice(1) : node.arguments;
        const path = textOf(address, helpers, new Map());
        if (!writes(request)) found.push({ file, by, path: path.startsWith('/') ? path : null });
      }
    }
    ts.forEachChild(node, (child) => walk(child, by));
  };
  for (const statement of source.statements) walk(statement, nameOf(statement) ?? component);
  return found;
}

/** The script of a component, and what its template binds. */
function partsOf(file: string, text: string): string[] {
  if (!file.endsWith('.vue')) return [text];
  const script = /<script\b[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '';
  const template = text.replace(/<script\b[\s\S]*?<\/script>/, '');
  const bound = [...template.matchAll(/[\s:@][\w:.-]+="([^"]*\b(?:ask|askFile|pathOf)\([^"]*)"/g)];
  return [script, ...bound.map(([, expression = '']) => `(${expression})`)];
}

export function dashboardCalls(): DashboardCall[] {
  const names = readdirSync(DASHBOARD, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(ts|vue)$/.test(name) && basename(name) !== CLIENT,
  );
  return names.flatMap((name) => {
    const text = readFileSync(join(DASHBOARD, name), 'utf8');
    return partsOf(name, text).flatMap((part) => callsIn(name, part));
  });
}
