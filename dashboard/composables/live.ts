import { defineStore } from 'pinia';
import { ref } from 'vue';
import { queryClient } from './queryClient.ts';

/** At most one refresh in this time, however many events arrive. */
const CALM_MS = 2_000;
const RECONNECT_MS = 5_000;
/** The names that the server gives to what it sends; each means that answers may have changed. */
const NEWS = ['message', 'watermark', 'ranks'] as const;
const KEPT = new Set(['session']);

/**
 * Keeps a line open to the server and marks answers as old when something has changed. Pages then read again in
 * the background; nothing on them is taken away meanwhile.
 */
export const useLive = defineStore('live', () => {
  const state = ref<'off' | 'connecting' | 'live' | 'lost'>('off');
  let source: EventSource | undefined;
  let reconnect: ReturnType<typeof setTimeout> | undefined;
  let due: ReturnType<typeof setTimeout> | undefined;
  let lastWatermark: string | undefined;

  const refresh = (): void => {
    due = undefined;
    void queryClient.invalidateQueries({ predicate: (query) => !KEPT.has(String(query.queryKey[0])) });
  };
  const hear = (event: MessageEvent): void => {
    const watermark = event.lastEventId || String(event.data);
    if (watermark === lastWatermark) return;
    const first = lastWatermark === undefined;
    lastWatermark = watermark;
    // The first message only says where the stream stands.
    if (!first) due ??= setTimeout(refresh, CALM_MS);
  };
  const stop = (): void => {
    source?.close();
    source = undefined;
    clearTimeout(reconnect);
    clearTimeout(due);
    due = undefined;
    state.value = 'off';
  };
  const start = (): void => {
    if (source) return;
    if (state.value === 'off') state.value = 'connecting';
    source = new EventSource('/api/live');
    source.onopen = () => {
      // What happened while the line was down was not heard.
      if (state.value === 'lost') refresh();
      state.value = 'live';
    };
    source.onerror = () => {
      state.value = 'lost';
      if (source?.readyState !== EventSource.CLOSED) return;
      source = undefined;
      reconnect = setTimeout(start, RECONNECT_MS);
    };
    for (const name of NEWS) source.addEventListener(name, hear);
  };

  return { state, start, stop };
});
