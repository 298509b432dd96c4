// What a report becomes on the page.
import { element } from "./page";

export type Section = { title: string; lead: string; note: string; body: HTMLElement[] };

export const heading = (text: string): HTMLElement => element("h3", text);
