/** The key of a year's plan, as known at a recorded time; null = now. Whoever asks it shares one answer. */
export const planKey = (year: number, asOf: string | null = null) => ['plan', year, asOf] as const;
