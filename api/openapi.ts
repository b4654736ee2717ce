import { z } from 'zod';
import { SESSION_COOKIE } from './access/cookies.ts';
import { PROBLEMS } from './http/problem.ts';
import type { Route } from './http/route.ts';
import { withPatterns } from './openapiFormats.ts';
import { namedSchemas } from './openapiNames.ts';

/** The OpenAPI 3.1 document, made from the same table as the router. */

type Json = { [key: string]: unknown };
export type Operation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  'x-roles': readonly string[];
  security: Json[];
  parameters: { name: string; in: 'path' | 'query'; required: boolean; schema: Json }[];
  requestBody?: { required: true; description?: string; content: Json };
  responses: Record<string, { description: string; content?: Record<string, { schema?: Json }> }>;
};
export type OpenApi = {
  openapi: '3.1.0';
  info: Json;
  servers: Json[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
};

const TAGS = [
  { name: 'events', description: 'Events in, and the stream itself' },
  { name: 'plans', description: 'The year’s criteria, weights and requirements' },
  { name: 'answers', description: 'Who stands where, and what is missing' },
  { name: 'seals', description: 'Sealed years, and proofs that they are what they were' },
  { name: 'documents', description: 'What the year is for: documents, commendations, the exchange meeting' },
  { name: 'news', description: 'What is new, and how people are told of it' },
  { name: 'imports', description: 'Spreadsheets in: previewed row by row, recorded, undone as a whole' },
  { name: 'maintenance', description: 'Quarantine, restoring, rebuilding' },
  { name: 'access', description: 'Sessions, tokens, and who did what' },
];

/** Gathers schemas under names; what is registered once is referred to everywhere. */
function createSchemas() {
  const registries = { input: z.registry<{ id: string }>(), output: z.registry<{ id: string }>() };
  for (const [id, schema] of Object.entries(namedSchemas)) {
    registries.output.add(schema, { id });
    registries.input.add(schema, { id: `${id}Input` });
  }
  const used = new Set<string>();
  const refer = (io: 'input' | 'output', schema: z.ZodType, name: string): Json => {
    if (!registries[io].has(schema)) registries[io].add(schema, { id: name });
    const id = registries[io].get(schema)?.id ?? name;
    used.add(id);
    return { $ref: `#/components/schemas/${id}` };
  };
  const render = (): Record<string, Json> => {
    const rendered: Record<string, Json> = {};
    for (const io of ['input', 'output'] as const)
      Object.assign(
        rendered,
        z.toJSONSchema(registries[io], {
          io,
          uri: (id) => `#/components/schemas/${id}`,
          unrepresentable: 'any',
          override: withPatterns,
        }).schemas,
      );
    return reachable(rendered, used);
  };
  return { refer, render };
}

/** Named schemas that no operation leads to stay out. */
function reachable(all: Record<string, Json>, from: ReadonlySet<string>): Record<string, Json> {
  const found: Record<string, Json> = {};
  const visit = (id: string): void => {
    const schema = all[id];
    if (!schema || found[id]) return;
    const { $schema: _dialect, $id: _id, ...rest } = schema;
    found[id] = rest;
    for (const [, next = ''] of JSON.stringify(rest).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      visit(next);
  };
  for (const id of from) visit(id);
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const pascal = (text: string): string =>
  text.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_all, first: string) => first.toUpperCase());

const operationId = (route: Route): string => {
  const name = pascal(`${route.method} ${route.path}`);
  return name.charAt(0).toLowerCase() + name.slice(1);
};

function parametersOf(route: Route): Operation['parameters'] {
  const of = (schema: z.ZodType | undefined, where: 'path' | 'query'): Operation['parameters'] => {
    if (!schema) return [];
    const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: withPatterns });
    return Object.entries(shape.properties ?? {}).map(([name, property]) => ({
      name,
      in: where,
      required: shape.required?.includes(name) ?? false,
      schema: property as Json,
    }));
  };
  return [...of(route.params, 'path'), ...of(route.query, 'query')];
}

type Refer = ReturnType<typeof createSchemas>['refer'];

function bodyOf(route: Route, refer: Refer): Operation['requestBody'] {
  const { body } = route;
  if (!body) return undefined;
  const name = `${pascal(operationId(route))}Body`;
  if (body.as === 'json')
    return { required: true, content: { 'application/json': { schema: refer('input', body.schema, name) } } };
  const schemas = body.as === 'bytes' ? (body.schemas ?? {}) : {};
  const content = body.types.map((type, index) => {
    const schema = schemas[type];
    return [type, schema ? { schema: refer('input', schema, `${name}${index || ''}`) } : {}];
  });
  return { required: true, description: body.description, content: Object.fromEntries(content) };
}

function answersOf(route: Route, refer: Refer): Operation['responses'] {
  const responses: Operation['responses'] = {};
  for (const [status, { description, schema, type = 'application/json' }] of Object.entries(route.answers))
    responses[status] = {
      description,
      ...(schema
        ? {
            content: {
              [type]: { schema: refer('output', schema, `${pascal(operationId(route))}${status}`) },
            },
          }
        : type === 'application/json'
          ? {}
          : { content: { [type]: {} } }),
    };
  const problem = {
    'application/problem+json': { schema: refer('output', namedSchemas.Problem, 'Problem') },
  };
  if (route.method === 'get' && responses['200'] && !responses['200'].content?.['text/event-stream'])
    responses['304'] = { description: 'Not modified: If-None-Match names the answer’s ETag' };
  responses.default = { description: 'A problem (RFC 9457)', content: problem };
  return responses;
}

function operationOf(route: Route, refer: Refer): Operation {
  const open = route.roles === 'public';
  return {
    operationId: operationId(route),
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    tags: [route.tag],
    'x-roles': open ? ['public'] : 'ownUnit' in route ? [...route.roles].map(ownOnly) : route.roles,
    security: open ? [] : [{ bearer: [] }, { session: [] }],
    parameters: parametersOf(route),
    ...(route.body ? { requestBody: bodyOf(route, refer) } : {}),
    responses: answersOf(route, refer),
  };
}

const ownOnly = (role: string): string => (role === 'unit' ? 'unit (its own)' : role);

export function openapiDocument(routes: readonly Route[]): OpenApi {
  const { refer, render } = createSchemas();
  const paths: OpenApi['paths'] = {};
  for (const route of routes) {
    const path = `/api${route.path.replace(/:([a-z]+)/gi, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: operationOf(route, refer) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Wuxing',
      version: '1',
      description: `Ranks leadership teams by five types and shows their gaps, from an append-only stream of events. Positions and watermarks are opaque. Reads carry an ETag. Errors are problem details (RFC 9457): ${Object.keys(PROBLEMS).join(', ')}.`,
    },
    servers: [{ url: '/' }],
    tags: TAGS,
    paths,
    components: {
      schemas: render(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
      },
    },
  };
}
