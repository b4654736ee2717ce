import { z } from 'zod';
import { unitSource } from '#schemas/events.ts';
import type { InspectionEntries } from '#schemas/results/inspectionDraft.ts';
import { receipts } from '#schemas/results/results.ts';
import { ask } from '../../composables/client.ts';
import { refresh } from '../../composables/live.ts';

const WAIT_MS = 15_000;

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A new id, made once a submission: sent again after a lost answer, it adds nothing. */
export const submissionId = (): string => `inspection-${hex(crypto.getRandomValues(new Uint8Array(16)))}`;

/** Submits through the door that all events take, and waits until pages show it. Throws ApiProblem. */
export async function submitInspection(id: string, unit: string, year: number, criteria: InspectionEntries) {
  const event = {
    specversion: '1.0',
    id,
    source: unitSource(unit),
    subject: unit,
    type: 'selfinspection.submitted',
    datacontenttype: 'application/json',
    data: { unit, year, criteria },
  };
  const answer = await ask(receipts, '/events', {
    method: 'POST',
    body: event,
    type: 'application/cloudevents+json',
  });
  const position = answer.receipts[0]?.position;
  if (position !== undefined)
    await ask(z.unknown(), '/watermark', { params: { atLeast: position, timeoutMs: WAIT_MS } }).catch(
      () => {},
    );
  refresh();
}
