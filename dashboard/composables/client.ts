import { z } from 'zod';
import { fault, problem } from '#schemas/results/results.ts';

/** An answer that is no success, with the sentence that the server gives (RFC 9457). Status 0: nothing answered. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly type: string;
  /** What is wrong with each field of what was sent. */
  readonly faults: readonly z.infer<typeof fault>[];

  constructor(status: number, type: string, detail: string, faults: readonly z.infer<typeof fault>[] = []) {
    super(detail);
    this.status = status;
    this.type = type;
    this.faults = faults;
  }
}

/** Undefined and null parameters are left out. */
export type Params = Record<string, string | number | boolean | null | undefined>;

export function pathOf(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    if (value !== null && value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return `/api${path}${text ? `?${text}` : ''}`;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const parsed = problem.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) return new ApiProblem(response.status, 'about:blank', '');
  const { type, title, detail = title, errors } = parsed.data;
  const faults = z.array(fault).safeParse(errors);
  return new ApiProblem(response.status, type, detail, faults.success ? faults.data : []);
}

type Request = {
  method?: string;
  body?: unknown;
  /** The body's media type; JSON where it is left out. */
  type?: string;
  /** A form with a file, in place of a body; the browser writes its media type. */
  form?: FormData;
  signal?: AbortSignal;
};

function initOf({ method = 'GET', body, type = 'application/json', form, signal }: Request): RequestInit {
  // Older browsers name no origin; this header, which no foreign form can send, stands for it.
  const headers: Record<string, string> = { accept: 'application/json', 'x-requested-with': 'wuxing' };
  if (body !== undefined) headers['content-type'] = type;
  return {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(form ? { body: form } : {}),
    ...(signal ? { signal } : {}),
  };
}

/**
 * Asks the api and checks the answer by its schema.
 * Throws ApiProblem for refusals and lost connections, ZodError for an answer of an unknown shape.
 */
export async function ask<S extends z.ZodType>(
  schema: S,
  path: string,
  request: Request & { params?: Params } = {},
): Promise<z.infer<S>> {
  let response: Response;
  try {
    response = await fetch(pathOf(path, request.params), initOf(request));
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ApiProblem(0, 'about:blank', '');
  }
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return schema.parse(text === '' ? undefined : JSON.parse(text));
}

/** A file that the api makes, with the name that the server gives it. Throws ApiProblem as `ask` does. */
export async function askFile(
  path: string,
  { params, signal }: Pick<Request, 'signal'> & { params?: Params } = {},
): Promise<{ name: string; content: Blob }> {
  let response: Response;
  try {
    response = await fetch(pathOf(path, params), initOf(signal ? { signal } : {}));
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem(0, 'about:blank', '');
  }
  if (!response.ok) throw await problemOf(response);
  const named = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return {
    name: named ? decodeURIComponent(named) : (path.split('/').at(-1) ?? path),
    content: await response.blob(),
  };
}
