import { everyPageOn } from './everyPage.ts';

everyPageOn('2026-11-26', { byAddress: true, earlier: true });
