// What the wardrobe says of itself. Pure.
import { ProblemError, UnreachableError } from "../api/client";
import type { WardrobePiece } from "../api/types";
import { t } from "../locale";
import { NotAPhotoError } from "../ui/small_photo";

const NOT_ALLOWED = new Set([401, 403]);
const NOT_READ = new Set([400, 413, 415, 422]);
const CONFLICT = 409;

// The colours in which a garment of the shop is owned; it is removed in all of them.
export function coloursOf(pieces: readonly WardrobePiece[], id: string): string[] {
  return [...new Set(pieces.filter((piece) => piece.id === id).map(({ item }) => item.colour))];
}

// Why a photo was not added. The shop refuses one where no profile is kept, whose wardrobe is then empty, and one more
// than a wardrobe holds.
export function photoTrouble(error: unknown, pieces: readonly Pick<WardrobePiece, "sold_here">[]): string {
  const { unreadable, signedIn, notKept, full } = t.outfits.own;
  if (error instanceof NotAPhotoError || error instanceof UnreachableError) return error.message;
  if (!(error instanceof ProblemError)) return unreadable;
  const { status } = error.problem;
  if (NOT_READ.has(status)) return unreadable;
  if (NOT_ALLOWED.has(status)) return signedIn;
  if (status === CONFLICT) return pieces.some(({ sold_here }) => !sold_here) ? full : notKept;
  return error.message || t.trouble.failed;
}
