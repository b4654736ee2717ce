import type { RouteRecordRaw } from 'vue-router';
import { inZone } from './composables/zone.ts';

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
    meta: { title: 'report.title', plain: true, for: 'reporters' },
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
  {
    ...page,
    path: `/${page.path}`,
    meta: { ...page.meta, for: 'members' as const, instead: 'desk.noUnit' as const },
    beforeEnter: inZone,
  },
  { ...page, path: `/units/:unit/${page.path}`, name: `unit-${page.name}`, beforeEnter: inZone },
]);
