// A worker's first file is loaded before any hook is in place, so it is plain JavaScript. Node strips types by
// itself from 22.18 on; before that tsx does.
if (!process.features.typescript) {
  const { register } = await import('tsx/esm/api');
  register();
}
await import('./projectorWorker.ts');
