import type { Answer, AnswerItem, QueryReading } from "../api/types";
import { t } from "../locale";
import { go } from "../router/router";
import { itemKey } from "../state/marks";
import { feedItems, foundPages, isAllFound } from "../state/pages";
import { GarmentCard, GarmentGrid, GridSkeleton } from "../ui/garment_card";
import { CrossIcon } from "../ui/icons";
import { Relaxed } from "../ui/relaxed";
import { useShopCurrency } from "../ui/shop_name";
import { Trouble } from "../ui/trouble";
import { chipsOf, isUnmatched, notesOf } from "./search_understood";

type What = "photo" | "words" | "browse";

type ResultsProps = {
  pages: readonly Answer[] | undefined;
  error: Error | null;
  busy: boolean; // what is shown will be replaced
  adding: boolean;
  again: () => void;
  more: (() => void) | undefined; // undefined: there is nothing more to ask for
  query: string;
  what: What;
};

export function Results({ pages, error, busy, adding, again, more, query, what }: ResultsProps) {
  const first = pages?.[0];
  const shown = feedItems(foundPages(pages ?? []));
  return (
    <div className="results" aria-busy={busy}>
      <p className="results-count" role="status">
        {countWords(pages ?? [], what)}
      </p>
      {what === "words" && first?.query && (
        <Understood reading={first.query} query={query} items={shown.map(({ item }) => item)} />
      )}
      {what !== "browse" && <Relaxed degraded={first?.degraded ?? []} words={t.search.gaveWay} />}
      {!pages && error && <Trouble error={error} retry={again} />}
      {!pages && !error && <GridSkeleton count={8} />}
      {first?.items.length === 0 && (
        <div className="trouble">
          <h2>{t.search.noneTitle}</h2>
          <p>{t.search.noneText}</p>
        </div>
      )}
      {shown.length > 0 && (
        <GarmentGrid label={what === "browse" ? t.search.browseLabel : t.search.foundLabel}>
          {shown.map(({ item, requestId }, i) => (
            <GarmentCard key={itemKey(item)} item={item} requestId={requestId} eager={i < 6} />
          ))}
        </GarmentGrid>
      )}
      {pages && error && more && <Trouble error={error} retry={more} asked />}
      {pages && !error && more && (
        <p className="liked-more">
          <button type="button" className="button" disabled={busy || adding} onClick={more}>
            {t.search.more}
          </button>
        </p>
      )}
    </div>
  );
}

// How many garments are shown; that they are all, where nothing is left.
export function countWords(pages: readonly Answer[], what: What): string {
  const { length } = feedItems(foundPages(pages));
  if (length === 0 || what === "browse") return "";
  return isAllFound(pages) ? t.search.found(length) : t.search.best(length);
}

// The parts of the query as chips; each asks again without it.
type UnderstoodProps = { reading: QueryReading; query: string; items: readonly AnswerItem[] };

function Understood({ reading, query, items }: UnderstoodProps) {
  const chips = chipsOf(reading, useShopCurrency(), query);
  return (
    <>
      {chips.length > 0 && (
        <ul className="understood" aria-label={t.search.understoodLabel}>
          {chips.map(({ key, label, takeBack, wanted, without, literal }) => (
            <li key={key} data-wanted={wanted}>
              <span>{label}</span>
              <button
                type="button"
                aria-label={takeBack}
                onClick={() => go({ page: "search", query: without, ...(literal ? { literal } : {}) })}
              >
                <CrossIcon size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {notesOf(reading, items.length).map((note) => (
        <p className="understood-note" key={note}>
          {note}
        </p>
      ))}
      {isUnmatched(reading, items) && <p className="understood-note">{t.search.unmatched}</p>}
    </>
  );
}
