import { principal, rights } from '#schemas/access.ts';
import { envelope } from '#schemas/events.ts';
import * as freezes from '#schemas/freezes.ts';
import { manifest, sealedFile } from '#schemas/manifest.ts';
import { condition, criterion, deduction, measure, plan, requirement, veto } from '#schemas/plan.ts';
import { auditEntry, credentialRow } from '#schemas/results/access.ts';
import * as results from '#schemas/results/results.ts';

/** Schemas that the OpenAPI document gives a name of their own. */
export const namedSchemas = {
  Event: envelope,
  Plan: plan,
  Criterion: criterion,
  Requirement: requirement,
  Measure: measure,
  Deduction: deduction,
  Veto: veto,
  Condition: condition,
  Ranking: results.ranking,
  RankingRow: results.rankingRow,
  HiddenRow: results.hiddenRow,
  Standing: results.standing,
  RequirementRow: results.requirementRow,
  WindowRow: results.windowRow,
  ConditionRow: results.conditionRow,
  GapMatrix: results.gapMatrix,
  UnitList: results.unitList,
  UnitRow: results.unitRow,
  PlanAnswer: results.planAnswer,
  ActivityList: results.activityList,
  ActivityRow: results.activityRow,
  Receipts: results.receipts,
  Receipt: results.receipt,
  EventList: results.eventList,
  StoredEvent: results.storedEvent,
  QuarantineList: results.quarantineList,
  QuarantineRow: results.quarantineRow,
  SealedYear: freezes.sealedYear,
  Freeze: freezes.freezeRow,
  LateEvent: freezes.lateEvent,
  InclusionProof: freezes.inclusionAnswer,
  ConsistencyProof: freezes.consistencyAnswer,
  SealedFile: sealedFile,
  Manifest: manifest,
  Problem: results.problem,
  Principal: principal,
  Rights: rights,
  AuditEntry: auditEntry,
  Credential: credentialRow,
} as const;
