import { COLORS } from '#schemas/presentation/palette.ts';
import type { Report } from '../report/model.ts';
import { FOOT_TOP, faceOf, hex, LEFT, NOTE_HEIGHT, ROOM, type Slide } from './stage.ts';

/** What is said below evidence that is cut, above the foot. */
export function addNote(slide: Slide, report: Report, note: string): void {
  slide.addText(note, {
    x: LEFT,
    y: FOOT_TOP - NOTE_HEIGHT,
    w: ROOM,
    h: NOTE_HEIGHT,
    fontFace: faceOf(report.language),
    fontSize: 11,
    color: hex(COLORS.muted),
    margin: 0,
  });
}
