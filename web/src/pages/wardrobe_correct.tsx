import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";

import { api } from "../api/client";
import { facetsQuery } from "../api/queries";
import type { FacetValue, WardrobePiece } from "../api/types";
import { t } from "../locale";
import { say } from "../ui/toast";

type Props = { piece: WardrobePiece; done: () => Promise<void>; cancel: () => void };

// What the photo was taken for, put right by the garment's owner.
export function CorrectPiece({ piece, done, cancel }: Props) {
  const { data: facets } = useQuery(facetsQuery);
  const [title, setTitle] = useState(piece.item.title);
  const [category, setCategory] = useState(piece.category);
  const [colour, setColour] = useState(piece.colour);
  const [busy, setBusy] = useState(false);
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      await api.correctOwned(piece.id, { title: title.trim(), category, colour });
      await done();
      say(t.outfits.own.saved);
    } catch (error) {
      say(error instanceof Error ? error.message : t.trouble.failed);
      setBusy(false);
    }
  }
  return (
    <form className="wardrobe-correct" onSubmit={(event) => void save(event)}>
      <label>
        {t.outfits.own.name}
        <input type="text" value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <Choice
        legend={t.outfits.own.kind}
        values={facets?.categories ?? []}
        chosen={category}
        set={setCategory}
      />
      <Choice legend={t.outfits.own.colour} values={facets?.colours ?? []} chosen={colour} set={setColour} />
      <p className="wardrobe-doors">
        <button type="submit" className="button button-solid" disabled={busy}>
          {t.outfits.own.save}
        </button>
        <button type="button" className="text-link" onClick={cancel}>
          {t.outfits.own.cancel}
        </button>
      </p>
    </form>
  );
}

type ChoiceProps = {
  legend: string;
  values: readonly FacetValue[];
  chosen: string;
  set: (value: string) => void;
};

function Choice({ legend, values, chosen, set }: ChoiceProps) {
  const id = useId();
  const sorted = [...values].sort((a, b) => a.label.localeCompare(b.label));
  const known = chosen === "" || values.some(({ value }) => value === chosen);
  return (
    <label htmlFor={id}>
      {legend}
      <select id={id} value={chosen} onChange={(event) => set(event.target.value)}>
        <option value="">{t.outfits.own.unknown}</option>
        {!known && <option value={chosen}>{chosen}</option>}
        {sorted.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
