import type { RouteRecordRaw } from 'vue-router';

/** What is new, and what became of the messages that tell of it. The links of messages open without a session. */
export const newsRoutes: RouteRecordRaw[] = [
  {
    path: '/news',
    name: 'news',
    component: () => import('./pages/news/NewsPage.vue'),
    meta: { title: 'news.title', plain: true },
  },
  {
    path: '/news/deliveries',
    name: 'deliveries',
    component: () => import('./pages/news/DeliveriesPage.vue'),
    meta: { title: 'deliveries.title', plain: true, for: 'department' },
  },
  {
    path: '/news/confirm',
    name: 'news-confirm',
    component: () => import('./pages/news/LinkPage.vue'),
    props: { what: 'confirmations' },
    meta: { title: 'newsLink.confirmTitle', plain: true, open: true },
  },
  {
    path: '/news/stop',
    name: 'news-stop',
    component: () => import('./pages/news/LinkPage.vue'),
    props: { what: 'stops' },
    meta: { title: 'newsLink.stopTitle', plain: true, open: true },
  },
];
