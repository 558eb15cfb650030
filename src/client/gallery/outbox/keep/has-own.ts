/* Safari before 15.4 and Chrome before 93 do not have it, and what digests asks for it when it is loaded. */
const known = Object as { hasOwn?: (object: object, key: PropertyKey) => boolean };
known.hasOwn ??= (object, key) => Object.prototype.hasOwnProperty.call(object, key);
