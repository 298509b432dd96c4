import "../styles/wardrobe.css";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { api } from "../api/client";
import { forgetAnswers, wardrobeQuery } from "../api/queries";
import type { WardrobePiece } from "../api/types";
import { t } from "../locale";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { CameraIcon } from "../ui/icons";
import { smallPhoto } from "../ui/small_photo";
import { say } from "../ui/toast";
import { Trouble, Waiting } from "../ui/trouble";
import { Piece } from "./wardrobe_piece";
import { coloursOf, photoTrouble } from "./wardrobe_words";

// What the shopper owns: photos are added from here, wrong tags corrected, outfits begun.
export default function WardrobePage() {
  const shopperId = useStore(shopper);
  const { data, error, refetch } = useQuery(wardrobeQuery(shopperId));
  return (
    <section className="wardrobe-page">
      <div className="page-head">
        <h1 tabIndex={-1}>{t.outfits.own.title}</h1>
        <p className="lede">{data?.pieces.length === 0 ? t.outfits.own.empty : t.outfits.own.text}</p>
        <AddPhoto pieces={data?.pieces ?? []} />
      </div>
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      <ul className="wardrobe" aria-label={t.outfits.own.label}>
        {data?.pieces.map((piece) => (
          <Piece
            key={piece.id + piece.item.colour}
            piece={piece}
            colours={coloursOf(data.pieces, piece.id)}
          />
        ))}
      </ul>
    </section>
  );
}

function AddPhoto({ pieces }: { pieces: readonly WardrobePiece[] }) {
  const file = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  async function take(chosen: File | undefined): Promise<void> {
    if (!chosen) return;
    setBusy(true);
    setTrouble("");
    try {
      const piece = await api.ownPhoto(await smallPhoto(chosen));
      await forgetAnswers();
      say(t.outfits.own.added(piece.item.title));
    } catch (error) {
      setTrouble(photoTrouble(error, pieces));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="wardrobe-add">
      <button
        type="button"
        className="button button-solid"
        disabled={busy}
        onClick={() => file.current?.click()}
      >
        <CameraIcon size={20} /> {busy ? t.outfits.own.adding : t.outfits.own.add}
      </button>
      <input
        ref={file}
        type="file"
        accept="image/*"
        className="unseen"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          void take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <p className="wardrobe-private">{t.outfits.own.private}</p>
      <p className="wardrobe-trouble" role="alert">
        {trouble}
      </p>
    </div>
  );
}
