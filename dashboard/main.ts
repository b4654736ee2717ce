import './composables/zodWithoutEval.ts';
import { VueQueryPlugin } from '@tanstack/vue-query';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { usePreferences } from './composables/preferences.ts';
import { queryClient } from './composables/queryClient.ts';
import { i18n, loadMessages } from './locales/words.ts';
import { router } from './router.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/print.css';

const app = createApp(App).use(createPinia()).use(i18n).use(VueQueryPlugin, { queryClient });
const messages = loadMessages(usePreferences().spoken, 'first');
// The first page is on its way meanwhile.
app.use(router);
await messages;
app.mount('#app');
