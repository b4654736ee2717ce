import { describe, expect, it } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { savedAddress } from '#schemas/addresses.ts';
import type { Session } from '../../dashboard/composables/session.ts';
import { firstView, fixedDays, pageAddress } from '../../dashboard/composables/views.ts';

describe('the address of a view', () => {
  it('is one that the server keeps, whatever the page’s own parts hold', () => {
    for (const path of [
      '/ranking',
      "/ranking?group=农'场&sort=total:desc",
      '/units/农场 1/requirements/a%2Fb?on=2026-06-30',
      '/plan?x=["a"]<>{}|^`#clause-三（一）',
    ]) {
      const address = pageAddress(path);
      expect(savedAddress.safeParse(address).success, address).toBe(true);
      expect(pageAddress(address)).toBe(address);
    }
  });

  it('moves on with the calendar unless it names a day or a year', () => {
    expect(fixedDays('/ranking?group=farm&basis=to-date&compareTo=none')).toEqual([]);
    expect(fixedDays('/ranking?on=2026-06-30&year=2026')).toEqual(['2026', '2026-06-30']);
    expect(fixedDays('/ranking?asOf=2026-06-30T16%3A00%3A00.000Z')).toEqual(['2026-06-30']);
  });
});

describe('what opens after signing in', () => {
  const component = { render: () => null };
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'home', component },
      { path: '/sign-in', name: 'sign-in', component, meta: { open: true } },
      { path: '/gaps', name: 'gaps', component, meta: { for: 'overseers' } },
      { path: '/plan', name: 'plan', component },
      { path: '/:rest(.*)*', name: 'not-found', component },
    ],
  });
  const leader = { id: 'p-1', label: 'l', roles: ['leader'], account: undefined } as unknown as Session;
  const unit = { ...leader, roles: ['unit'], unit: 'farm-01' } as Session;
  const opens = (address: string, who: Session) =>
    firstView({ views: [{ id: 'a', name: 'n', address }], opens: 'a' }, who, router)?.address;

  it('is the chosen view, where it is a page and still open to whoever comes', () => {
    expect(opens('/gaps?group=farm', leader)).toBe('/gaps?group=farm');
    expect(opens('/gaps', unit)).toBeUndefined();
    expect(opens('/plan', unit)).toBe('/plan');
    for (const nowhere of ['/', '/?on=2026-06-30', '/sign-in', '/no-such-page'])
      expect(opens(nowhere, leader), nowhere).toBeUndefined();
    expect(firstView({ views: [], opens: null }, leader, router)).toBeUndefined();
  });
});
