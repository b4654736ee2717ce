import { useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import { storedFiles } from '#schemas/attachments.ts';
import { type Attachment, attachment } from '#schemas/events.ts';
import { problem } from '#schemas/results/results.ts';
import { ApiProblem, ask, pathOf } from './client.ts';
import { queryClient } from './queryClient.ts';

const folderOf = (unit: string): string => `/units/${encodeURIComponent(unit)}/attachments`;

/** Where a file is fetched from; the server hands it out as a download. */
export const attachmentAddress = (unit: string, sha256: string): string =>
  pathOf(`${folderOf(unit)}/${sha256}`);

/** Where a small picture of it is shown from. */
export const previewAddress = (unit: string, sha256: string): string =>
  `${attachmentAddress(unit, sha256)}/preview`;

/** Which files of a unit are there, and how much room is left. */
export function useStoredFiles(unit: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery({
    queryKey: ['attachments', computed(() => toValue(unit))],
    queryFn: ({ signal }) => ask(storedFiles, folderOf(toValue(unit)), { signal }),
    enabled: computed(() => toValue(enabled) && toValue(unit) !== ''),
  });
}

export type Upload = {
  unit: string;
  file: Blob;
  name: string;
  language: string;
  signal: AbortSignal;
  /** Share of the bytes that are sent, 0 to 1. */
  onProgress(share: number): void;
};

const BUSY = [429, 503];
const TRIES = 4;
const LONGEST_WAIT_MS = 20_000;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

function problemIn(request: XMLHttpRequest): ApiProblem {
  const body = problem.safeParse(parsed(request.responseText));
  if (!body.success) return new ApiProblem(request.status, 'about:blank', '');
  return new ApiProblem(request.status, body.data.type, body.data.detail ?? body.data.title);
}

/** XMLHttpRequest, since fetch does not tell how far a body is sent. */
function send({ unit, file, name, language, signal, onProgress }: Upload): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    const end = (settle: () => void) => (): void => {
      signal.removeEventListener('abort', stop);
      settle();
    };
    request.open('POST', pathOf(folderOf(unit), { name, lang: language }));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-requested-with', 'wuxing');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = end(() => resolve(request));
    request.onerror = end(() => reject(new ApiProblem(0, 'about:blank', '')));
    request.onabort = end(() => reject(signal.reason));
    signal.addEventListener('abort', stop, { once: true });
    request.send(file);
  });
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });

/** Uploads a file. A server that is busy is asked again. Throws ApiProblem, or the signal's reason. */
export async function upload(sending: Upload): Promise<Attachment> {
  for (let round = 1; ; round++) {
    sending.signal.throwIfAborted();
    const request = await send(sending);
    if (request.status === 200) {
      const taken = attachment.parse(parsed(request.responseText));
      void queryClient.invalidateQueries({ queryKey: ['attachments', sending.unit] });
      return taken;
    }
    if (!BUSY.includes(request.status) || round === TRIES) throw problemIn(request);
    const asked = Number(request.getResponseHeader('retry-after') ?? 1) * 1_000;
    await pause(Math.min(Number.isFinite(asked) ? asked : 1_000, LONGEST_WAIT_MS), sending.signal);
  }
}
