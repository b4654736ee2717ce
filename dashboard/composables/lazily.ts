import { type Component, defineAsyncComponent, watch } from 'vue';
import { useLive } from './live.ts';

/**
 * A part of a page in a file of its own. Where that cannot be loaded the router says so; once the line to the server is
 * back it is tried again, so that no part is missing for as long as the page stays open.
 */
export const lazily = <T extends Component>(loader: () => Promise<{ default: T }>): T =>
  defineAsyncComponent<T>({
    loader,
    onError(_error, retry) {
      const stop = watch(
        () => useLive().cut,
        (cut) => {
          if (cut) return;
          stop();
          retry();
        },
      );
    },
  });
