import { computed, onBeforeUnmount, type Ref, shallowReactive, shallowRef } from 'vue';
import { MOST_ATTACHMENTS, type StoredFiles } from '#schemas/attachments.ts';
import type { Attachment } from '#schemas/events.ts';
import { problemSentence } from '../components/problemSentence.ts';
import { fileSize } from '../locales/fileSize.ts';
import type { Words } from '../locales/words.ts';
import { upload } from './attachments.ts';
import { ApiProblem } from './client.ts';

/** A file on its way; shallowly reactive: who shows it sees it change. */
export type UploadItem = {
  key: number;
  file: File;
  name: string;
  state: 'waiting' | 'sending' | 'failed';
  /** Share that is sent, 0 to 1. */
  share: number;
  /** Why it failed. */
  problem: string;
  /** It may do better another time: the file itself is not what was wrong. */
  mayTryAgain: boolean;
  stop: AbortController;
};

/** Two at a time: a phone's network is not faster for more. */
const AT_ONCE = 2;

/** The server's sentences about a file are a person's already; others are told by their kind. */
function sentenceOf(words: Words, error: unknown): string {
  if (!(error instanceof ApiProblem)) return problemSentence(words, error);
  if (error.status === 0) return words.say('evidence.lost');
  if (error.status === 422 || error.status === 413) return error.message;
  if (error.status === 415) return words.say('evidence.wrongType');
  return problemSentence(words, error, { pressed: 'read' });
}

/** What is wrong with the file stays wrong. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof ApiProblem) || ![413, 415, 422].includes(error.status);

/** Why a file need not be sent at all; undefined where it may be. */
function hopeless(words: Words, file: File, stored: StoredFiles | undefined): string | undefined {
  if (!stored) return undefined;
  const { limits, used } = stored;
  if (file.size > limits.file)
    return words.say('evidence.tooLarge', { size: fileSize(file.size), limit: fileSize(limits.file) });
  if (file.size > limits.unit - used)
    return words.say('evidence.full', { left: fileSize(Math.max(0, limits.unit - used)) });
  return undefined;
}

/** Sends files one after another into a list of attachments. What is under way ends with the form. */
export function useUploads(options: {
  unit: () => string;
  words: Ref<Words>;
  stored: () => StoredFiles | undefined;
  attachments: Ref<Attachment[]>;
  /** Tells people, who may not look there, what became of a file. */
  tell: (sentence: string) => void;
}) {
  const { words, attachments, tell } = options;
  const items = shallowRef<UploadItem[]>([]);
  let next = 0;

  const drop = (item: UploadItem): void => {
    items.value = items.value.filter((one) => one !== item);
  };

  const fail = (item: UploadItem, problem: string, mayTryAgain = false): void => {
    Object.assign(item, { state: 'failed', problem, mayTryAgain });
    tell(words.value.labelled(item.name, problem));
  };

  function arrived(item: UploadItem, taken: Attachment): void {
    drop(item);
    const there = attachments.value.some(({ sha256 }) => sha256 === taken.sha256);
    if (!there) attachments.value = [...attachments.value, taken];
    tell(words.value.say(there ? 'evidence.twice' : 'evidence.uploaded', { name: taken.name }));
  }

  async function run(item: UploadItem): Promise<void> {
    item.state = 'sending';
    item.share = 0;
    try {
      const taken = await upload({
        unit: options.unit(),
        file: item.file,
        name: item.name,
        language: words.value.locale,
        signal: item.stop.signal,
        onProgress(share) {
          item.share = share;
        },
      });
      arrived(item, taken);
    } catch (error) {
      if (!item.stop.signal.aborted) fail(item, sentenceOf(words.value, error), isPassing(error));
    }
    go();
  }

  function go(): void {
    const sending = items.value.filter(({ state }) => state === 'sending').length;
    const waiting = items.value.filter(({ state }) => state === 'waiting');
    for (const item of waiting.slice(0, Math.max(0, AT_ONCE - sending))) void run(item);
  }

  function add(files: readonly File[]): void {
    for (const file of files) {
      const item: UploadItem = shallowReactive({
        key: next++,
        file,
        name: file.name,
        state: 'waiting',
        share: 0,
        problem: '',
        mayTryAgain: false,
        stop: new AbortController(),
      });
      items.value = [...items.value, item];
      const many = attachments.value.length + items.value.length > MOST_ATTACHMENTS;
      const why = many
        ? words.value.say('evidence.tooMany', { n: MOST_ATTACHMENTS })
        : hopeless(words.value, file, options.stored());
      if (why) fail(item, why);
    }
    go();
  }

  function cancel(item: UploadItem): void {
    item.stop.abort();
    drop(item);
    go();
  }

  function again(item: UploadItem): void {
    drop(item);
    add([item.file]);
  }

  onBeforeUnmount(() => {
    for (const { stop } of items.value) stop.abort();
  });

  return {
    items,
    busy: computed(() => items.value.some(({ state }) => state !== 'failed')),
    add,
    cancel,
    again,
  };
}
