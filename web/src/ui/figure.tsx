import { useQueries } from "@tanstack/react-query";

import { drawnQuery } from "../api/queries";
import type { OutfitPiece } from "../api/types";
import { itemKey } from "../state/marks";
import { wornView } from "../state/worn";

// Whether every piece is a drawing that says where it sits on a figure; undefined until that is known.
export function useDrawn(pieces: readonly OutfitPiece[]): boolean | undefined {
  const answers = useQueries({ queries: pieces.map(({ item }) => drawnQuery(item.image)) });
  if (answers.some(({ data }) => data === false)) return false;
  return answers.every(({ data }) => data) ? true : undefined;
}

// Drawn garments on a figure; coats and layers hang beside it, so that they hide nothing. One picture to a screen
// reader: the list beside it names the pieces.
export function Figure({ pieces, label }: { pieces: readonly OutfitPiece[]; label: string }) {
  return (
    <div className="figure" role="img" aria-label={label}>
      <Mannequin />
      {pieces.map(({ item, role }) => (
        <img
          key={itemKey(item)}
          className="figure-piece"
          data-role={role}
          src={wornView(item.image)}
          alt=""
          draggable={false}
        />
      ))}
    </div>
  );
}

// In the units of the drawings: shoulders at 0, the ground at 735 (samples/drawn_shop/drawing/worn.h).
function Mannequin() {
  return (
    <svg className="figure-body" viewBox="-320 -160 640 930" aria-hidden="true">
      <ellipse cx="0" cy="-88" rx="42" ry="56" />
      <path d="M-19-46V-8Q-30 12-88 24Q-106 34-112 74L-150 330Q-152 352-140 352Q-132 350-128 332L-92 130L-72 216Q-94 270-92 320L-80 520L-64 716H-30L-18 520L0 366L18 520L30 716H64L80 520L92 320Q94 270 72 216L92 130L128 332Q132 350 140 352Q152 352 150 330L112 74Q106 34 88 24Q30 12 19-8V-46Z" />
    </svg>
  );
}
