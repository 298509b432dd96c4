import type { OutfitPiece } from "../api/types";
import { itemKey } from "../state/marks";
import { Photo } from "./photo";

// Photos laid over each other on one sheet, as they are worn from above to below. One picture to a screen reader: the
// list beside it names the pieces.
export function Collage({ pieces, label }: { pieces: readonly OutfitPiece[]; label: string }) {
  return (
    <div
      className="collage"
      role="img"
      aria-label={label}
      data-layers={pieces.some(({ role }) => role === "outer" || role === "mid_layer")}
    >
      {pieces.map(({ item, role }) => (
        <span className="collage-piece" data-role={role} key={itemKey(item)}>
          <Photo src={item.image} alt="" palette={item.palette} />
        </span>
      ))}
    </div>
  );
}
