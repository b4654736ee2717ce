import type { RouteRecordRaw } from 'vue-router';

/** The pages for the exchange meeting and what is decided there. */
export const meetingRoutes: RouteRecordRaw[] = [
  {
    path: '/freeze',
    name: 'freeze',
    component: () => import('./pages/freeze/FreezePage.vue'),
    meta: { title: 'freeze.title' },
  },
  {
    path: '/meeting',
    name: 'meeting',
    component: () => import('./pages/meeting/MeetingPage.vue'),
    meta: { title: 'nav.meeting', for: 'overseers' },
  },
  {
    path: '/meeting/slides',
    name: 'slides',
    component: () => import('./pages/meeting/SlidesPage.vue'),
    meta: { title: 'slides.title', plain: true, bare: true, for: 'overseers' },
  },
  {
    path: '/wall',
    name: 'wall',
    component: () => import('./pages/wall/WallPage.vue'),
    meta: { title: 'wall.title', bare: true, for: 'overseers' },
  },
  {
    path: '/meeting/commendation',
    name: 'commendation',
    component: () => import('./pages/commendation/CommendationPage.vue'),
    meta: { title: 'commendation.title', for: 'overseers' },
  },
  {
    path: '/meeting/teaching',
    name: 'teaching',
    component: () => import('./pages/teaching/TeachingPage.vue'),
    meta: { title: 'teaching.title', for: 'overseers' },
  },
  {
    path: '/meeting/year-on-year',
    name: 'year-on-year',
    component: () => import('./pages/yearOnYear/YearOnYearPage.vue'),
    meta: { title: 'yearOnYear.title', for: 'overseers' },
  },
];
