import "../styles/wardrobe.css";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { api, UnreachableError } from "../api/client";
import { forgetOutfits, queryClient, wardrobeQuery } from "../api/queries";
import type { WardrobePiece } from "../api/types";
import { t } from "../locale";
import { Link } from "../router/router";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { CameraIcon } from "../ui/icons";
import { Photo } from "../ui/photo";
import { NotAPhotoError, smallPhoto } from "../ui/small_photo";
import { say } from "../ui/toast";
import { Trouble } from "../ui/trouble";
import { CorrectPiece } from "./wardrobe_correct";

// What the shopper owns: photos are added from here, wrong tags corrected, outfits begun.
export default function WardrobePage() {
  const shopperId = useStore(shopper);
  const { data, error, refetch } = useQuery(wardrobeQuery(shopperId));
  async function changed(): Promise<void> {
    forgetOutfits();
    await queryClient.invalidateQueries({ queryKey: ["wardrobe"] });
  }
  return (
    <section className="wardrobe-page">
      <div className="page-head">
        <h1 tabIndex={-1}>{t.outfits.own.title}</h1>
        <p className="lede">{data?.pieces.length === 0 ? t.outfits.own.empty : t.outfits.own.text}</p>
        <AddPhoto changed={changed} />
      </div>
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <div className="page-waiting" aria-busy="true" />}
      <ul className="wardrobe" aria-label={t.outfits.own.label}>
        {data?.pieces.map((piece) => (
          <Piece key={piece.id + piece.item.colour} piece={piece} changed={changed} />
        ))}
      </ul>
    </section>
  );
}

function AddPhoto({ changed }: { changed: () => Promise<void> }) {
  const file = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState("");
  async function take(chosen: File | undefined): Promise<void> {
    if (!chosen) return;
    setBusy(true);
    setTrouble("");
    try {
      const piece = await api.ownPhoto(await smallPhoto(chosen));
      await changed();
      say(t.outfits.own.added(piece.item.title));
    } catch (error) {
      const says = error instanceof NotAPhotoError || error instanceof UnreachableError;
      setTrouble(says ? error.message : t.outfits.own.unreadable);
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

function Piece({ piece, changed }: { piece: WardrobePiece; changed: () => Promise<void> }) {
  const [correcting, setCorrecting] = useState(false);
  const { item } = piece;
  const how = !piece.sold_here
    ? t.outfits.own.seen
    : piece.how === "purchase"
      ? t.outfits.own.bought
      : t.outfits.own.named;
  async function remove(): Promise<void> {
    try {
      await api.disown(piece.id);
      await changed();
      say(t.outfits.own.removed(item.title));
    } catch (error) {
      say(error instanceof Error ? error.message : t.trouble.failed);
    }
  }
  return (
    <li className="wardrobe-piece" data-piece={piece.id} data-category={piece.category}>
      <div className="tile">
        <Photo src={item.image} alt={t.card.alt(item.title, item.colour)} palette={item.palette} />
      </div>
      <div className="wardrobe-words">
        <h2>{item.title}</h2>
        <p>
          {[item.category, item.colour].filter(Boolean).join(", ") || t.outfits.own.unknown} · {how}
        </p>
        {piece.category === "" && <p className="wardrobe-hint">{t.outfits.own.unknownHint}</p>}
      </div>
      {correcting ? (
        <CorrectPiece
          piece={piece}
          done={async () => {
            await changed();
            setCorrecting(false);
          }}
          cancel={() => setCorrecting(false)}
        />
      ) : (
        <p className="wardrobe-doors">
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
              onClick={() => setCorrecting(true)}
            >
              {t.outfits.own.correct}
            </button>
          )}
          <button
            type="button"
            className="text-link"
            aria-label={t.outfits.own.removeOf(item.title)}
            onClick={() => void remove()}
          >
            {t.outfits.own.remove}
          </button>
        </p>
      )}
    </li>
  );
}
