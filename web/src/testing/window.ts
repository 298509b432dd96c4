// As much of a browser as modules ask for when they are loaded; tests of pages render them to text.
const listeners = new EventTarget();

globalThis.window ??= Object.assign(listeners, {
  location: { pathname: "/", search: "" },
}) as unknown as Window & typeof globalThis;
