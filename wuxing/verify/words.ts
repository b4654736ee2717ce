import type { Finding, Named, Note, Report } from './findings.ts';

/** The report in sentences. */
export type Language = 'zh' | 'en';

type Of<U extends { kind: string }, K extends U['kind']> = Extract<U, { kind: K }>;
type Say<U extends { kind: string }> = { [K in U['kind']]: (told: Of<U, K>) => string };

/** The language of the terminal: LC_ALL, LC_MESSAGES or LANG, as everywhere. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  return /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh' : 'en';
}

const who = ({ id, source, subject }: Named): string => [id, source, subject].filter(Boolean).join(', ');

const LINE_EN = {
  'no-object': 'is no JSON object',
  'no-time': 'has no recordedtime',
  position: 'has a position that does not follow the ones before it',
  time: 'has a recordedtime before that of an earlier event of its subject',
} as const;

const findingsEn: Say<Finding> = {
  file: ({ detail }) => `The sealed file cannot be read: ${detail}`,
  bytes: () => 'The sealed file is not written as it was sealed: it was changed, if only in its spaces.',
  fingerprints: () =>
    'The fingerprints in the sealed file are not those that were sealed, so events cannot be named.',
  signature: () => 'The signature is not good: the manifest, the signature or the key was changed.',
  key: ({ expected, found }) =>
    `It is signed with another key (${found}) than the one expected (${expected}).`,
  line: ({ line, why }) => `Line ${line} ${LINE_EN[why]}.`,
  changed: ({ event }) => `Line ${event.line} (${who(event)}) was changed since.`,
  added: ({ event }) =>
    `Line ${event.line} (${who(event)}) is not sealed, though dated before the seal: added, or changed.`,
  moved: ({ event }) => `Line ${event.line} (${who(event)}) was moved within its subject.`,
  refused: ({ line, reason }) => `Line ${line} breaks the rules: ${reason}`,
  missing: ({ index, after, before, positions }) =>
    [
      `Sealed event ${index + 1} is missing`,
      after && ` after line ${after.line} (${who(after)})`,
      before && ` before line ${before.line} (${who(before)})`,
      positions.length > 0 && `; the export passes over ${positions.slice(0, 5).join(', ')}`,
      '.',
    ]
      .filter(Boolean)
      .join(''),
  root: ({ sealed, computed }) => `The root over the events is ${computed}; sealed was ${sealed}.`,
  record: ({ line, fields }) =>
    `Line ${line}, which records the seal, says otherwise about: ${fields.join(', ')}.`,
  previous: ({ sealed, found }) => `The seal before this one had the root ${found}; sealed was ${sealed}.`,
  scoring: ({ sealed, computed }) =>
    `It was scored by version ${sealed} of the arithmetic; this tool has version ${computed} and cannot recompute it.`,
  plan: () => 'The plan that the events adopt is not the one that was sealed.',
  row: ({ unit, field, sealed, computed }) =>
    `Ranking, ${unit}, ${field}: sealed ${sealed}, computed ${computed}.`,
  'attachment-missing': ({ event, name, sha256 }) =>
    `Line ${event.line} (${who(event)}) names the file ${name} (${sha256}), which is missing.`,
  'attachment-damaged': ({ file }) =>
    `The file ${file} is not what its name says: it was changed or cut off.`,
  more: ({ of, count }) => `… and ${count} more about ${of}.`,
};

const LINE_ZH = {
  'no-object': '不是 JSON 对象',
  'no-time': '没有 recordedtime',
  position: '的位置没有接在前面各行之后',
  time: '的 recordedtime 早于同一主体前面的事件',
} as const;

const MORE_ZH = { rows: '名次表', events: '事件', attachments: '附件' } as const;

const findingsZh: Say<Finding> = {
  file: ({ detail }) => `封存文件无法读取：${detail}`,
  bytes: () => '封存文件的写法与封存时不同：被改动过，哪怕只是空白。',
  fingerprints: () => '封存文件中的指纹不是当时封存的，因此无法指出具体事件。',
  signature: () => '签名无效：清单、签名或公钥被改动过。',
  key: ({ expected, found }) => `签名所用的密钥（${found}）不是应有的密钥（${expected}）。`,
  line: ({ line, why }) => `第 ${line} 行${LINE_ZH[why]}。`,
  changed: ({ event }) => `第 ${event.line} 行（${who(event)}）封存后被改动。`,
  added: ({ event }) =>
    `第 ${event.line} 行（${who(event)}）标的时间在封存之前，却未被封存：是后加的，或被改动过。`,
  moved: ({ event }) => `第 ${event.line} 行（${who(event)}）在其主体内的次序被改动。`,
  refused: ({ line, reason }) => `第 ${line} 行不合规则：${reason}`,
  missing: ({ index, after, before, positions }) =>
    [
      `缺少第 ${index + 1} 个已封存的事件`,
      after && `，在第 ${after.line} 行（${who(after)}）之后`,
      before && `，在第 ${before.line} 行（${who(before)}）之前`,
      positions.length > 0 && `；导出中跳过了 ${positions.slice(0, 5).join('、')}`,
      '。',
    ]
      .filter(Boolean)
      .join(''),
  root: ({ sealed, computed }) => `事件的根是 ${computed}，封存的是 ${sealed}。`,
  record: ({ line, fields }) => `第 ${line} 行记录了这次封存，但下列各项与文件不符：${fields.join('、')}。`,
  previous: ({ sealed, found }) => `上一次封存的根是 ${found}，文件所写的是 ${sealed}。`,
  scoring: ({ sealed, computed }) => `当时按第 ${sealed} 版算法计分，本工具是第 ${computed} 版，无法重算。`,
  plan: () => '事件所采用的考核方案不是当时封存的方案。',
  row: ({ unit, field, sealed, computed }) =>
    `名次表，${unit}，${field}：封存为 ${sealed}，重算为 ${computed}。`,
  'attachment-missing': ({ event, name, sha256 }) =>
    `第 ${event.line} 行（${who(event)}）所附的文件 ${name}（${sha256}）缺失。`,
  'attachment-damaged': ({ file }) => `文件 ${file} 的内容与其名称不符：被改动过，或不完整。`,
  more: ({ of, count }) => `……另有 ${count} 处（${MORE_ZH[of]}）。`,
};

const notesEn: Say<Note> = {
  key: ({ print, compared }) =>
    compared
      ? `Signed with the expected key, SHA-256 ${print}.`
      : `Signed with the key of SHA-256 ${print}. Compare that with what the department published, or give --key: a forger would bring a key of his own.`,
  late: ({ count }) => `${count} events were recorded after the seal; they do not belong to it.`,
  backdated: ({ event }) =>
    `Line ${event.line} (${who(event)}) is dated before the seal, but came after it; it does not belong to it.`,
  attachments: ({ count }) => `${count} files that the events name are there, to the byte.`,
  'set-aside': ({ count }) =>
    `${count} lines broke the rules and were dealt with before sealing; the seal names them, and they have no effect.`,
  copies: ({ count }) => `${count} lines repeat an event; they have no effect.`,
  'no-record': () =>
    'The export does not hold the record of this seal (it was made before, or the record was left out).',
};

const notesZh: Say<Note> = {
  key: ({ print, compared }) =>
    compared
      ? `签名所用的密钥与应有的一致，SHA-256 ${print}。`
      : `签名所用密钥的 SHA-256 是 ${print}。请与组织部公布的核对，或用 --key 给出：伪造者会用自己的密钥。`,
  late: ({ count }) => `${count} 个事件在封存之后记录，不在封存之内。`,
  backdated: ({ event }) =>
    `第 ${event.line} 行（${who(event)}）标的时间在封存之前，但在其后才到，不在封存之内。`,
  attachments: ({ count }) => `事件所附的 ${count} 个文件都在，逐字节相符。`,
  'set-aside': ({ count }) => `${count} 行不合规则，封存前已处理，封存中已写明，没有作用。`,
  copies: ({ count }) => `${count} 行重复了已有的事件，没有作用。`,
  'no-record': () => '导出中没有这次封存的记录（导出在封存之前，或记录被去掉了）。',
};

const FINDINGS = { zh: findingsZh, en: findingsEn };
const NOTES = { zh: notesZh, en: notesEn };

const say = <U extends { kind: string }>(words: Say<U>, told: U): string =>
  (words[told.kind as U['kind']] as (told: U) => string)(told);

function verdict({ year, asOf, events, rows, findings }: Report, language: Language): string {
  const count = findings.length;
  if (language === 'zh')
    return count === 0
      ? `相符：${year} 年的封存结果（截至 ${asOf}，${events} 个事件，${rows} 个单位）可由这些事件逐字重算得出。`
      : `不相符，${count} 处不同：`;
  return count === 0
    ? `Good: the sealed result of ${year} (as of ${asOf}, ${events} events, ${rows} units) follows from these events to the byte.`
    : `Not good, ${count} ${count === 1 ? 'difference' : 'differences'}:`;
}

export function describeReport(report: Report, language: Language): string {
  return [
    verdict(report, language),
    ...report.findings.map((finding) => `  - ${say(FINDINGS[language], finding)}`),
    ...report.notes.map((note) => say(NOTES[language], note)),
    '',
  ].join('\n');
}
