import { firstZh } from './first.zh-CN.ts';
import { laterZh } from './later.zh-CN.ts';

/** The interface in Chinese. Its keys are the keys of every language: `en.ts` must have the same. */
export const zhCN = { ...firstZh, ...laterZh };
