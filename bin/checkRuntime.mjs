// Loaded before anything else (`node --import`), so that an old Node is refused before it meets TypeScript.
import { keepCompiled, refuseOldRuntime } from './runtime.mjs';

refuseOldRuntime();
keepCompiled();
