// Node 20 strips no types: the thread loads tsx before the worker itself (node ≥ 22.18 would do without).
import { register } from 'tsx/esm/api';

if (!process.features.typescript) register();
await import('./worker.ts');
