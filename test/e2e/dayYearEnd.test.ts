import { everyPageOn } from './everyPage.ts';

everyPageOn('2026-12-31');
