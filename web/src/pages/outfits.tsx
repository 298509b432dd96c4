import "../styles/outfits.css";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { api } from "../api/client";
import { outfitsQuery, shopQuery } from "../api/queries";
import type { ComposedOutfit, OutfitAnswer, OutfitPiece, OutfitRequest } from "../api/types";
import { recordOutfitChosen } from "../events/record";
import { t } from "../locale";
import { Link } from "../router/router";
import { itemKey } from "../state/marks";
import {
  type Asked,
  budgetOf,
  type Locked,
  restyleRequest,
  swapRequest,
  toggled,
  triedAfter,
} from "../state/outfit";
import { shopper } from "../state/shopper";
import { contextOf, situation } from "../state/situation";
import { useStore } from "../state/store";
import { money } from "../ui/format";
import { LockIcon, SwapIcon } from "../ui/icons";
import { OutfitBoard } from "../ui/outfit_board";
import { Relaxed } from "../ui/relaxed";
import { say } from "../ui/toast";
import { Trouble, Waiting } from "../ui/trouble";
import { FeedSituation } from "./feed_situation";
import { OwnedAnchors } from "./outfits_anchors";
import { Proportions } from "./outfits_proportions";

const OUTFITS = 4;

// Whole outfits, around a garment or from nothing; each may be changed piece by piece.
type PageProps = { garment: string; colour: string; owned: boolean };

export default function OutfitsPage({ garment, colour, owned }: PageProps) {
  const [budget, setBudget] = useState<number>();
  const chosen = useStore(situation);
  const asked = useMemo((): Asked => {
    const context = contextOf(chosen);
    return { ...(budget ? { budget } : {}), ...(context ? { context } : {}) };
  }, [budget, chosen]);
  const anchors = garment ? { anchors: [{ garment_id: garment, colour, ...(owned ? { owned } : {}) }] } : {};
  const { data, error, refetch } = useQuery(
    outfitsQuery(useStore(shopper), { ...asked, ...anchors, count: OUTFITS }),
  );
  const anchor = data?.outfits[0]?.pieces.find((piece) => piece.anchor);
  return (
    <section className="outfits-page">
      <div className="page-head">
        <h1 tabIndex={-1}>{t.outfits.title}</h1>
        <p className="lede">
          {anchor ? (owned ? t.outfits.aroundOwned : t.outfits.around)(anchor.item.title) : t.outfits.text}{" "}
          {garment && <Link to={{ page: "outfits", garment: "", colour: "" }}>{t.outfits.any}</Link>}
        </p>
      </div>
      <OwnedAnchors chosen={owned ? garment : ""} />
      <FeedSituation context={data?.context} />
      <div className="outfits-told">
        <Budget set={setBudget} />
        <Proportions />
      </div>
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && <Relaxed degraded={data.degraded} words={t.outfits.relaxed} />}
      {data && isWithoutOutfits(data) && <p className="relaxed">{t.outfits.nothing}</p>}
      <ol className="outfits" aria-label={t.outfits.label}>
        {data?.outfits.map((outfit, i) => (
          <Outfit
            key={`${data.request_id} ${outfit.outfit_id}`}
            at={i + 1}
            first={outfit}
            requestId={data.request_id}
            asked={asked}
            lockedFirst={anchor ? itemKey(anchor.item) : undefined}
          />
        ))}
      </ol>
    </section>
  );
}

// What is whole already needs no advice; its own sentence says so.
export function isWithoutOutfits({ outfits, degraded }: Pick<OutfitAnswer, "outfits" | "degraded">): boolean {
  return outfits.length === 0 && !degraded.includes("nothing to add");
}

function Budget({ set }: { set: (budget: number | undefined) => void }) {
  const { data: shop } = useQuery(shopQuery);
  const [text, setText] = useState("");
  return (
    <form
      className="outfits-budget"
      onSubmit={(event) => {
        event.preventDefault();
        set(budgetOf(text));
      }}
    >
      <label>
        {t.outfits.budget}{" "}
        <input
          type="text"
          inputMode="decimal"
          value={text}
          placeholder={t.outfits.noLimit}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => set(budgetOf(text))}
        />{" "}
        {shop?.currency}
      </label>
    </form>
  );
}

type Shown = { outfit: ComposedOutfit; requestId: string };
type OutfitProps = {
  at: number;
  first: ComposedOutfit;
  requestId: string;
  asked: Asked;
  lockedFirst: string | undefined;
};

function Outfit({ at, first, requestId, asked, lockedFirst }: OutfitProps) {
  const [shown, setShown] = useState<Shown>({ outfit: first, requestId });
  const [locked, setLocked] = useState<Locked>(new Set(lockedFirst ? [lockedFirst] : []));
  const [tried, setTried] = useState<readonly string[]>([]); // swapped away: they do not come back
  const [waiting, setWaiting] = useState(false);
  const [chosen, setChosen] = useState(""); // the id of the outfit that was chosen last
  const { outfit } = shown;

  // Answers the outfit that is now shown, if it is another one.
  async function change(request: OutfitRequest): Promise<ComposedOutfit | undefined> {
    setWaiting(true);
    try {
      const answer = await api.outfits(request);
      const next = answer.outfits[0];
      if (next) setShown({ outfit: next, requestId: answer.request_id });
      else say(t.outfits.nothingElse);
      return next;
    } catch (error) {
      say(error instanceof Error ? error.message : t.trouble.failed);
      return undefined;
    } finally {
      setWaiting(false);
    }
  }
  async function swap(piece: OutfitPiece): Promise<void> {
    const next = await change(swapRequest(outfit, locked, piece.role, asked, tried));
    setTried((old) => triedAfter(old, piece.item.garment_id, next));
  }
  function choose(): void {
    setChosen(outfit.outfit_id);
    recordOutfitChosen({
      outfitId: outfit.outfit_id,
      garmentIds: outfit.pieces.map(({ item }) => item.garment_id),
      requestId: shown.requestId,
    });
    say(t.outfits.chosen);
  }
  return (
    <li className="outfit" data-outfit={outfit.outfit_id} aria-busy={waiting}>
      <OutfitBoard
        pieces={outfit.pieces}
        requestId={shown.requestId}
        label={t.outfits.one(at)}
        tools={(piece) => (
          <Tools
            piece={piece}
            locked={locked.has(itemKey(piece.item))}
            waiting={waiting}
            lock={() => setLocked(toggled(locked, itemKey(piece.item)))}
            swap={() => void swap(piece)}
          />
        )}
      />
      <div className="outfit-under">
        <ul className="reasons">
          {outfit.reasons.map(({ code, text }) => (
            <li key={code}>{text}</li>
          ))}
        </ul>
        <p className="outfit-total">{t.outfits.total(money(outfit.total_price, outfit.currency))}</p>
        <p className="outfit-doors">
          <button
            type="button"
            className="button button-solid"
            disabled={chosen === outfit.outfit_id}
            onClick={choose}
          >
            {t.outfits.choose}
          </button>
          <button
            type="button"
            className="text-link"
            disabled={waiting || locked.size === 0}
            onClick={() => void change(restyleRequest(outfit, locked, asked))}
          >
            {t.outfits.again}
          </button>
        </p>
      </div>
    </li>
  );
}

type ToolsProps = {
  piece: OutfitPiece;
  locked: boolean;
  waiting: boolean;
  lock: () => void;
  swap: () => void;
};

function Tools({ piece, locked, waiting, lock, swap }: ToolsProps) {
  const { title } = piece.item;
  return (
    <>
      <button type="button" aria-pressed={locked} aria-label={t.outfits.lock(title)} onClick={lock}>
        <LockIcon closed={locked} size={18} />
      </button>
      <button type="button" aria-label={t.outfits.swap(title)} disabled={waiting} onClick={swap}>
        <SwapIcon size={18} />
      </button>
    </>
  );
}
