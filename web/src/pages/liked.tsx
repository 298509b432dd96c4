import "../styles/style.css";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { likedQuery } from "../api/queries";
import type { AnswerItem, LikedPage } from "../api/types";
import { recordAct } from "../events/record";
import { t } from "../locale";
import { Link } from "../router/router";
import { itemKey, setSaved } from "../state/marks";
import { shopper } from "../state/shopper";
import { createStore, useStore } from "../state/store";
import { GarmentCard, GarmentGrid, GridSkeleton } from "../ui/garment_card";
import { say } from "../ui/toast";
import { Trouble } from "../ui/trouble";

// What was taken back since the list was asked for.
const takenBack = createStore<readonly string[]>([]);

function TakeBack({ item }: { item: AnswerItem }) {
  function takeBack(): void {
    setSaved(item, false);
    recordAct("unsave", { item, requestId: "" });
    takenBack.set([...takenBack.get(), itemKey(item)]);
    say(t.liked.takenBack(item.title));
  }
  return (
    <button
      type="button"
      className="text-link take-back"
      aria-label={t.liked.takeBackOf(item.title)}
      onClick={takeBack}
    >
      {t.liked.takeBack}
    </button>
  );
}

// What is listed, and how many there are in all, without what was taken back.
export function likedLeft(pages: readonly LikedPage[], taken: readonly string[]) {
  const all = new Map(pages.flatMap(({ garments }) => garments).map(({ item }) => [itemKey(item), item]));
  const items = [...all.values()].filter((item) => !taken.includes(itemKey(item)));
  return { items, total: (pages[0]?.total ?? 0) - (all.size - items.length) };
}

// All that the shopper liked, saved or put into the bag, latest first: the feed does not show it again.
export default function Liked() {
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage, isFetchNextPageError } =
    useInfiniteQuery(likedQuery(useStore(shopper)));
  const taken = useStore(takenBack);
  useEffect(() => takenBack.set([]), []); // a new list does not have them
  if (error && !data) return <Trouble whole error={error} retry={() => void refetch()} />;
  const { items, total } = likedLeft(data?.pages ?? [], taken);
  return (
    <section className="liked-page">
      <div className="page-head">
        <h1 tabIndex={-1}>{t.liked.title}</h1>
        <p className="lede">
          {data && (total > 0 ? t.liked.text(total) : t.liked.nothing)}{" "}
          {data && total === 0 && <Link to={{ page: "swipe" }}>{t.liked.swipe}</Link>}
        </p>
      </div>
      {!data && <GridSkeleton count={8} />}
      {items.length > 0 && (
        <GarmentGrid label={t.style.likedLabel}>
          {items.map((item) => (
            <GarmentCard
              key={itemKey(item)}
              item={item}
              requestId=""
              why={false}
              under={<TakeBack item={item} />}
            />
          ))}
        </GarmentGrid>
      )}
      {isFetchNextPageError && <Trouble error={error} retry={() => void fetchNextPage()} asked />}
      {hasNextPage && !isFetchNextPageError && (
        <p className="liked-more">
          <button type="button" className="button" disabled={isFetching} onClick={() => void fetchNextPage()}>
            {t.liked.more}
          </button>
        </p>
      )}
    </section>
  );
}
