// How English writes numbers, lists and what stands in a sentence, see en.ts.
import { createElement, Fragment, type ReactNode } from "react";

export const NUMBERS = "en";

// Puts words into a link or gives them emphasis.
export type Wrap = (words: string) => ReactNode;

// Said in more than one place.
export const weathers = { hot: "Hot", mild: "Mild", cool: "Cool", frost: "Frost", rain: "Rain" };
export const guess = "A guess, to learn your taste";

export const rich = (...parts: ReactNode[]): ReactNode => createElement(Fragment, null, ...parts);
export const number = (value: number): string => value.toLocaleString(NUMBERS);
export const list = (words: readonly string[]): string =>
  new Intl.ListFormat(NUMBERS, { style: "long", type: "conjunction" }).format(words);
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;
export const pair = (one: string, many: string): [one: string, many: string] => [one, many];
export const percent = (share: number): string => `${Math.round(share * 100)}%`;
export const quoted = (name: string): string => `“${name}”`;

const WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

// "seven questions"; "a few questions" while the number is not known.
export const counted = (many: number | undefined, one: string): string =>
  many === undefined ? `a few ${one}s` : `${WORDS[many] ?? number(many)} ${many === 1 ? one : `${one}s`}`;
export const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);
