import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router';
import { arrive, leaveInSight, noteReturn } from './composables/arrive.ts';
import { useNotice } from './composables/notices.ts';
import { whichYearOpens } from './composables/opening.ts';
import { usePreferences } from './composables/preferences.ts';
import { whenSessionExpires } from './composables/queryClient.ts';
import { currentSession, forgetSession } from './composables/session.ts';
import { watchUnderway } from './composables/underway.ts';
import { setZone } from './composables/zone.ts';
import { loadMessages, wordsOf } from './locales/words.ts';
import { routes } from './routes.ts';

// Before the router hears of it, whose step may be done at once.
addEventListener('popstate', noteReturn);
export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => {
    if (saved) return saved;
    // Where a link names a section, `arrive` goes there.
    return to.path !== from.path ? { top: 0 } : false;
  },
});

watchUnderway(router);
router.beforeEach(leaveInSight);

const signInFor = (to: RouteLocationNormalized) => ({
  name: 'sign-in',
  query: to.fullPath === '/' ? {} : { next: to.fullPath },
});

/** What a page says comes beside the page. */
const wordsFor = ({ meta }: RouteLocationNormalized): Promise<void> =>
  loadMessages(usePreferences().spoken, meta.firstWords ? 'first' : 'later');
router.beforeEach((to) => void wordsFor(to).catch(() => undefined));
router.beforeResolve(wordsFor);

router.beforeEach(async (to) => {
  if (to.meta.open) return true;
  // A server that cannot be reached is the page's matter: it says so and tries again.
  const session = await currentSession().catch(() => undefined);
  if (session === null) return signInFor(to);
  if (session) await whichYearOpens();
  if (session && !to.meta.plain) await setZone(to.query);
  return true;
});

/** Pages and what opens on them come in files of their own: without a network what was never opened does not come. */
const notLoaded = (): void =>
  useNotice().tell(wordsOf(usePreferences().spoken).say('state.notLoaded'), { unreached: true });
router.onError(notLoaded);
addEventListener('vite:preloadError', notLoaded);
router.afterEach(arrive);
router.afterEach((to, from, failure) => {
  const isElsewhere = to.path !== from.path || to.query.year !== from.query.year;
  if (isElsewhere && !failure) useNotice().leavePage();
});

whenSessionExpires(() => {
  forgetSession();
  const here = router.currentRoute.value;
  if (!here.meta.open) void router.replace(signInFor(here));
});
