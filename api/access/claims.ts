import { type Rights, ROLES, type Role, rights } from '#schemas/access.ts';

/**
 * `OIDC_ROLES`: which group (or other value of the claim) of the provider gives which rights here:
 * `zuzhibu=organisation;lingdao=leader;jijian=reviewer:integrity+learning;farm-03=unit:farm-03:reporter`.
 */
export type ClaimRules = readonly { value: string; rights: Rights }[];

const RULE = /^(.+?)=(organisation|leader|unit:([^:]+)(?::(reporter|head))?|reviewer:([^:]+))$/u;

const rightsOf = (what: string, unit?: string, position?: string, criteria?: string): unknown => ({
  roles: [what.split(':', 1)[0] as Role],
  ...(unit === undefined ? {} : { unit, position: position ?? 'reporter' }),
  ...(criteria === undefined ? {} : { reviews: { criteria: criteria.split('+'), kinds: [] } }),
});

/** Undefined where the text is not such a list. */
export function parseClaimRules(text: string): ClaimRules | undefined {
  const rules: { value: string; rights: Rights }[] = [];
  for (const part of text.split(';').map((one) => one.trim())) {
    if (part === '') continue;
    const [, value = '', what = '', unit, position, criteria] = RULE.exec(part) ?? [];
    const parsed = rights.safeParse(rightsOf(what, unit, position, criteria));
    if (!value || !parsed.success) return undefined;
    rules.push({ value: value.trim(), rights: parsed.data });
  }
  return rules.length > 0 ? rules : undefined;
}

const valuesOf = (claim: unknown): string[] =>
  (Array.isArray(claim) ? claim : [claim]).filter((value): value is string => typeof value === 'string');

/**
 * What somebody with this claim may do; rights of several groups add up. Undefined where no group gives any. Of
 * several units the first rule's counts: an account is bound to one.
 */
export function rightsByClaim(rules: ClaimRules, claim: unknown): Rights | undefined {
  const values = new Set(valuesOf(claim));
  const held = rules.filter(({ value }) => values.has(value)).map((rule) => rule.rights);
  if (held.length === 0) return undefined;
  const bound = held.find(({ unit }) => unit !== undefined);
  const scopes = held.flatMap(({ reviews }) => reviews ?? []);
  return {
    roles: ROLES.filter((one) => held.some(({ roles }) => roles.includes(one))),
    ...(bound?.unit === undefined ? {} : { unit: bound.unit, position: bound.position }),
    ...(scopes.length === 0
      ? {}
      : {
          reviews: {
            criteria: [...new Set(scopes.flatMap(({ criteria }) => criteria))],
            kinds: [...new Set(scopes.flatMap(({ kinds }) => kinds))],
          },
        }),
  };
}
