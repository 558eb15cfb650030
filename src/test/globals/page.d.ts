// What client/ asks of a page, for tests that run the client against a real room: the runtime's types
// switch the browser's library off. client/ itself is checked against that library in its own project.
declare const window: EventTarget;
declare const document: EventTarget & { readonly visibilityState: 'visible' | 'hidden' };
