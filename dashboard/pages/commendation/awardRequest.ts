/** What the department is about to decide. */
export type AwardRequest = { unit: string; name: string; honour: string; reason: string; withdraw: boolean };
