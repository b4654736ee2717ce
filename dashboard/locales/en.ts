import { firstEn } from './first.en.ts';
import { laterEn } from './later.en.ts';
import type { zhCN } from './zh-CN.ts';

/** The interface in English, key for key as in Chinese. */
export const en: typeof zhCN = { ...firstEn, ...laterEn };
