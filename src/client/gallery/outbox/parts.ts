/* All of the outbox that a page needs a moment after it has opened, as one file to load. */
export { openOutbox } from './outbox.ts';
export { Batch, FastSwitch } from './view/batch.tsx';
export { Picker } from './view/picker.tsx';
export { UploadRow } from './view/upload-row.tsx';
