import { useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import {
  onboarding,
  type RegisterEffect,
  registerEffect,
  type TargetChange,
  type TargetOrder,
  type TargetTable,
  targetTable,
  type UnitOrder,
  type UnitStep,
  unitHistory,
} from '#schemas/results/register.ts';
import { receipts } from '#schemas/results/results.ts';
import { ask } from './client.ts';
import { refresh } from './live.ts';

/** What the pages about units and targets ask and do. After an order everything is asked again: it may move all ranks. */

export const useUnitHistory = (unit: MaybeRefOrGetter<string>) =>
  useQuery({
    queryKey: ['units', 'history', computed(() => toValue(unit))],
    queryFn: ({ signal }) =>
      ask(unitHistory, `/units/${encodeURIComponent(toValue(unit))}/history`, { signal }),
  });

export const askUnitEffect = (
  year: number,
  steps: readonly UnitStep[],
  signal: AbortSignal,
): Promise<RegisterEffect> =>
  ask(registerEffect, `/register/${year}/effects`, { method: 'POST', body: steps, signal });

export async function orderUnits(body: UnitOrder) {
  const answer = await ask(receipts, '/register', { method: 'POST', body });
  refresh();
  return answer.receipts;
}

const UNITS_A_PAGE = 1_000;

/** All pages: the sheet searches, sums up and turns whole columns, so that it has to know every unit. */
async function allTargets(year: number, signal: AbortSignal): Promise<TargetTable> {
  const pageFrom = (cursor: string | null): Promise<TargetTable> =>
    ask(targetTable, '/targets', { params: { year, limit: UNITS_A_PAGE, cursor }, signal });
  const pages = [await pageFrom(null)];
  let last = pages[0] as TargetTable;
  while (last.nextCursor !== null) {
    last = await pageFrom(last.nextCursor);
    pages.push(last);
  }
  return {
    ...last,
    units: pages.flatMap(({ units }) => units),
    targets: pages.flatMap(({ targets }) => targets),
  };
}

export const useTargets = (year: MaybeRefOrGetter<number>) =>
  useQuery({
    queryKey: ['targets', computed(() => toValue(year))],
    queryFn: ({ signal }) => allTargets(toValue(year), signal),
  });

export const askTargetEffect = (
  year: number,
  targets: readonly TargetChange[],
  signal: AbortSignal,
): Promise<RegisterEffect> =>
  ask(registerEffect, `/targets/${year}/effects`, { method: 'POST', body: targets, signal });

export async function orderTargets(body: TargetOrder) {
  const answer = await ask(receipts, '/targets', { method: 'POST', body });
  refresh();
  return answer.receipts;
}

export const useOnboarding = (year: MaybeRefOrGetter<number>, enabled: MaybeRefOrGetter<boolean>) =>
  useQuery({
    queryKey: ['onboarding', computed(() => toValue(year))],
    queryFn: ({ signal }) => ask(onboarding, '/onboarding', { params: { year: toValue(year) }, signal }),
    enabled: computed(() => toValue(enabled)),
  });
