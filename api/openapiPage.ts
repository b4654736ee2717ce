import { createHash } from 'node:crypto';
import express, { type Router } from 'express';
import { tagOf } from './http/etag.ts';
import { PROBLEMS } from './http/problem.ts';
import { matches } from './http/respond.ts';
import { onlyMethods } from './http/router.ts';
import type { OpenApi, Operation } from './openapi.ts';

/** The document for programs, and a page of it for people: plain HTML, no script, nothing from elsewhere. */

const STYLE = `
:root{color-scheme:light dark}body{font:14px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
h1{font-size:20px}h2{font-size:17px;border-bottom:1px solid #8884;margin-top:2.5rem}h3{font-size:14px;font-weight:600;margin:1.5rem 0 .25rem}
code,pre{font:13px/1.45 ui-monospace,Consolas,monospace}pre{overflow:auto;padding:.5rem;border:1px solid #8884}
table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #8884;padding:.2rem .5rem;text-align:left;vertical-align:top}
.verb{text-transform:uppercase}.who{opacity:.75}`;

const escapeHtml = (text: unknown): string =>
  String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const nameOf = (schema: object | undefined): string | undefined =>
  schema && '$ref' in schema ? String(schema.$ref).split('/').at(-1) : undefined;

const link = (schema: object | undefined): string => {
  const name = nameOf(schema);
  return name ? `<a href="#schema-${escapeHtml(name)}"><code>${escapeHtml(name)}</code></a>` : '';
};

const brief = (schema: Record<string, unknown>): string =>
  [
    Array.isArray(schema.enum) ? schema.enum.join(' | ') : (schema.type ?? ''),
    schema.default === undefined ? '' : `default ${schema.default}`,
    schema.minimum === undefined ? '' : `${schema.minimum} to ${schema.maximum ?? '∞'}`,
    schema.example === undefined ? '' : `e.g. ${schema.example}`,
  ]
    .filter(Boolean)
    .join(', ');

const parameterRows = (operation: Operation): string =>
  operation.parameters
    .map(
      ({ name, in: where, required, schema }) =>
        `<tr><td><code>${escapeHtml(name)}</code></td><td>${where}${required ? ', required' : ''}</td><td>${escapeHtml(brief(schema))}</td></tr>`,
    )
    .join('');

const answerRows = (operation: Operation): string =>
  Object.entries(operation.responses)
    .map(([status, { description, content = {} }]) => {
      const forms = Object.entries(content).map(
        ([type, { schema }]) => `${escapeHtml(type)} ${link(schema)}`,
      );
      return `<tr><td>${escapeHtml(status)}</td><td>${escapeHtml(description)}</td><td>${forms.join('<br>')}</td></tr>`;
    })
    .join('');

function bodyLine({ requestBody }: Operation): string {
  if (!requestBody) return '';
  const forms = Object.entries(requestBody.content as Record<string, { schema?: object }>).map(
    ([type, { schema }]) => `<code>${escapeHtml(type)}</code> ${link(schema)}`,
  );
  return `<p>Body: ${escapeHtml(requestBody.description ?? '')} ${forms.join(', ')}</p>`;
}

const operationPart = (path: string, method: string, operation: Operation): string => `
<section id="${escapeHtml(operation.operationId)}"><h3><code><span class="verb">${method}</span> ${escapeHtml(path)}</code> — ${escapeHtml(operation.summary)}</h3>
<p class="who">For: ${escapeHtml(operation['x-roles'].join(', '))}</p>
${operation.description ? `<p>${escapeHtml(operation.description)}</p>` : ''}
${operation.parameters.length ? `<table><tr><th>Parameter</th><th>In</th><th>What</th></tr>${parameterRows(operation)}</table>` : ''}
${bodyLine(operation)}<table><tr><th>Answer</th><th></th><th></th></tr>${answerRows(operation)}</table></section>`;

function tagPart(document: OpenApi, tag: OpenApi['tags'][number]): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(tag.name))
      .map(([method, operation]) => operationPart(path, method, operation)),
  );
  return `<h2>${escapeHtml(tag.description)}</h2>${operations.join('')}`;
}

const problemPart = (): string =>
  Object.entries(PROBLEMS)
    .map(
      ([kind, [status, title, meaning]]) =>
        `<tr id="problem-${kind}"><td>${status}</td><td><code>${kind}</code></td><td>${escapeHtml(title)}. ${escapeHtml(meaning)}</td></tr>`,
    )
    .join('');

const schemaPart = (document: OpenApi): string =>
  Object.entries(document.components.schemas)
    .map(
      ([name, schema]) =>
        `<details id="schema-${escapeHtml(name)}"><summary><code>${escapeHtml(name)}</code></summary><pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre></details>`,
    )
    .join('');

export const openapiPage = (document: OpenApi): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Wuxing API</title><style>${STYLE}</style></head>
<body><h1>Wuxing API</h1><p>${escapeHtml(document.info.description)}</p><p><a href="/api/openapi.json">OpenAPI 3.1 document</a></p>
${document.tags.map((tag) => tagPart(document, tag)).join('')}
<h2>Problems</h2><table>${problemPart()}</table><h2>Schemas</h2>${schemaPart(document)}</body></html>
`;

type Text = { type: string; body: string; etag: string };

/** What is made of the table when somebody first reads it: most starts of a server need neither. */
function textsOf(documentOf: () => OpenApi): Record<string, () => Text> {
  const once = <T>(make: () => T): (() => T) => {
    let made: { value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const document = once(documentOf);
  const text = (type: string, write: (document: OpenApi) => string) =>
    once(() => {
      const body = write(document());
      return { type, body, etag: tagOf(body) };
    });
  return {
    '/openapi.json': text('application/json', (document) => JSON.stringify(document)),
    '/docs': text('html', openapiPage),
  };
}

/** Both are open to everybody: they hold no data, and a client must be able to read them before it has a token. */
export function openapiRouter(documentOf: () => OpenApi): Router {
  const styleHash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const router = express.Router();
  for (const [path, textOf] of Object.entries(textsOf(documentOf))) {
    router.get(path, (request, response) => {
      const { type, body, etag } = textOf();
      response.set({ ETag: `W/"${etag}"`, 'Cache-Control': 'no-cache' });
      if (request.method === 'GET' && matches(request.headers['if-none-match'], etag))
        return void response.status(304).end();
      if (type === 'html') response.set('Content-Security-Policy', policy);
      response.type(type).send(body);
    });
    router.all(path, onlyMethods(['GET', 'HEAD']));
  }
  return router;
}
