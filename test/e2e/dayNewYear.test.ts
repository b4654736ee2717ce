import { everyPageOn } from './everyPage.ts';

everyPageOn('2026-01-01', { earlier: true });
