import { useQuery } from "@tanstack/react-query";

import { wardrobeQuery } from "../api/queries";
import { t } from "../locale";
import { Link } from "../router/router";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { Photo } from "../ui/photo";

const SHOWN_MAX = 12;

// What the shopper owns, each a beginning of outfits.
export function OwnedAnchors({ chosen }: { chosen: string }) {
  const { data } = useQuery(wardrobeQuery(useStore(shopper)));
  const pieces = data?.pieces.filter(({ role }) => role !== "none").slice(0, SHOWN_MAX) ?? [];
  return (
    <nav className="owned-anchors" aria-label={t.outfits.anchors}>
      {pieces.length > 0 && <p>{t.outfits.anchors}</p>}
      <ul>
        {pieces.map((piece) => {
          const colour = piece.sold_here ? piece.item.colour : "";
          return (
            <li key={piece.id + colour}>
              <Link
                to={{ page: "outfits", garment: piece.id, colour, owned: true }}
                aria-current={piece.id === chosen ? "true" : undefined}
                aria-label={piece.item.title}
              >
                <Photo src={piece.item.image} alt="" palette={piece.item.palette} />
              </Link>
            </li>
          );
        })}
        <li>
          <Link className="text-link" to={{ page: "wardrobe" }}>
            {t.outfits.wardrobe}
          </Link>
        </li>
      </ul>
    </nav>
  );
}
