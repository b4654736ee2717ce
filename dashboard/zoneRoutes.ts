import type { RouteRecordRaw } from 'vue-router';
import { inZone } from './composables/zone.ts';

/** The pages about the whole zone, each loaded when it is opened. */
export const zoneRoutes: RouteRecordRaw[] = [
  {
    path: '/overview',
    name: 'overview',
    component: () => import('./pages/overview/OverviewPage.vue'),
    meta: { firstWords: true, title: 'overview.title', toDate: true, for: 'overseers' },
  },
  {
    path: '/trends',
    name: 'trends',
    component: () => import('./pages/trends/TrendsPage.vue'),
    meta: { title: 'trends.title', toDate: true, for: 'overseers' },
  },
  {
    path: '/inbox',
    name: 'inbox',
    component: () => import('./pages/inbox/InboxPage.vue'),
    meta: { title: 'nav.inbox', plain: true, for: 'deciders' },
    beforeEnter: inZone,
  },
  {
    path: '/notes',
    name: 'notes',
    component: () => import('./pages/notes/NotesPage.vue'),
    meta: { title: 'notes.title' },
  },
  {
    path: '/units',
    name: 'units',
    component: () => import('./pages/units/UnitsPage.vue'),
    meta: { title: 'units.title', plain: true, for: 'overseers' },
  },
  {
    path: '/targets',
    name: 'targets',
    component: () => import('./pages/targets/TargetsPage.vue'),
    meta: { title: 'targets.title', plain: true, for: 'overseers' },
  },
  {
    path: '/calendar',
    name: 'calendar',
    component: () => import('./pages/calendar/CalendarPage.vue'),
    meta: { title: 'calendar.title' },
  },
  {
    path: '/plan',
    name: 'plan',
    component: () => import('./pages/plan/PlanPage.vue'),
    meta: { title: 'nav.plan' },
  },
  {
    path: '/compare',
    name: 'compare',
    component: () => import('./pages/compare/ComparePage.vue'),
    meta: { title: 'nav.compare', for: 'overseers' },
  },
  {
    path: '/requirements/:requirement',
    name: 'requirement',
    component: () => import('./pages/requirement/RequirementPage.vue'),
    meta: { title: 'requirement.title', for: 'overseers' },
  },
  {
    path: '/criteria/:criterion',
    name: 'criterion',
    component: () => import('./pages/criterion/CriterionPage.vue'),
    meta: { title: 'criterion.title', for: 'overseers' },
  },
  {
    path: '/desk/self-inspection',
    name: 'own-inspection',
    component: () => import('./pages/ownInspection/OwnInspectionPage.vue'),
    meta: { title: 'ownInspection.title', for: 'members', instead: 'ownInspection.notOwn' },
  },
  {
    path: '/self-inspection',
    name: 'self-inspection',
    component: () => import('./pages/selfInspection/SelfInspectionPage.vue'),
    meta: { title: 'selfInspection.title', for: 'overseers' },
  },
];
