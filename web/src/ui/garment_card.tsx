import type { ReactNode } from "react";

import type { AnswerItem } from "../api/types";
import { recordAct } from "../events/record";
import { sawNow, useImpression } from "../events/use_impressions";
import { t } from "../locale";
import { Link } from "../router/router";
import { itemKey, savedKeys, setSaved } from "../state/marks";
import { rememberShown } from "../state/shown";
import { useStore } from "../state/store";
import { money, reduction } from "./format";
import { HeartIcon } from "./icons";
import { Photo } from "./photo";
import { say } from "./toast";
import { whyWords } from "./why";

type CardProps = {
  item: AnswerItem;
  requestId: string;
  eager?: boolean;
  lead?: boolean;
  why?: boolean;
  under?: ReactNode;
};

// One garment in one colour, in a grid. Tells when it was seen, when it was opened and when it was saved.
export function GarmentCard({ item, requestId, eager = false, lead = false, why = true, under }: CardProps) {
  const seen = useImpression(item, requestId);
  function open(): void {
    rememberShown({ item, requestId });
    sawNow(item, requestId);
    recordAct("click", { item, requestId });
  }
  return (
    <li className="garment-card" data-lead={lead || undefined} data-item={itemKey(item)} ref={seen}>
      <article aria-label={t.card.label(item.title, item.colour)}>
        <Link
          to={{ page: "garment", id: item.garment_id, colour: item.colour }}
          className="tile"
          onClick={open}
        >
          <Photo
            src={item.image}
            alt={t.card.alt(item.title, item.colour)}
            palette={item.palette}
            eager={eager}
          />
        </Link>
        <SaveHeart item={item} requestId={requestId} />
        <div className="card-words">
          <p className="brand">{item.brand || item.category}</p>
          <h3>
            <Link
              to={{ page: "garment", id: item.garment_id, colour: item.colour }}
              onClick={open}
              tabIndex={-1}
            >
              {item.title}
            </Link>
          </h3>
          <Price item={item} />
          {why && <Reasons item={item} count={lead ? 3 : 1} />}
          {under}
        </div>
      </article>
    </li>
  );
}

function Reasons({ item, count }: { item: AnswerItem; count: number }) {
  const shown = whyWords(item, count);
  if (count === 1) return shown[0] ? <p className="reason">{shown[0]}</p> : null;
  return (
    <ul className="reasons">
      {shown.map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  );
}

export function Price({ item }: { item: Pick<AnswerItem, "price" | "list_price" | "currency"> }) {
  const off = reduction(item.price, item.list_price);
  return (
    <p className="price">
      <span className={off ? "price-now" : undefined}>{money(item.price, item.currency)}</span>
      {off && (
        <>
          {" "}
          <s>
            <span className="unseen">{t.card.priceBefore}</span>
            {money(item.list_price!, item.currency)}
          </s>
        </>
      )}
    </p>
  );
}

export function SaveHeart({ item, requestId }: { item: AnswerItem; requestId: string }) {
  const saved = useStore(savedKeys).includes(itemKey(item));
  function toggle(): void {
    setSaved(item, !saved);
    recordAct(saved ? "unsave" : "save", { item, requestId });
    say((saved ? t.card.unsaved : t.card.saved)(item.title));
  }
  return (
    <button
      type="button"
      className="heart"
      aria-pressed={saved}
      aria-label={t.card.save(item.title)}
      onClick={toggle}
    >
      <HeartIcon filled={saved} size={20} />
    </button>
  );
}

export function GarmentGrid({ children, label }: { children: ReactNode; label: string }) {
  return (
    <ul className="grid" aria-label={label}>
      {children}
    </ul>
  );
}

export function GridSkeleton({ count }: { count: number }) {
  return (
    <>
      <p className="unseen" role="status">
        {t.app.waiting}
      </p>
      <ul className="grid" aria-hidden="true">
        {Array.from({ length: count }, (_, i) => (
          <li className="garment-card skeleton" key={i}>
            <div className="tile" />
            <div className="card-words">
              <p className="bone" />
              <p className="bone bone-wide" />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
