import "../styles/garment.css";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import { garmentQuery, similarQuery, togetherQuery } from "../api/queries";
import type { Answer, AnswerItem, Garment, Variant } from "../api/types";
import { useDwell } from "../events/use_dwell";
import { t } from "../locale";
import { go } from "../router/router";
import { recallShown } from "../state/shown";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { humanTerm } from "../ui/format";
import { GarmentCard, GarmentGrid, Price, SaveHeart } from "../ui/garment_card";
import { CompleteTheLook } from "../ui/complete_the_look";
import { Photo } from "../ui/photo";
import { useShopName } from "../ui/shop_name";
import { isSoldOut } from "../ui/stock";
import { Trouble } from "../ui/trouble";
import { Buy } from "./garment_buy";
import { Understood } from "./garment_understood";
import { Why } from "./garment_why";

export default function GarmentPage({ id, colour }: { id: string; colour: string }) {
  const { data, error, refetch } = useQuery(garmentQuery(id));
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  const colours = coloursOf(data);
  const chosen = colours.includes(colour) ? colour : (colours[0] ?? "");
  return <GarmentView garment={data} colours={colours} colour={chosen} />;
}

function coloursOf(garment: Garment): string[] {
  return [...new Set(garment.variants.map((variant) => variant.colour ?? ""))];
}

function imagesOf(garment: Garment, colour: string): string[] {
  const images = garment.images ?? [];
  const own = images.filter((image) => image.colour === colour);
  const shared = images.filter((image) => !image.colour);
  return [...new Set((own.length > 0 ? own : shared).map(({ url }) => url))];
}

function GarmentView({ garment, colours, colour }: { garment: Garment; colours: string[]; colour: string }) {
  const shown = useMemo(() => recallShown(garment.id, colour), [garment.id, colour]);
  const requestId = shown?.requestId ?? "";
  const shopName = useShopName();
  useDwell(garment.id, colour, requestId);
  useEffect(() => {
    document.title = t.app.title(garment.title, shopName);
  }, [garment.title, shopName]);

  const variants = garment.variants.filter((variant) => (variant.colour ?? "") === colour);
  const images = imagesOf(garment, colour);
  const item = shown?.item ?? asItem(garment, colour, variants, images);
  return (
    <article className="garment">
      <div className="garment-main">
        <Gallery key={colour} title={garment.title} colour={colour} images={images} palette={item.palette} />
        <div className="garment-words">
          <div className="garment-head">
            <p className="brand">{[garment.brand, item.category].filter(Boolean).join(" · ")}</p>
            <h1 tabIndex={-1}>{garment.title}</h1>
            <Price item={item} />
            <SaveHeart item={item} requestId={requestId} />
          </div>
          {colours.length > 1 && <Colours garment={garment} colours={colours} colour={colour} />}
          <Buy key={colour} garment={garment} colour={colour} variants={variants} requestId={requestId} />
          {shown && <Why item={shown.item} />}
          {garment.description && (
            <section className="garment-text">
              <h2>{t.garment.about}</h2>
              {garment.description.split(/\n+/).map((line, i) => (
                <p key={i}>{line}</p>
              ))}
            </section>
          )}
          <Understood attributes={garment.attributes ?? []} />
        </div>
      </div>
      <CompleteTheLook id={garment.id} colour={colour} />
      <Together id={garment.id} />
      <Similar id={garment.id} colour={colour} />
    </article>
  );
}

// What a card needs, when the page was opened by its address and not from a card.
function asItem(garment: Garment, colour: string, variants: Variant[], images: string[]): AnswerItem {
  const inStock = variants.filter((variant) => !isSoldOut(variant));
  const pool = inStock.length > 0 ? inStock : variants;
  const cheapest = [...pool].sort((a, b) => a.price - b.price)[0];
  const category = garment.attributes?.find(({ facet }) => facet === "category")?.term ?? "";
  return {
    garment_id: garment.id,
    colour,
    title: garment.title,
    brand: garment.brand ?? "",
    category: humanTerm(category === "unknown" ? "" : category),
    price: cheapest?.price ?? 0,
    list_price: cheapest?.list_price,
    currency: garment.currency ?? "USD",
    image: images[0] ?? "",
    palette: [],
    sizes_in_stock: inStock.map(({ size }) => size ?? ""),
    position: 0,
    score: 0,
    propensity: 1,
    explored: false,
    score_breakdown: [],
    reasons: [],
  };
}

type GalleryProps = { title: string; colour: string; images: string[]; palette: string[] };

function Gallery({ title, colour, images, palette }: GalleryProps) {
  const [at, setAt] = useState(0);
  const name = t.card.alt(title, colour);
  return (
    <div className="gallery">
      <div className="tile gallery-main">
        <Photo key={at} src={images[at] ?? ""} alt={name} palette={palette} eager />
      </div>
      {images.length > 1 && (
        <ul className="gallery-thumbs" aria-label={t.garment.photos}>
          {images.map((url, i) => (
            <li key={url}>
              <button
                type="button"
                className="tile"
                aria-label={t.garment.photo(i + 1, images.length)}
                aria-pressed={i === at}
                onClick={() => setAt(i)}
              >
                <Photo src={url} alt="" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Colours({ garment, colours, colour }: { garment: Garment; colours: string[]; colour: string }) {
  return (
    <fieldset className="colours">
      <legend>
        {t.garment.colour} <b>{colour}</b>
      </legend>
      {colours.map((name) => (
        <label key={name} className="colour">
          <input
            type="radio"
            name="colour"
            value={name}
            checked={name === colour}
            aria-label={name}
            onChange={() => go({ page: "garment", id: garment.id, colour: name }, "stay")}
          />
          <span className="tile">
            <Photo src={imagesOf(garment, name)[0] ?? ""} alt="" />
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Similar({ id, colour }: { id: string; colour: string }) {
  const shopperId = useStore(shopper);
  const { data } = useQuery(similarQuery(id, colour, shopperId));
  return <Row name="similar" title={t.garment.similar} label={t.garment.similarLabel} answer={data} />;
}

function Together({ id }: { id: string }) {
  const shopperId = useStore(shopper);
  const { data } = useQuery(togetherQuery(id, shopperId));
  if (!data) return null;
  const words =
    data.by === "bought"
      ? [t.garment.bought, t.garment.boughtLabel]
      : [t.garment.chosen, t.garment.chosenLabel];
  return <Row name="together" title={words[0] ?? ""} label={words[1] ?? ""} answer={data.answer} />;
}

type RowProps = { name: string; title: string; label: string; answer: Answer | undefined };

// Garments below the one that the page is about; nothing where there are none.
function Row({ name, title, label, answer }: RowProps) {
  if (answer && answer.items.length === 0) return null;
  return (
    <section className="similar" aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{title}</h2>
      {answer && (
        <GarmentGrid label={label}>
          {answer.items.map((item) => (
            <GarmentCard
              key={`${item.garment_id}|${item.colour}`}
              item={item}
              requestId={answer.request_id}
            />
          ))}
        </GarmentGrid>
      )}
    </section>
  );
}
