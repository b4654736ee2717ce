import { everyPageOn } from './everyPage.ts';

everyPageOn('2026-02-28');
