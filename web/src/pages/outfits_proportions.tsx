import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../api/client";
import { bodyQuery, forgetOutfits, queryClient } from "../api/queries";
import type { FitWish, StatedBody } from "../api/types";
import { t } from "../locale";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { say } from "../ui/toast";

const WISHES: readonly FitWish[] = ["close", "regular", "loose"];
const HEIGHT = { min: 100, max: 230 } as const;

// What shoppers who want to enter of their body: it chooses cuts, and can be switched off.
export function Proportions() {
  const { data } = useQuery(bodyQuery(useStore(shopper)));
  if (!data) return null;
  return <Told key={JSON.stringify(data)} body={data} />;
}

function Told({ body }: { body: StatedBody }) {
  const [height, setHeight] = useState(body.height_cm === undefined ? "" : String(body.height_cm));
  const used = body.proportions !== false;
  async function tell(next: StatedBody): Promise<void> {
    try {
      const now = await api.setBody(next);
      queryClient.setQueriesData({ queryKey: ["body"] }, now);
      forgetOutfits();
    } catch (error) {
      say(error instanceof Error ? error.message : t.trouble.failed);
    }
  }
  function tellHeight(): void {
    const value = Number.parseFloat(height.replace(",", "."));
    const next = { ...body };
    delete next.height_cm;
    const inRange = value >= HEIGHT.min && value <= HEIGHT.max;
    // What was said before stays: only an emptied field takes it back.
    if (height.trim() !== "" && !inRange) return say(t.outfits.heightRange(HEIGHT.min, HEIGHT.max));
    if (inRange) next.height_cm = value;
    if (next.height_cm !== body.height_cm) void tell(next);
  }
  function tellWish(wish: FitWish): void {
    const next = { ...body };
    if (body.fit_wish === wish) delete next.fit_wish;
    else next.fit_wish = wish;
    void tell(next);
  }
  return (
    <details className="proportions" open={body.height_cm !== undefined || body.fit_wish !== undefined}>
      <summary>{t.outfits.proportions}</summary>
      <p>{t.outfits.proportionsText}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          tellHeight();
        }}
      >
        <label>
          {t.outfits.height}{" "}
          <input
            type="number"
            inputMode="numeric"
            min={HEIGHT.min}
            max={HEIGHT.max}
            value={height}
            onChange={(event) => setHeight(event.target.value)}
            onBlur={tellHeight}
          />
        </label>
        <div className="chips" role="group" aria-label={t.outfits.fitWish}>
          <span className="chips-legend" aria-hidden="true">
            {t.outfits.fitWish}
          </span>
          {WISHES.map((wish) => (
            <button
              key={wish}
              type="button"
              aria-pressed={body.fit_wish === wish}
              onClick={() => tellWish(wish)}
            >
              {t.outfits.fitWishes[wish]}
            </button>
          ))}
        </div>
        <label className="proportions-switch">
          <input
            type="checkbox"
            role="switch"
            checked={used}
            onChange={() => void tell({ ...body, proportions: !used })}
          />{" "}
          {t.outfits.useProportions}
        </label>
      </form>
    </details>
  );
}
