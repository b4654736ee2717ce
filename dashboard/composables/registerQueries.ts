import { useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import {
  onboarding,
  type RegisterEffect,
  registerEffect,
  type TargetChange,
  type TargetOrder,
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

export const useTargets = (year: MaybeRefOrGetter<number>) =>
  useQuery({
    queryKey: ['targets', computed(() => toValue(year))],
    queryFn: ({ signal }) => ask(targetTable, '/targets', { params: { year: toValue(year) }, signal }),
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
