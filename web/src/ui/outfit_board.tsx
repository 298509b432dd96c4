import "../styles/outfits.css";

import type { ReactNode } from "react";

import type { OutfitPiece } from "../api/types";
import { recordAct } from "../events/record";
import { sawNow, useImpression } from "../events/use_impressions";
import { t } from "../locale";
import { Link } from "../router/router";
import { itemKey } from "../state/marks";
import { columnsOf } from "../state/outfit";
import { rememberShown } from "../state/shown";
import { Price } from "./garment_card";
import { Photo } from "./photo";

type BoardProps = {
  pieces: readonly OutfitPiece[];
  requestId: string;
  label: string;
  tools?: (piece: OutfitPiece) => ReactNode;
};

// The garments of an outfit laid out as they are worn: layers at the left, the body in the middle, shoes and bag beside.
export function OutfitBoard({ pieces, requestId, label, tools }: BoardProps) {
  return (
    <div className="outfit-board" role="group" aria-label={label}>
      {columnsOf(pieces).map(({ column, pieces: stacked }) => (
        <ul className="outfit-column" data-column={column} key={column}>
          {stacked.map((piece) => (
            <Piece key={itemKey(piece.item)} piece={piece} requestId={requestId} tools={tools?.(piece)} />
          ))}
        </ul>
      ))}
    </div>
  );
}

type PieceProps = { piece: OutfitPiece; requestId: string; tools?: ReactNode };

function Piece({ piece: { item, role, anchor, owned }, requestId, tools }: PieceProps) {
  const seen = useImpression(anchor ? undefined : item, requestId);
  function open(): void {
    rememberShown({ item, requestId });
    if (!anchor) sawNow(item, requestId);
    recordAct("click", { item, requestId });
  }
  return (
    <li className="outfit-piece" data-role={role} data-item={itemKey(item)} ref={seen}>
      {owned ? (
        <Link className="tile" to={{ page: "wardrobe" }}>
          <Photo src={item.image} alt={t.card.alt(item.title, item.colour)} palette={item.palette} />
        </Link>
      ) : (
        <Link
          className="tile"
          to={{ page: "garment", id: item.garment_id, colour: item.colour }}
          onClick={open}
        >
          <Photo src={item.image} alt={t.card.alt(item.title, item.colour)} palette={item.palette} />
        </Link>
      )}
      {tools && <div className="outfit-tools">{tools}</div>}
      <div className="outfit-words">
        <h3>{item.title}</h3>
        {owned ? <p className="outfit-owned">{t.outfits.yours}</p> : <Price item={item} />}
      </div>
    </li>
  );
}
