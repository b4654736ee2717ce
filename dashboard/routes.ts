import type { RouteRecordRaw } from 'vue-router';
import { accessRoutes } from './accessRoutes.ts';
import type { Audience } from './composables/mayOpen.ts';
import { inZone } from './composables/zone.ts';
import { deskRoutes } from './deskRoutes.ts';
import type { WordKey } from './locales/words.ts';
import { meetingRoutes } from './meetingRoutes.ts';
import { newsRoutes } from './newsRoutes.ts';
import { zoneRoutes } from './zoneRoutes.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Says nothing but what is in the first messages (`locales/first.*.ts`), which every page has. */
    firstWords?: true;
    /** The page's name for the window's title and the breadcrumb. */
    title?: WordKey;
    /** Open to people who are not signed in. */
    open?: boolean;
    /** Looks at no year, so it has no filters. */
    plain?: boolean;
    /** Always looks to date, also where the filters ask for the whole year. */
    toDate?: true;
    /** Has the window to itself, without the header. */
    bare?: boolean;
    /** Whose page it is; everybody's who is signed in unless it says so. */
    for?: Audience;
    /** What the department is told in its place: where it does the same. */
    instead?: WordKey;
  }
}

/** Every page: its address, who may open it, and what it is called. */
export const routes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'home',
    component: () => import('./pages/home/HomePage.vue'),
    meta: { title: 'app.home', plain: true },
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('./pages/sign-in/SignInPage.vue'),
    meta: { title: 'signIn.title', open: true, plain: true },
  },
  {
    path: '/ranking',
    name: 'ranking',
    component: () => import('./pages/ranking/RankingPage.vue'),
    meta: { firstWords: true, title: 'ranking.title' },
  },
  {
    path: '/units/:unit',
    name: 'unit',
    component: () => import('./pages/unit/UnitPage.vue'),
    meta: { firstWords: true, title: 'ranking.unit' },
  },
  {
    path: '/units/:unit/:list(requirements|incidents|conditions)/:item',
    name: 'activities',
    component: () => import('./pages/activities/ActivitiesPage.vue'),
    meta: { title: 'activities.title' },
  },
  {
    path: '/gaps',
    name: 'gaps',
    component: () => import('./pages/gaps/GapsPage.vue'),
    meta: { firstWords: true, title: 'gaps.title', for: 'overseers' },
  },
  {
    path: '/import',
    name: 'import',
    component: () => import('./pages/imports/ImportPage.vue'),
    meta: { title: 'imports.title', plain: true, for: 'reporters' },
    beforeEnter: inZone,
  },
  ...deskRoutes,
  ...zoneRoutes,
  ...meetingRoutes,
  ...newsRoutes,
  ...accessRoutes,
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('./pages/home/NotFoundPage.vue'),
    meta: { title: 'state.pageNotFound', plain: true },
  },
];
