import './composables/zodWithoutEval.ts';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { problemSentence } from './components/problemSentence.ts';
import { ApiProblem } from './composables/client.ts';
import { watchEarlier } from './composables/earlierAnswers.ts';
import { goOnWhenGone } from './composables/goOn.ts';
import { useNotice } from './composables/notices.ts';
import { usePreferences } from './composables/preferences.ts';
import { queryClient } from './composables/queryClient.ts';
import { stopWhereHeld, stopWhereShut } from './composables/shut.ts';
import { i18n, loadMessages, wordsOf } from './locales/words.ts';
import { router } from './router.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/print.css';

const app = createApp(App).use(createPinia()).use(i18n).use(VueQueryPlugin, { queryClient });
watchEarlier(queryClient.getQueryCache());
/** What was pressed and failed without a place of its own to say so. */
function isTold(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  const words = wordsOf(usePreferences().spoken);
  useNotice().tell(problemSentence(words, error, { pressed: 'read' }), { alarm: true });
  return true;
}
app.config.errorHandler = (error) => isTold(error) || reportError(error);
addEventListener('unhandledrejection', (event) => {
  if (isTold(event.reason)) event.preventDefault();
});
addEventListener('click', stopWhereShut, true);
addEventListener('keydown', stopWhereHeld, true);
// Before what the press does: a button that closes something goes with it.
addEventListener('click', goOnWhenGone, true);
const messages = loadMessages(usePreferences().spoken, 'first');
// The first page is on its way meanwhile.
app.use(router);
await messages;
app.mount('#app');
