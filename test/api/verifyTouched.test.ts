import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from '#api/freeze/digest.ts';
import { type SealedFile, sealBytes, sealOf } from '#schemas/manifest.ts';
import {
  changed,
  edit,
  first,
  indexOf,
  kinds,
  lines,
  of,
  parse,
  sealedYear,
  second,
  verify,
  write,
} from '#test/support/sealedYear.ts';

sealedYear();

describe('Given an export that someone touched', () => {
  it('when one byte of an event differs, then the event is named', async () => {
    const index = indexOf('u-2.1');
    const title = changed(index, (event) => {
      event.data.title = '专题调砚';
    });
    const found = await verify(first(), title);
    expect(found.findings).toMatchObject([{ kind: 'changed', event: { line: index + 1, id: 'u-2.1' } }]);
  });

  it('when it moves an activity to another quarter, then the rows and fields that differ are named, too', async () => {
    const moved = changed(indexOf('u-3.1'), (event) => {
      event.data.occurredOn = '2026-02-04';
    });
    const found = await verify(first(), moved);
    expect(of(found, 'changed')).toMatchObject([{ event: { id: 'u-3.1' } }]);
    const own = of(found, 'row').filter(({ unit }) => unit === 'u-3');
    expect(own).toContainEqual({ kind: 'row', unit: 'u-3', field: 'total', sealed: '75', computed: '50' });
    expect(own.map(({ field }) => field)).toContain('criteria.learning');
  });

  it.each([
    ['id', 'id', 'u-2.x'],
    ['source', 'source', '/organisation'],
    ['time of recording', 'recordedtime', '2020-01-01T00:00:00.000Z'],
    ['time of sending', 'time', '2026-01-01T00:00:00Z'],
    ['type', 'type', 'activity.amendet'],
  ])('when the %s of an event differs, then its line is named', async (_, field, value) => {
    const index = indexOf('u-2.0');
    const touched = changed(index, (event) => {
      event[field] = value;
    });
    const found = await verify(first(), touched);
    const named = found.findings.map((finding) => ('event' in finding ? finding.event.line : 0));
    expect(named).toContain(index + 1);
  });

  it('when an event is left out, then its place and its position are named', async () => {
    const index = indexOf('u-3.1');
    const { position } = parse(lines[index]);
    const found = await verify(first(), lines.toSpliced(index, 1));
    expect(of(found, 'missing')).toMatchObject([
      { after: { id: 'u-3.0' }, before: { id: 'u-3.2' }, positions: [position] },
    ]);
    expect(of(found, 'row').some(({ unit }) => unit === 'u-3')).toBe(true);
  });

  it('when an event is slipped in, then it is named', async () => {
    const index = indexOf('u-1.0');
    const forged = { ...parse(lines[index]), id: 'forged', position: undefined };
    const event = { ...forged, data: { ...forged.data, activity: 'forged', occurredOn: '2026-05-05' } };
    const found = await verify(first(), lines.toSpliced(index + 1, 0, JSON.stringify(event)));
    expect(of(found, 'added')).toMatchObject([{ event: { id: 'forged', line: index + 2 } }]);
    expect(of(found, 'row').some(({ unit }) => unit === 'u-1')).toBe(true);
  });

  it('when two events of a subject change places, then a line is named', async () => {
    const [a, b] = [indexOf('u-3.0'), indexOf('u-3.1')];
    const swapped = lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '');
    const found = await verify(first(), swapped);
    expect(of(found, 'moved')).toMatchObject([{ event: { id: 'u-3.0', line: b + 1 } }]);
  });

  it('when a line is no JSON any more, then it is named', async () => {
    const index = indexOf('u-1.0');
    const found = await verify(first(), lines.with(index, (lines[index] ?? '').slice(0, -1)));
    expect(found.findings).toContainEqual({ kind: 'line', line: index + 1, why: 'no-object' });
    expect(kinds(found)).toContain('missing');
  });

  it('when the record of the seal before is left out, then the later seal misses it', async () => {
    const index = lines.findIndex((line) => parse(line).type === 'result.frozen');
    const found = await verify(second(), lines.toSpliced(index, 1));
    expect(kinds(found)).toEqual(['missing', 'previous']);
  });

  it('when any single byte of any sealed line differs, then something is found', async () => {
    const sealed = JSON.parse(first()) as SealedFile;
    const count = lines.findIndex((line) => (parse(line).recordedtime as string) > sealed.manifest.asOf);
    for (let line = 0; line < count; line++) {
      const bytes = Buffer.from(lines[line] ?? '');
      const at = (line * 37 + 11) % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const found = await verify(first(), lines.with(line, bytes.toString('utf8')));
      expect([line, found.findings.length > 0]).toEqual([line, true]);
    }
  });
});

describe('Given a sealed file that someone touched', () => {
  it('when a row is prettier, then the signature fails, and row and field are named', async () => {
    const prettier = edit(first(), ({ manifest: { rows } }) => {
      const row = rows.find(({ unit }) => unit === 'u-1');
      if (row) row.total = 99;
    });
    const found = await verify(prettier, lines);
    expect(kinds(found)).toEqual(['record', 'row', 'signature']);
    expect(of(found, 'row')).toEqual([
      { kind: 'row', unit: 'u-1', field: 'total', sealed: '99', computed: '25' },
    ]);
  });

  it('when the signature is another one, then it is not good', async () => {
    const swapped = edit(first(), (file) => {
      file.signature = (JSON.parse(second()) as SealedFile).signature;
    });
    expect(kinds(await verify(swapped, lines))).toEqual(['record', 'signature']);
  });

  it('when it is signed anew with another key, then the stream’s record and the trusted key tell', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const forged = edit(first(), (file) => {
      file.publicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      file.signature = sign(null, sealBytes(sealOf(sha256, file.manifest)), privateKey).toString('base64');
    });
    const found = await verify(forged, lines);
    expect(found.findings).toMatchObject([{ kind: 'record', fields: ['signature', 'publicKey'] }]);
    const keyFile = write((JSON.parse(first()) as SealedFile).publicKey);
    const withoutRecord = lines.slice(
      0,
      lines.findIndex((line) => parse(line).type === 'result.frozen'),
    );
    expect(kinds(await verify(forged, withoutRecord, keyFile))).toEqual(['key']);
    expect((await verify(first(), withoutRecord, keyFile)).findings).toEqual([]);
  });

  it('when the seal before it is dropped from it, then the signature fails, and the stream remembers', async () => {
    const alone = edit(second(), ({ manifest }) => {
      manifest.previous = null;
    });
    expect(kinds(await verify(alone, lines))).toEqual(['previous', 'record', 'signature']);
  });

  it('when the list that names events is touched, then that is found, and the events still give the root', async () => {
    const touched = edit(first(), (file) => {
      const list = Buffer.from(file.fingerprints, 'base64');
      list[3] = (list[3] ?? 0) ^ 1;
      file.fingerprints = list.toString('base64');
    });
    expect(kinds(await verify(touched, lines))).toEqual(['fingerprints']);
  });

  it('when no more than a space is added, or the end is cut off, then that is found', async () => {
    expect(kinds(await verify(first().replace('{', '{ '), lines))).toEqual(['bytes']);
    expect(kinds(await verify(first().slice(0, -20), lines))).toEqual(['file']);
  });

  it('when it was scored by another version of the arithmetic, then it is said that this one cannot tell', async () => {
    const other = edit(first(), ({ manifest }) => {
      manifest.scoring = '0';
    });
    expect(kinds(await verify(other, lines))).toContain('scoring');
  });
});
