import { useQuery } from "@tanstack/react-query";
import { type CSSProperties, useId, useState } from "react";

import { facetsQuery, quizQuery } from "../api/queries";
import type { Facets, FacetValue, Filter, Quiz } from "../api/types";
import { t } from "../locale";
import { money } from "../ui/format";
import { FilterIcon } from "../ui/icons";

type FiltersProps = { filter: Filter; setFilter: (filter: Filter) => void };
const UNCOUNTED = -1;

type Look = "words" | "swatches" | "compact";
type ListField = "departments" | "categories" | "colours" | "brands" | "sizes";

export function countOf(filter: Filter): number {
  const lists = [filter.departments, filter.categories, filter.colours, filter.brands, filter.sizes];
  return lists.reduce((sum, list) => sum + (list?.length ?? 0), 0) + (filter.price_max !== undefined ? 1 : 0);
}

export function toggled(filter: Filter, field: ListField, value: string): Filter {
  const now = filter[field] ?? [];
  const next = now.includes(value) ? now.filter((kept) => kept !== value) : [...now, value];
  const rest = { ...filter };
  delete rest[field];
  return next.length > 0 ? { ...rest, [field]: next } : rest;
}

const CHOICES: { field: ListField; look: Look; folded: number }[] = [
  { field: "departments", look: "words", folded: 8 },
  { field: "categories", look: "words", folded: 8 },
  { field: "colours", look: "swatches", folded: 40 },
  { field: "sizes", look: "compact", folded: 24 },
  { field: "brands", look: "words", folded: 6 },
];

// Sizes come from the quiz: the facets do not list them. A single brand is not offered as a choice.
function valuesOf(field: ListField, facets: Facets | undefined, quiz: Quiz | undefined): FacetValue[] {
  if (field === "sizes") {
    const options = quiz?.steps.find((step) => step.field === "sizes")?.options ?? [];
    return options.map(({ value, label }) => ({ value, label, hex: "", count: UNCOUNTED }));
  }
  const values = facets?.[field] ?? [];
  return field === "brands" && values.length < 2 ? [] : values;
}

// What can be narrowed, by what this shop has. Folded away on a phone.
export function Filters({ filter, setFilter }: FiltersProps) {
  const facets = useQuery(facetsQuery).data;
  const quiz = useQuery(quizQuery).data;
  const [open, setOpen] = useState(false);
  const panel = useId();
  const chosen = countOf(filter);
  const toggle = (field: ListField) => (value: string) => setFilter(toggled(filter, field, value));
  return (
    <div className="filters" data-open={open}>
      <button
        type="button"
        className="filters-door"
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
      >
        <FilterIcon /> {t.filters.open(chosen)}
      </button>
      <div id={panel} className="filters-panel">
        {CHOICES.map((choice) => (
          <Choice
            key={choice.field}
            {...choice}
            title={t.filters[choice.field]}
            values={valuesOf(choice.field, facets, quiz)}
            filter={filter}
            toggle={toggle(choice.field)}
          />
        ))}
        {quiz && (
          <PriceLimit
            low={Math.floor(quiz.price_low)}
            high={Math.max(Math.ceil(quiz.price_high), Math.floor(quiz.price_low) + 1)}
            currency={quiz.currency}
            value={filter.price_max}
            set={(price_max) =>
              setFilter(price_max === undefined ? without(filter) : { ...filter, price_max })
            }
          />
        )}
        {chosen > 0 && (
          <button type="button" className="text-link" onClick={() => setFilter({})}>
            {t.filters.clear}
          </button>
        )}
      </div>
    </div>
  );
}

function without(filter: Filter): Filter {
  const rest = { ...filter };
  delete rest.price_max;
  return rest;
}

type ChoiceProps = {
  title: string;
  field: ListField;
  look: Look;
  folded: number; // so many are shown at first
  values: FacetValue[];
  filter: Filter;
  toggle: (value: string) => void;
};

function Choice({ title, field, look, folded, values, filter, toggle }: ChoiceProps) {
  const [all, setAll] = useState(false);
  if (values.length === 0) return null;
  const chosen = filter[field] ?? [];
  const shown = all ? values : values.filter(({ value }, i) => i < folded || chosen.includes(value));
  const named = look === "swatches";
  return (
    <fieldset className="choice" data-look={look}>
      <legend>{title}</legend>
      {shown.map(({ value, label, hex, count }) => (
        <label key={value} className="choice-option" title={named ? label : undefined}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={() => toggle(value)}
            aria-label={named ? label : undefined}
          />
          {named ? <i className="swatch" style={{ background: hex || "none" }} /> : <span>{label}</span>}
          {!named && count !== UNCOUNTED && <small aria-hidden="true">{count}</small>}
        </label>
      ))}
      {values.length > shown.length && (
        <button type="button" className="text-link" onClick={() => setAll(true)}>
          {t.filters.more(values.length - shown.length)}
        </button>
      )}
    </fieldset>
  );
}

type PriceProps = {
  low: number;
  high: number;
  currency: string;
  value: number | undefined;
  set: (value: number | undefined) => void;
};

// The limit that a price slider stands for; its right end means no limit.
export const limitAt = (price: number, high: number): number | undefined =>
  price >= high ? undefined : price;

// While it is dragged it shows where it is held, otherwise the limit that is set, whoever set or cleared it.
export const sliderAt = (held: number | undefined, value: number | undefined, high: number): number =>
  held ?? value ?? high;

function PriceLimit({ low, high, currency, value, set }: PriceProps) {
  const [held, setHeld] = useState<number>();
  const shown = sliderAt(held, value, high);
  const words =
    limitAt(shown, high) === undefined ? t.filters.anyPrice : t.filters.upTo(money(shown, currency));
  function commit(): void {
    if (held === undefined) return;
    setHeld(undefined);
    set(limitAt(held, high));
  }
  return (
    <div className="choice price-limit">
      <label htmlFor="price-limit">
        {t.filters.price} <b>{words}</b>
      </label>
      <input
        id="price-limit"
        type="range"
        min={low}
        max={high}
        value={shown}
        aria-valuetext={words}
        style={{ "--share": (shown - low) / (high - low) } as CSSProperties}
        onChange={(event) => setHeld(Number(event.target.value))}
        onPointerUp={commit}
        onKeyUp={commit}
        onBlur={commit}
      />
    </div>
  );
}
