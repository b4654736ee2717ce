import { everyPageOn } from './everyPage.ts';

everyPageOn('2026-06-30', { department: true });
