import { createDoor, type Door, type DoorOptions } from '#ingest/intake/door.ts';
import { envelopeIn, project } from '#ingest/project/project.ts';
import type { StreamRecord } from '#ingest/stream/eventStream.ts';
import { misfits } from '#schemas/fit.ts';
import { NOON } from '#test/support/events.ts';
import { memoryState } from '#test/support/memoryState.ts';
import { type MemoryStream, memoryStream } from '#test/support/memoryStream.ts';

export const UNIT = { role: 'unit', unit: 'u-1' } as const;
export const ORGANISATION = { role: 'organisation' } as const;

type Setting = { door: Door; stream: MemoryStream; projectNow(): Promise<void> };
export const doors: Door[] = [];

/** A door whose projection moves when the test says so. */
export async function setting(more: Partial<DoorOptions> = {}): Promise<Setting> {
  const stream = memoryStream();
  const state = memoryState();
  const door = createDoor({ stream, state, misfits, clock: () => NOON, ...more });
  doors.push(door);
  door.advance({ offsets: [0] });
  await door.opened();
  let done = 0;
  async function projectNow(): Promise<void> {
    const { changes } = project(state.view, stream.records.slice(done));
    done = stream.records.length;
    await state.commit({ changes, offsets: [done], written: [done], quarantined: 0 });
    door.advance({ offsets: [done] });
  }
  return { door, stream, projectNow };
}

export const envelopeAt = (stream: MemoryStream, index: number): unknown =>
  envelopeIn(stream.records.at(index) as StreamRecord);

export const problem = async (
  door: Door,
  event: unknown,
  sender: Parameters<Door['submit']>[1] = UNIT,
): Promise<string> => {
  const [receipt] = await door.submit([event], sender);
  return `${receipt?.status}: ${receipt?.problem}`;
};
