import { type Ref, shallowRef, watch } from 'vue';
import { usePreferences } from '../composables/preferences.ts';
import { measuredIn } from './measure.ts';
import { type ChartTheme, themeOf } from './theme.ts';

const read = (): ChartTheme => {
  const style = getComputedStyle(document.documentElement);
  return themeOf((name) => style.getPropertyValue(`--${name}`).trim(), measuredIn);
};

/** The page's colours and type as they are now; new ones after the person has switched scheme or language. */
export function useChartTheme(): Ref<ChartTheme> {
  const preferences = usePreferences();
  const theme = shallowRef(read());
  watch(
    [() => preferences.dark, () => preferences.spoken],
    () => {
      theme.value = read();
    },
    { flush: 'post' },
  );
  return theme;
}
