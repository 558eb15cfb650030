import { openOutbox } from './outbox.ts';
import { Batch, FastSwitch } from './view/batch.tsx';
import { Picker } from './view/picker.tsx';
import { UploadRow } from './view/upload-row.tsx';

/** All of the outbox that a page loads after itself, as one piece. */
export const parts = { openOutbox, Batch, FastSwitch, Picker, UploadRow };
