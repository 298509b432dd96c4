import { useQuery } from "@tanstack/react-query";

import { outfitsQuery } from "../api/queries";
import { t } from "../locale";
import { Link } from "../router/router";
import { contextOf, situation } from "../state/situation";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { money } from "./format";
import { OutfitBoard } from "./outfit_board";

// What the shopper could wear with a garment. Nothing for what is never part of one, such as a suitcase.
export function CompleteTheLook({ id, colour }: { id: string; colour: string }) {
  const context = contextOf(useStore(situation));
  const { data } = useQuery(
    outfitsQuery(useStore(shopper), {
      anchors: [{ garment_id: id, colour }],
      count: 1,
      ...(context ? { context } : {}),
    }),
  );
  const outfit = data?.outfits[0];
  if (!data || !outfit) return null;
  return (
    <section className="complete-look" aria-labelledby="complete-title">
      <h2 id="complete-title">{t.outfits.complete}</h2>
      <OutfitBoard pieces={outfit.pieces} requestId={data.request_id} label={t.outfits.complete} />
      <div className="outfit-under">
        <ul className="reasons">
          {outfit.reasons.map(({ code, text }) => (
            <li key={code}>{text}</li>
          ))}
        </ul>
        <p className="outfit-total">{t.outfits.total(money(outfit.total_price, outfit.currency))}</p>
        <Link className="button" to={{ page: "outfits", garment: id, colour }}>
          {t.outfits.more}
        </Link>
      </div>
    </section>
  );
}
