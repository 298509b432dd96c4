import { en } from "./en";

// Every text that shoppers read, in their language. A second language is an object of the type Messages in a file of
// its own; the compiler then names each text that it lacks.
export type Messages = typeof en;

export const t: Messages = en;
