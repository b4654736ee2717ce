import type { RouteRecordRaw } from 'vue-router';

/** The pages for the exchange meeting and what is decided there. */
export const meetingRoutes: RouteRecordRaw[] = [
  {
    path: '/freeze',
    name: 'freeze',
    component: () => import('./pages/freeze/FreezePage.vue'),
    meta: { title: 'freeze.title' },
  },
];
