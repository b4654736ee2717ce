import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { draw } from './draw.ts';

/** A process of its own: a picture comes in, a small PNG goes out, or nothing. */

/** Where memory or time is short, this process goes or waits, and not the server. */
function yieldToOthers(): void {
  try {
    setPriority(10);
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Not every system lets us, or has it.
  }
}

yieldToOthers();
const pieces: Buffer[] = [];
for await (const piece of process.stdin) pieces.push(piece as Buffer);
const png = await draw(Buffer.concat(pieces));
if (png) process.stdout.write(png);
