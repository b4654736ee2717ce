import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { openLine } from '../live/line.ts';
import { BEAT_MS, type Line, type Message, SILENCE_MS } from '../live/messages.ts';
import { lookAtClock } from './clock.ts';
import { lookAtOpening } from './opening.ts';
import { queryClient } from './queryClient.ts';

/** At most one refresh in this time, however many events arrive. */
const CALM_MS = 2_000;
const WATCH_MS = 2_500;
const KEPT = new Set(['session']);

/** Marks all answers as old: pages read again in the background, nothing on them is taken away meanwhile. */
export const refresh = (): void => {
  lookAtOpening();
  void queryClient.invalidateQueries({ predicate: (query) => !KEPT.has(String(query.queryKey[0])) });
};

/**
 * Listens to the line that all tabs share and marks answers as old when something has changed. It keeps a watch of its
 * own: whatever fails in between, three beats that did not arrive here mean that what is shown may be old.
 */
export const useLive = defineStore('live', () => {
  const state = ref<'off' | 'connecting' | 'live' | 'lost'>('off');
  /** Whether the machine has a network at all. */
  const online = ref(navigator.onLine);
  for (const event of ['online', 'offline'])
    addEventListener(event, () => {
      online.value = navigator.onLine;
    });
  const cut = computed(() => !online.value || state.value === 'lost');
  let line: Line | undefined;
  let due: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setInterval> | undefined;
  let heardAt = 0;

  const soon = (): void => {
    due ??= setTimeout(() => {
      due = undefined;
      refresh();
    }, CALM_MS);
  };
  const become = (next: 'connecting' | 'live' | 'lost'): void => {
    // What happened while the line was down was not heard.
    if (state.value === 'lost' && next === 'live') refresh();
    // A line that is being opened again is still a lost one to whoever looks.
    if (state.value !== 'lost' || next !== 'connecting') state.value = next;
  };
  const hear = (message: Message): void => {
    heardAt = Date.now();
    become('state' in message ? message.state : 'live');
    if ('state' in message || message.news === 'beat') return;
    if (message.news === 'day') lookAtClock();
    soon();
  };
  const watch = (): void => {
    const silence = Date.now() - heardAt;
    if (silence <= SILENCE_MS) return;
    become('lost');
    line?.look();
    // Not even that the line is lost was told: whoever should have told it is gone.
    if (silence > 2 * SILENCE_MS) reopen();
  };
  const reopen = (): void => {
    line?.close();
    heardAt = Date.now();
    line = openLine(hear);
  };
  /** The machine may have slept: what was not heard meanwhile is read at once. */
  const onVisible = (): void => {
    if (document.visibilityState !== 'visible') return;
    const missed = Date.now() - heardAt > BEAT_MS + CALM_MS || state.value !== 'live';
    watch();
    line?.look();
    if (missed) refresh();
  };
  const onShow = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted || !line) return;
    stop();
    start();
    refresh();
  };
  const onHide = (): void => line?.close();

  function stop(): void {
    line?.close();
    line = undefined;
    clearInterval(watchdog);
    clearTimeout(due);
    due = undefined;
    document.removeEventListener('visibilitychange', onVisible);
    removeEventListener('pageshow', onShow);
    removeEventListener('pagehide', onHide);
    state.value = 'off';
  }
  function start(): void {
    if (line) return;
    state.value = 'connecting';
    heardAt = Date.now();
    line = openLine(hear);
    watchdog = setInterval(watch, WATCH_MS);
    document.addEventListener('visibilitychange', onVisible);
    addEventListener('pageshow', onShow);
    addEventListener('pagehide', onHide);
  }

  return { state, online, cut, start, stop };
});
