import { useRef, useState } from "react";

import { api } from "../api/client";
import { forgetAnswers } from "../api/queries";
import type { WardrobePiece } from "../api/types";
import { t } from "../locale";
import { Link } from "../router/router";
import { Ask } from "../ui/dialog";
import { Photo } from "../ui/photo";
import { say } from "../ui/toast";
import { CorrectPiece } from "./wardrobe_correct";

// colours: all in which the shopper has it.
type PieceProps = { piece: WardrobePiece; colours: readonly string[] };

export function Piece({ piece, colours }: PieceProps) {
  const [correcting, setCorrecting] = useState(false);
  const { item } = piece;
  return (
    <li className="wardrobe-piece" data-piece={piece.id} data-category={piece.category}>
      <div className="tile">
        <Photo src={item.image} alt={t.card.alt(item.title, item.colour)} palette={item.palette} />
      </div>
      <div className="wardrobe-words">
        <h2>{item.title}</h2>
        <p>
          {[item.category, item.colour].filter(Boolean).join(", ") || t.outfits.own.unknown} ·{" "}
          {howWords(piece)}
        </p>
        {piece.category === "" && <p className="wardrobe-hint">{t.outfits.own.unknownHint}</p>}
      </div>
      {correcting ? (
        <CorrectPiece
          piece={piece}
          done={async () => {
            await forgetAnswers();
            setCorrecting(false);
          }}
          cancel={() => setCorrecting(false)}
        />
      ) : (
        <PieceDoors piece={piece} colours={colours} correct={() => setCorrecting(true)} />
      )}
    </li>
  );
}

function howWords({ sold_here, how }: WardrobePiece): string {
  if (!sold_here) return t.outfits.own.seen;
  return how === "purchase" ? t.outfits.own.bought : t.outfits.own.named;
}

function PieceDoors({ piece, colours, correct }: PieceProps & { correct: () => void }) {
  const { item } = piece;
  return (
    <div className="wardrobe-doors">
      {piece.role !== "none" && (
        <Link
          className="button"
          to={{
            page: "outfits",
            garment: piece.id,
            colour: piece.sold_here ? item.colour : "",
            owned: true,
          }}
        >
          {t.outfits.own.make}
        </Link>
      )}
      {!piece.sold_here && (
        <button
          type="button"
          className="text-link"
          aria-label={t.outfits.own.correctOf(item.title)}
          onClick={correct}
        >
          {t.outfits.own.correct}
        </button>
      )}
      <Remove piece={piece} colours={colours} />
    </div>
  );
}

// A garment leaves in every colour: where there are several, the shopper is asked first.
function Remove({ piece: { id, item }, colours }: PieceProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const several = colours.length > 1;
  async function remove(): Promise<void> {
    await api.disown(id);
    await forgetAnswers();
    say(t.outfits.own.removed(item.title));
  }
  async function removeNow(): Promise<void> {
    try {
      await remove();
    } catch (error) {
      say(error instanceof Error ? error.message : t.trouble.failed);
    }
  }
  return (
    <>
      <button
        type="button"
        className="text-link"
        aria-label={t.outfits.own.removeOf(item.title)}
        onClick={() => (several ? dialog.current?.showModal() : void removeNow())}
      >
        {t.outfits.own.remove}
      </button>
      {several && (
        <Ask
          dialog={dialog}
          title={t.outfits.own.removeAsk(item.title)}
          yes={t.outfits.own.removeYes}
          onYes={remove}
        >
          <p>{t.outfits.own.removeAll(colours)}</p>
        </Ask>
      )}
    </>
  );
}
