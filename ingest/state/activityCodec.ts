import { Packr } from 'msgpackr';
import { type ActivityVersion, OPEN_END } from '../store/rows.ts';
import type { RowCodec } from './packedRows.ts';

const packr = new Packr({ useRecords: false });

/** An open version as bytes: its values in a fixed order. What every open version has in common is left out. */
const pack = (version: ActivityVersion): Uint8Array =>
  packr.pack([
    version.fromPos,
    version.recordedFrom,
    version.year,
    version.unit,
    version.kind,
    version.activity,
    version.bodyPos,
    version.state,
    version.waived,
    version.appealOpen,
    version.recordedBy,
    version.occurredOn,
    version.title,
    version.quantity,
    version.due,
    version.done,
    version.members,
    version.form,
    version.score,
    version.indicator,
    version.value,
    version.ledByHead,
    version.evidence,
    version.note,
  ]);

type Packed = [
  ...[number, number, number, string, string, string, number, ActivityVersion['state'], boolean, boolean],
  ...[ActivityVersion['recordedBy'], string, string, number | null, number | null, number | null],
  ...[readonly string[], string, number | null, string, number | null, boolean, readonly string[], string],
];

function unpack(bytes: Uint8Array): ActivityVersion {
  const values = packr.unpack(bytes) as Packed;
  return {
    fromPos: values[0],
    closedBy: 0,
    recordedFrom: values[1],
    recordedTo: OPEN_END,
    year: values[2],
    unit: values[3],
    kind: values[4],
    activity: values[5],
    bodyPos: values[6],
    state: values[7],
    waived: values[8],
    appealOpen: values[9],
    recordedBy: values[10],
    occurredOn: values[11],
    title: values[12],
    quantity: values[13],
    due: values[14],
    done: values[15],
    members: values[16],
    form: values[17],
    score: values[18],
    indicator: values[19],
    value: values[20],
    ledByHead: values[21],
    evidence: values[22],
    note: values[23],
  };
}

export const activityCodec: RowCodec<ActivityVersion> = { pack, unpack };
