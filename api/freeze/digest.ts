import { hash } from 'node:crypto';
import type { Bytes } from '#schemas/merkle.ts';

/** The hash function of everything that is sealed. */
export const sha256 = (bytes: Bytes): Bytes => hash('sha256', bytes, 'buffer');

export const sha256Of = (content: string | Bytes): string => hash('sha256', content, 'hex');

export const toHex = (bytes: Bytes): string => Buffer.from(bytes).toString('hex');
export const fromHex = (hex: string): Bytes => Buffer.from(hex, 'hex');
