// Drawings that can be worn: an SVG whose view "worn" shows the garment alone, where it sits on a figure. Pure.
import { imageAddress } from "../api/client";

// Only a drawing is worth reading; a photo has no views.
export const mayBeDrawn = (image: string): boolean => /\.svg$/i.test(image);
export const hasWornView = (svg: string): boolean => /<view[^>]*\sid=['"]worn['"]/.test(svg);
export const wornView = (image: string): string => `${imageAddress(image)}#worn`;
