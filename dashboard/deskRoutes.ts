import type { RouteLocationNormalized, RouteRecordRaw } from 'vue-router';
import { setZone } from './composables/zone.ts';

/** "Today" is that of the plan's time zone here, too; these pages have no filters that would ask for it. */
const beforeEnter = async (to: RouteLocationNormalized): Promise<boolean> => {
  await setZone(to.query);
  return true;
};

const pages = [
  {
    path: 'desk',
    name: 'desk',
    component: () => import('./pages/desk/DeskPage.vue'),
    meta: { title: 'desk.title', plain: true },
  },
  {
    path: 'desk/report',
    name: 'desk-report',
    component: () => import('./pages/desk/ReportPage.vue'),
    meta: { title: 'report.title', plain: true },
  },
  {
    path: 'desk/history',
    name: 'desk-history',
    component: () => import('./pages/desk/HistoryPage.vue'),
    meta: { title: 'history.title', plain: true },
  },
] as const;

/** A unit's desk: its own people come by `/desk`, the department acts for it by the unit's address. */
export const deskRoutes: RouteRecordRaw[] = pages.flatMap((page) => [
  { ...page, path: `/${page.path}`, beforeEnter },
  { ...page, path: `/units/:unit/${page.path}`, name: `unit-${page.name}`, beforeEnter },
]);
