/** What the department is about to decide. */
export type AwardWish = { unit: string; name: string; honour: string; reason: string; withdraw: boolean };
