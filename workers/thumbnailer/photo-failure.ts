import type { FailureCode } from '../../src/contract/photos.ts';

/** The photo itself is at fault: trying again cannot help. `message` is for the guest who sent it. */
export class PhotoFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PhotoFailure';
    this.code = code;
  }
}
