import type { Fault } from '#schemas/admission.ts';
import type { ActivityBody } from '#schemas/events.ts';
import type { Plan } from '#schemas/plan.ts';

/** Why an activity does not fit a plan; empty where it does. */
type Misfits = (plan: Plan, body: ActivityBody) => Fault[];

/**
 * Where vetoes need a second person, no way in accepts one directly: neither an event, nor a spreadsheet, nor an
 * amendment that turns something else into a veto. Only a veto that was confirmed passes, by its own id, while it is
 * being appended.
 */
export type SecondPerson = {
  /** Whether vetoes wait for a second person at all. */
  asked: boolean;
  misfits: Misfits;
  /** Lets one activity through while `work` runs. */
  confirming<T>(unit: string, activity: string, work: () => Promise<T>): Promise<T>;
};

const keyOf = (unit: unknown, activity: unknown): string => JSON.stringify([unit, activity]);

export function createSecondPerson(asked: boolean, misfits: Misfits): SecondPerson {
  const passing = new Set<string>();
  const isVeto = (plan: Plan, kind: string): boolean => plan.vetoes.some((veto) => veto.kind === kind);
  return {
    asked,
    misfits(plan, body) {
      const faults = misfits(plan, body);
      if (!asked || !isVeto(plan, body.kind)) return faults;
      const { unit, activity } = body as ActivityBody & { unit?: unknown; activity?: unknown };
      if (passing.has(keyOf(unit, activity))) return faults;
      const message = 'is a veto, which a second person has to confirm: record it on the page of incidents';
      return [...faults, { field: 'data.kind', message }];
    },
    async confirming(unit, activity, work) {
      const key = keyOf(unit, activity);
      passing.add(key);
      try {
        return await work();
      } finally {
        passing.delete(key);
      }
    },
  };
}
