import "../styles/outfits.css";

import type { ReactNode } from "react";

import type { OutfitPiece } from "../api/types";
import { recordAct } from "../events/record";
import { sawNow, useImpression } from "../events/use_impressions";
import { t } from "../locale";
import { Link } from "../router/router";
import { itemKey } from "../state/marks";
import { inOrder } from "../state/outfit";
import { rememberShown } from "../state/shown";
import { Collage } from "./collage";
import { Figure, useDrawn } from "./figure";
import { Price } from "./garment_card";
import { Photo } from "./photo";

type BoardProps = {
  pieces: readonly OutfitPiece[];
  requestId: string;
  label: string;
  tools?: (piece: OutfitPiece) => ReactNode;
};

// An outfit as one picture, drawn garments on a figure and photos as a collage, and beside it the list of its pieces.
export function OutfitBoard({ pieces, requestId, label, tools }: BoardProps) {
  const drawn = useDrawn(pieces);
  const worn = t.outfits.worn(pieces.map(({ item }) => t.card.alt(item.title, item.colour)));
  const sorted = inOrder(pieces);
  return (
    <div className="outfit-board" role="group" aria-label={label}>
      <div className="outfit-picture">
        {drawn === true && <Figure pieces={sorted} label={worn} />}
        {drawn === false && <Collage pieces={sorted} label={worn} />}
      </div>
      <ul className="outfit-pieces">
        {sorted.map((piece) => (
          <Piece key={itemKey(piece.item)} piece={piece} requestId={requestId} tools={tools?.(piece)} />
        ))}
      </ul>
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
  const to = owned
    ? ({ page: "wardrobe" } as const)
    : ({ page: "garment", id: item.garment_id, colour: item.colour } as const);
  return (
    <li className="outfit-piece" data-role={role} data-item={itemKey(item)} ref={seen}>
      <Link className="outfit-door" to={to} {...(owned ? {} : { onClick: open })}>
        <span className="tile">
          <Photo src={item.image} alt="" palette={item.palette} />
        </span>
        <span className="outfit-words">
          <span className="outfit-role">{t.outfits.pieceRole(t.outfits.roles[role], item.colour)}</span>
          <span className="outfit-title">{item.title}</span>
          {owned ? <span className="outfit-owned">{t.outfits.yours}</span> : <Price item={item} />}
        </span>
      </Link>
      {tools && <div className="outfit-tools">{tools}</div>}
    </li>
  );
}
