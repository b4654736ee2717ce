import { expect } from 'vitest';
import { makeRoom } from './room.ts';

/** Only a browser test asks for a product that another file has left; any other may open a part of one by itself. */
if (!expect.getState().testPath?.includes('/test/e2e/')) await makeRoom();
