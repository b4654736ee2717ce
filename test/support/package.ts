import { posix } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';

/** The structure of an Office package: what programs that offer to "repair" a file complain about. */

const RELATIONSHIP = /<Relationship\b[^>]*>/g;
const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];

/** The part that a relationships file speaks for. */
const ownerOf = (rels: string): string =>
  posix.join(posix.dirname(posix.dirname(rels)), posix.basename(rels, '.rels'));

function relationshipFaults(name: string, xml: string, parts: Record<string, Uint8Array>): string[] {
  const base = posix.dirname(ownerOf(name));
  const ids = new Set<string>();
  return Array.from(xml.matchAll(RELATIONSHIP), ([tag]) => tag).flatMap((tag) => {
    const [id, target] = [attribute(tag, 'Id') ?? '', attribute(tag, 'Target') ?? ''];
    const faults: string[] = [];
    if (ids.has(id)) faults.push(`${name}: ${id} is used twice`);
    ids.add(id);
    if (attribute(tag, 'TargetMode') === 'External') return faults;
    const path = target.startsWith('/') ? target.slice(1) : posix.normalize(posix.join(base, target));
    if (!(path in parts)) faults.push(`${name}: ${id} points to ${path}, which is missing`);
    return faults;
  });
}

/** Tags that are opened and not closed, or closed and not opened. */
function tagFaults(name: string, xml: string): string[] {
  const open: string[] = [];
  for (const [, close, tag, empty] of xml.matchAll(/<(\/?)([A-Za-z_][\w:.-]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (empty) continue;
    if (!close) open.push(tag ?? '');
    else if (open.pop() !== tag) return [`${name}: </${tag}> closes nothing`];
  }
  return open.length ? [`${name}: <${open.at(-1)}> is not closed`] : [];
}

/** Charts may refer only to axes that they define. */
function axisFaults(name: string, xml: string): string[] {
  if (!/\/charts\/chart\d+\.xml$/.test(name)) return [];
  const defined = new Set(
    Array.from(xml.matchAll(/<c:(?:cat|val|ser|date)Ax>\s*<c:axId val="(\d+)"/g), ([, id]) => id),
  );
  return Array.from(xml.matchAll(/<c:axId val="(\d+)"/g), ([, id]) => id)
    .filter((id) => !defined.has(id))
    .map((id) => `${name}: axis ${id} is not defined`);
}

const DEFINED = /<definedName name="([^"]*)"[^>]*>([^<]*)<\/definedName>/g;
const plain = (text: string): string => text.replaceAll('&apos;', "'").replaceAll('&amp;', '&');

/** Names of a workbook must refer to a sheet that there is; one whose name is no plain word stands in quotes. */
function nameFaults(name: string, xml: string): string[] {
  if (name !== 'xl/workbook.xml') return [];
  const sheets = new Set(
    Array.from(xml.matchAll(/<sheet name="([^"]*)"/g), ([, sheet]) => plain(sheet ?? '')),
  );
  return Array.from(xml.matchAll(DEFINED)).flatMap(([, defined, range]) => {
    const match = /^(?:'((?:[^']|'')+)'|(\w+))!\$[A-Z0-9$:]+$/.exec(plain(range ?? ''));
    const sheet = match?.[1]?.replaceAll("''", "'") ?? match?.[2];
    return sheet !== undefined && sheets.has(sheet) ? [] : [`${name}: ${defined} refers to ${range}`];
  });
}

/** A solid background without a list of effects, or a shape without text, and PowerPoint offers to repair the file. */
function slideFaults(name: string, xml: string): string[] {
  if (!/^ppt\/(?:slides|slideLayouts|slideMasters|notesMasters)\/\w+\.xml$/.test(name)) return [];
  const bare = Array.from(xml.matchAll(/<p:bgPr>.*?<\/p:bgPr>/gs), ([background]) => background)
    .filter((background) => !background.includes('<a:effectLst'))
    .map(() => `${name}: a background without effects`);
  const mute = Array.from(xml.matchAll(/<p:sp>.*?<\/p:sp>/gs), ([shape]) => shape)
    .filter((shape) => !shape.includes('<p:txBody>') && !shape.includes('type="sldImg"'))
    .map(() => `${name}: a shape without text`);
  return [...bare, ...mute];
}

/** Everything wrong with the package, a line each; empty for a sound one. */
export function packageFaults(bytes: Uint8Array): string[] {
  const parts = unzipSync(bytes);
  const types = strFromU8(parts['[Content_Types].xml'] ?? new Uint8Array());
  const overrides = new Set(
    Array.from(types.matchAll(/<Override\b[^>]*>/g), ([tag]) => attribute(tag, 'PartName')?.slice(1) ?? ''),
  );
  const extensions = new Set(
    Array.from(types.matchAll(/<Default\b[^>]*>/g), ([tag]) => attribute(tag, 'Extension')?.toLowerCase()),
  );
  const undeclared = Object.keys(parts)
    .filter((name) => name !== '[Content_Types].xml')
    .filter((name) => !overrides.has(name) && !extensions.has((/[^.]*$/.exec(name)?.[0] ?? '').toLowerCase()))
    .map((name) => `${name} has no content type`);
  const absent = [...overrides]
    .filter((name) => !(name in parts))
    .map((name) => `${name} is declared but missing`);
  const texts = Object.entries(parts).filter(([name]) => /\.(xml|rels)$/.test(name));
  return [
    ...undeclared,
    ...absent,
    ...texts.flatMap(([name, part]) => {
      const xml = strFromU8(part);
      const control = /(?![\t\n\r])\p{Cc}/u.test(xml) ? [`${name} holds control characters`] : [];
      const rels = name.endsWith('.rels') ? relationshipFaults(name, xml, parts) : [];
      return [
        ...control,
        ...tagFaults(name, xml),
        ...axisFaults(name, xml),
        ...nameFaults(name, xml),
        ...slideFaults(name, xml),
        ...rels,
      ];
    }),
  ];
}
