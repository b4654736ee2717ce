import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Receipt } from '#schemas/results/results.ts';
import type { Door } from '../door.ts';
import { sourceOf } from '../sender.ts';
import { fateOf, type ImportContext, type Undo, wantedByUndo } from './plan.ts';

/** `kept`: what is left as it is, since it has been changed since. What was never let in is none of it. */
export type Undone = { retracted: number; restored: number; kept: number };

const CHUNK = 1_000;

/** The events that undo an import name it as their reason, and follow from it: to undo it twice changes nothing. */
function eventFor(context: Pick<ImportContext, 'sender' | 'id'>, undo: Undo, index: number): object {
  const { sender, id } = context;
  const shared = {
    specversion: '1.0',
    id: `undo-${id}-${index}`,
    source: sourceOf(sender),
    importid: id,
  };
  if (undo.do === 'restore') return { ...shared, type: undo.type, data: undo.data };
  const { unit, activity } = undo;
  const reason = `导入 ${id} 已整体撤销（import ${id} was undone）`;
  return { ...shared, type: 'activity.retracted', data: { unit, activity, reason } };
}

const happened = ({ status }: Receipt): boolean => status === 'appended' || status === 'already';

/** Undoes what an import did, the last row first, so that what was changed twice ends as it began. */
export async function undoImport(
  door: Pick<Door, 'submit' | 'look'>,
  context: Pick<ImportContext, 'sender' | 'id'>,
  undos: readonly Undo[],
): Promise<Undone> {
  const undone: Undone = { retracted: 0, restored: 0, kept: 0 };
  const backwards = undos.map((undo, index) => ({ undo, index })).toReversed();
  for (let at = 0; at < backwards.length; at += CHUNK) {
    const all = backwards.slice(at, at + CHUNK);
    const fates = await door.look(
      () => all.flatMap(({ undo }) => wantedByUndo(undo)),
      (view) => all.map(({ undo }) => fateOf(undo, view)),
    );
    const part = all.filter((_, index) => fates[index] === 'made');
    undone.kept += fates.filter((fate) => fate === 'changed').length;
    const receipts = await door.submit(
      part.map(({ undo, index }) => eventFor(context, undo, index)),
      context.sender,
    );
    receipts.forEach((receipt, index) => {
      if (!happened(receipt)) undone.kept++;
      else if (part[index]?.undo.do === 'restore') undone.restored++;
      else undone.retracted++;
    });
    await yieldToOthers();
  }
  return undone;
}
