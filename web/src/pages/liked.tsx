import "../styles/style.css";

import { useInfiniteQuery } from "@tanstack/react-query";

import { likedQuery } from "../api/queries";
import { t } from "../locale";
import { Link } from "../router/router";
import { itemKey } from "../state/marks";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { GarmentCard, GarmentGrid, GridSkeleton } from "../ui/garment_card";
import { Trouble } from "../ui/trouble";

// All that the shopper liked, saved or put into the bag, latest first: the feed does not show it again.
export default function LikedPage() {
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(
    likedQuery(useStore(shopper)),
  );
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />;
  const total = data?.pages[0]?.total ?? 0;
  const items = [
    ...new Map(
      (data?.pages ?? []).flatMap(({ garments }) => garments).map(({ item }) => [itemKey(item), item]),
    ).values(),
  ];
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
            <GarmentCard key={itemKey(item)} item={item} requestId="" why={false} />
          ))}
        </GarmentGrid>
      )}
      {hasNextPage && (
        <p className="liked-more">
          <button type="button" className="button" disabled={isFetching} onClick={() => void fetchNextPage()}>
            {t.liked.more}
          </button>
        </p>
      )}
    </section>
  );
}
