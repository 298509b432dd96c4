import "../styles/garment.css";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import { garmentQuery, similarQuery, togetherQuery } from "../api/queries";
import type { Answer, Garment } from "../api/types";
import { useDwell } from "../events/use_dwell";
import { t } from "../locale";
import { go } from "../router/router";
import { recallShown } from "../state/shown";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { GarmentCard, GarmentGrid, Price, SaveHeart } from "../ui/garment_card";
import { CompleteTheLook } from "../ui/complete_the_look";
import { Photo } from "../ui/photo";
import { useShopCurrency, useShopName } from "../ui/shop_name";
import { Trouble, Waiting } from "../ui/trouble";
import { Buy } from "./garment_buy";
import { imagesOf, itemOf, variantsOf } from "./garment_item";
import { Understood } from "./garment_understood";
import { Why } from "./garment_why";

export default function GarmentPage({ id, colour }: { id: string; colour: string }) {
  const { data, error, refetch } = useQuery(garmentQuery(id));
  const shopName = useShopName();
  useEffect(() => {
    document.title = t.app.title(data?.title ?? t.app.titles.garment, shopName);
  }, [data, shopName]);
  if (error && !data) return <Trouble whole error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  const colours = coloursOf(data);
  const chosen = colours.includes(colour) ? colour : (colours[0] ?? "");
  return <GarmentView garment={data} colours={colours} colour={chosen} />;
}

function coloursOf(garment: Garment): string[] {
  return [...new Set(garment.variants.map((variant) => variant.colour ?? ""))];
}

function GarmentView({ garment, colours, colour }: { garment: Garment; colours: string[]; colour: string }) {
  const shown = useMemo(() => recallShown(garment.id, colour), [garment.id, colour]);
  const requestId = shown?.requestId ?? "";
  useDwell(garment.id, colour, requestId);

  const variants = variantsOf(garment, colour);
  const images = imagesOf(garment, colour);
  const item = itemOf(garment, colour, useShopCurrency(), shown?.item);
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
          <Buy
            key={colour}
            garment={garment}
            colour={colour}
            currency={item.currency}
            variants={variants}
            requestId={requestId}
          />
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
