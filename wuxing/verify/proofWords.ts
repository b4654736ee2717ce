import type { ProofFinding, ProofReport } from './proofs.ts';
import type { Language } from './words.ts';

/** What a proof file proves, in sentences. */

type Told = {
  [K in ProofReport['claim']['kind']]: (
    claim: Extract<ProofReport['claim'], { kind: K }>,
    seal: ProofReport,
  ) => string;
};

const CLAIMS: Record<Language, Told> = {
  zh: {
    event: ({ id, type, recordedtime, index }, { year, number, events }) =>
      `事件 ${id}（${type}，${recordedtime} 收到）是 ${year} 年第 ${number} 次封存的 ${events} 个事件中的第 ${index + 1} 个`,
    consistency: ({ from }, { year, number, events }) =>
      `${year} 年第 ${number} 次封存的 ${events} 个事件以第 ${from.number} 次封存的 ${from.events} 个开头，一个不少，一字未改`,
    row: ({ unit, rank, total }, { year, number }) =>
      `单位 ${unit} 的这一行（第 ${rank ?? '–'} 名，${total ?? '–'} 分）在 ${year} 年第 ${number} 次封存的结果之内`,
  },
  en: {
    event: ({ id, type, recordedtime, index }, { year, number, events }) =>
      `event ${id} (${type}, received ${recordedtime}) is number ${index + 1} of the ${events} events under seal ${number} of ${year}`,
    consistency: ({ from }, { year, number, events }) =>
      `the ${events} events under seal ${number} of ${year} begin with the ${from.events} of seal ${from.number}, none missing, none changed`,
    row: ({ unit, rank, total }, { year, number }) =>
      `the row of ${unit} (rank ${rank ?? '–'}, ${total ?? '–'} points) is in the result under seal ${number} of ${year}`,
  },
};

const FINDINGS: Record<Language, (finding: ProofFinding) => string> = {
  zh: (finding) => {
    if (finding.kind === 'key')
      return `签名所用的密钥（${finding.found}）不是应有的密钥（${finding.expected}）。`;
    if (finding.kind === 'signature') return '封存的签名无效：封存的内容、签名或公钥被改动过。';
    return finding.kind === 'leaf'
      ? '事件与所写的校验值不符：事件被改动过。'
      : '证明推不出封存的校验值：内容或证明被改动过。';
  },
  en: (finding) => {
    if (finding.kind === 'key')
      return `It is signed with another key (${finding.found}) than the one expected (${finding.expected}).`;
    if (finding.kind === 'signature')
      return 'The signature of the seal is not good: the seal, the signature or the key was changed.';
    return finding.kind === 'leaf'
      ? 'The event does not give the hash beside it: it was changed.'
      : 'The proof does not lead to the sealed check value: the content or the proof was changed.';
  },
};

function notes({ claim, root, manifest, print, compared }: ProofReport, language: Language): string[] {
  const from = claim.kind === 'consistency' ? [claim.from.root] : [];
  const roots = [...from, root];
  if (language === 'zh')
    return [
      `请与会议记录核对：事件的校验值 ${roots.join('、')}；结果的校验值 ${manifest}。`,
      compared
        ? `签名所用的密钥与应有的一致，SHA-256 ${print}。`
        : `签名所用密钥的 SHA-256 是 ${print}。请与组织部公布的核对，或用 --key 给出。`,
    ];
  return [
    `Compare with the minutes: check value of the events ${roots.join(', ')}; of the result ${manifest}.`,
    compared
      ? `Signed with the expected key, SHA-256 ${print}.`
      : `Signed with the key of SHA-256 ${print}. Compare that with what the department published, or give --key.`,
  ];
}

export function describeProof(report: ProofReport, language: Language): string {
  const { claim, findings } = report;
  const told = (CLAIMS[language][claim.kind] as (claim: unknown, seal: ProofReport) => string)(claim, report);
  const good = findings.length === 0;
  const verdict =
    language === 'zh'
      ? `${good ? '相符：' : '不相符。文件声称：'}${told}。`
      : `${good ? 'Good: ' : 'Not good. The file claims: '}${told}.`;
  return [
    verdict,
    ...findings.map((finding) => `  - ${FINDINGS[language](finding)}`),
    ...notes(report, language),
    '',
  ].join('\n');
}
