import type { RouteRecordRaw } from 'vue-router';
import { inZone } from './composables/zone.ts';

/** The pages about people: who gets in, what they did, and one's own account. */
export const accessRoutes: RouteRecordRaw[] = [
  {
    path: '/access',
    name: 'access',
    component: () => import('./pages/access/AccessPage.vue'),
    meta: { title: 'access.title', plain: true, for: 'department' },
    beforeEnter: inZone,
  },
  {
    path: '/access/audit',
    name: 'audit',
    component: () => import('./pages/audit/AuditPage.vue'),
    meta: { title: 'audit.title', plain: true, for: 'department' },
    beforeEnter: inZone,
  },
  {
    path: '/account',
    name: 'account',
    component: () => import('./pages/account/AccountPage.vue'),
    meta: { title: 'account.title', plain: true },
  },
];
