import { access, constants } from 'node:fs/promises';
import { Command } from 'commander';
import { deliver, Failure } from '../say.ts';
import { describeProof } from '../verify/proofWords.ts';
import { describeReport, languageOf } from '../verify/words.ts';

type Options = { events?: string; key?: string; json?: boolean; attachments?: string };

/** A proof speaks for itself; a sealed year is held against events. */
async function proof(file: string, { key, json }: Options): Promise<void> {
  const { verifyProof } = await import('../verify/proofs.ts');
  const report = verifyProof(file, key);
  if (!report)
    throw new Failure(`${file} is no proof. For a sealed file, give the events as well: --events FILE.`);
  const ok = report.findings.length === 0;
  deliver(
    json ? `${JSON.stringify({ ok, ...report }, null, 2)}\n` : describeProof(report, languageOf(process.env)),
  );
  if (!ok) process.exitCode = 1;
}

async function verify(sealed: string, { events, key, json, attachments }: Options): Promise<void> {
  const given = [sealed, events, attachments].filter((one) => one !== undefined);
  for (const file of given)
    await access(file, constants.R_OK).catch(() => {
      throw new Failure(`${file} cannot be read.`);
    });
  if (events === undefined) {
    await proof(sealed, { key, json });
    return;
  }
  // The database engine is loaded for this command alone.
  const { verifySealed } = await import('../verify/verify.ts');
  const report = await verifySealed({ sealed, events, key, attachments });
  const ok = report.findings.length === 0;
  deliver(
    json
      ? `${JSON.stringify({ ok, ...report }, null, 2)}\n`
      : describeReport(report, languageOf(process.env)),
  );
  if (!ok) process.exitCode = 1;
}

export const verifyCommand = (): Command =>
  new Command('verify')
    .description(
      'hold a sealed year against exported events: recomputes leaves, root, signature and ranking, and names what differs. A proof (of an event, of a unit’s row, of an earlier seal) is checked by itself. Needs no server and no data folder',
    )
    .argument('<file>', 'the sealed file, or a proof')
    .option('--events <file>', 'NDJSON as `wuxing export events` writes it; for a sealed file')
    .option(
      '--attachments <folder>',
      'the files that the events name, as `wuxing export attachments` writes them',
    )
    .option('--key <file>', 'the public key (PEM) that it must be signed with')
    .option('--json', 'the report as JSON')
    .addHelpText('after', '\nExit code 0 if all is as sealed, else 1. The language follows LANG (zh or en).')
    .action(verify);
