import { useMemo, useRef, useState } from "react";

import type { Garment, Variant } from "../api/types";
import { recordCart } from "../events/record";
import { t } from "../locale";
import { addToBag } from "../state/marks";
import { compareSizes, money } from "../ui/format";
import { fewLeft, isSoldOut } from "../ui/stock";
import { say } from "../ui/toast";

type BuyProps = {
  garment: Garment;
  colour: string;
  currency: string;
  variants: Variant[];
  requestId: string;
};

// Sizes with their stock, and the way into the bag.
export function Buy({ garment, colour, currency, variants, requestId }: BuyProps) {
  const sorted = useMemo(
    () => [...variants].sort((a, b) => compareSizes(a.size ?? "", b.size ?? "")),
    [variants],
  );
  const only = sorted.length === 1 && !sorted[0]!.size ? sorted[0] : undefined;
  const [sku, setSku] = useState(only?.sku ?? "");
  const [asked, setAsked] = useState(false);
  const field = useRef<HTMLFieldSetElement>(null);
  const chosen = sorted.find((variant) => variant.sku === sku);
  const soldOut = sorted.every(isSoldOut);

  function add(): void {
    if (!chosen) {
      setAsked(true);
      field.current?.querySelector<HTMLInputElement>("input:not(:disabled)")?.focus();
      return;
    }
    recordCart({ garmentId: garment.id, colour, sku: chosen.sku, price: chosen.price, requestId });
    addToBag();
    say(t.garment.inBag(garment.title, chosen.size));
  }
  return (
    <div className="buy">
      {!only && (
        <fieldset className="sizes" ref={field} aria-describedby="size-note">
          <legend>{t.garment.size}</legend>
          {sorted.map((variant) => (
            <label key={variant.sku} className="size">
              <input
                type="radio"
                name="size"
                value={variant.sku}
                checked={variant.sku === sku}
                disabled={isSoldOut(variant)}
                onChange={() => (setSku(variant.sku), setAsked(false))}
              />
              <span>
                {variant.size || t.garment.oneSize}
                {isSoldOut(variant) && <span className="unseen">{t.garment.sizeSoldOut}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <p id="size-note" className="size-note" role="status">
        {stockWords(chosen, soldOut, asked, currency, sorted)}
      </p>
      <button type="button" className="button button-solid button-wide" onClick={add} disabled={soldOut}>
        {soldOut ? t.garment.soldOut : t.garment.add}
      </button>
    </div>
  );
}

function stockWords(
  chosen: Variant | undefined,
  soldOut: boolean,
  asked: boolean,
  currency: string,
  all: Variant[],
) {
  if (soldOut) return t.garment.noneLeft;
  if (!chosen) return asked ? t.garment.chooseSize : "";
  const few = fewLeft(chosen);
  const differs = all.some(({ price }) => price !== chosen.price);
  const price = differs ? `${money(chosen.price, currency)}. ` : "";
  return price + (few === null ? t.garment.inStock : few === 0 ? t.garment.fewLeft : t.garment.left(few));
}
