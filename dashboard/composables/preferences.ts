import { defineStore } from 'pinia';
import { computed, ref, watch, watchEffect } from 'vue';
import { LANGUAGES, type Language, languageFor } from '#schemas/languages.ts';
import { loadMessages } from '../locales/words.ts';
import { printing } from './printing.ts';

export const SCHEMES = ['system', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

function stored<T extends string>(key: string, allowed: readonly T[], otherwise: T) {
  const value = ref<string>(otherwise);
  try {
    const kept = localStorage.getItem(key);
    if (allowed.includes(kept as T)) value.value = kept as T;
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
  watch(value, (next) => {
    try {
      localStorage.setItem(key, next);
    } catch {
      // As above.
    }
  });
  return value as import('vue').Ref<T>;
}

const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

/** What the person chose for this device: language, light or dark. */
export const usePreferences = defineStore('preferences', () => {
  // Until somebody chooses, the language that the browser is set to: documents and answers go by it, too.
  const locale = stored<Language>(
    'wuxing.locale',
    LANGUAGES,
    languageFor(undefined, navigator.languages.join()),
  );
  const scheme = stored<Scheme>('wuxing.scheme', SCHEMES, 'system');
  /** The language that pages speak: the chosen one once its messages are there. */
  const spoken = ref(locale.value);
  watch(locale, async (chosen) => {
    try {
      await loadMessages(chosen, 'later');
      if (locale.value === chosen) spoken.value = chosen;
    } catch {
      // The router says that they did not come.
      locale.value = spoken.value;
    }
  });
  const systemIsDark = ref(darkSystem.matches);
  darkSystem.addEventListener('change', (event) => {
    systemIsDark.value = event.matches;
  });
  /** Paper is white, whatever the screen is. */
  const shownScheme = computed(() => (printing.value ? 'light' : scheme.value));
  const dark = computed(() =>
    shownScheme.value === 'system' ? systemIsDark.value : shownScheme.value === 'dark',
  );

  watchEffect(() => {
    const root = document.documentElement;
    root.lang = spoken.value;
    if (shownScheme.value === 'system') delete root.dataset.theme;
    else root.dataset.theme = shownScheme.value;
    // Element Plus keys its dark variables on this class.
    root.classList.toggle('dark', dark.value);
  });

  return { locale, spoken, scheme, dark };
});
