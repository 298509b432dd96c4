import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";

import { UnreachableError } from "../api/client";
import { connection } from "../api/connection";
import { feedQuery, forgetFeed, styleQuery } from "../api/queries";
import type { StyleView } from "../api/types";
import { t } from "../locale";
import { Link, useRoute } from "../router/router";
import { itemKey } from "../state/marks";
import { feedItems } from "../state/pages";
import { shopper } from "../state/shopper";
import { situation } from "../state/situation";
import { useStore } from "../state/store";
import { avoidedLabels } from "../ui/avoided";
import { GarmentCard, GarmentGrid, GridSkeleton } from "../ui/garment_card";
import { Trouble } from "../ui/trouble";
import { FeedSituation } from "./feed_situation";

// A reader who comes back finds the feed as they left it; one who opens it again gets a new one.
function useFeed() {
  const { returned } = useRoute();
  const shopperId = useStore(shopper);
  const entered = useRef(true);
  useLayoutEffect(() => {
    if (entered.current && !returned) forgetFeed();
    entered.current = false;
  }, [returned]);
  const feed = useInfiniteQuery(feedQuery(shopperId, useStore(situation)));
  const shown = useMemo(() => feedItems(feed.data?.pages ?? []), [feed.data]);
  return { ...feed, shown };
}

export function Feed() {
  const { shown, error, data, hasNextPage, isFetching, fetchNextPage, refetch } = useFeed();
  const { online } = useStore(connection);
  const shopperId = useStore(shopper);
  const style = useQuery(styleQuery(shopperId));
  const refused = error !== null && !(error instanceof UnreachableError);
  const end = useMoreAtEnd(() => void fetchNextPage(), hasNextPage && !isFetching && online && !refused);
  return (
    <section className="feed">
      <div className="page-head">
        <h1 tabIndex={-1}>{t.feed.title}</h1>
        <Leaning style={style.data} />
        <Link className="text-link" to={{ page: "today" }}>
          {t.today.link}
        </Link>
      </div>
      <FeedSituation context={data?.pages[0]?.context} />
      {!data && error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <GridSkeleton count={8} />}
      {shown.length > 0 && (
        <GarmentGrid label={t.feed.label}>
          {shown.map(({ item, requestId }, i) => (
            <GarmentCard
              key={itemKey(item)}
              item={item}
              requestId={requestId}
              eager={i < 6}
              lead={i % 13 === 0}
            />
          ))}
        </GarmentGrid>
      )}
      {data && error && <Trouble error={error} retry={() => void fetchNextPage()} asked={refused} />}
      <div ref={end} className="feed-end" aria-live="polite">
        {data && !hasNextPage ? t.feed.end : ""}
      </div>
    </section>
  );
}

// The learned style in one sentence, or the way to it.
function Leaning({ style }: { style: StyleView | undefined }) {
  if (!style) return <p className="lede">&nbsp;</p>;
  const toward = style.affinities.filter(({ score }) => score > 0.05).slice(0, 3);
  const away = style.affinities.filter(({ score }) => score < -0.05).slice(0, 2);
  const labels = (affinities: typeof toward): string[] => affinities.map(({ label }) => label.toLowerCase());
  if (toward.length === 0 && away.length > 0) {
    return (
      <p className="lede">
        {t.feed.passed(style.passes, avoidedLabels(style))}{" "}
        <Link to={{ page: "style" }}>{t.feed.learned}</Link>
      </p>
    );
  }
  if (toward.length === 0) {
    return (
      <p className="lede">
        {t.feed.unknown((words) => (
          <Link to={{ page: "swipe" }}>{words}</Link>
        ))}
      </p>
    );
  }
  return (
    <p className="lede">
      {t.feed.leaning(labels(toward), labels(away))} <Link to={{ page: "style" }}>{t.feed.learned}</Link>
    </p>
  );
}

// Loads more shortly before the end is reached.
function useMoreAtEnd(more: () => void, active: boolean) {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(more);
  useEffect(() => {
    latest.current = more;
  });
  useEffect(() => {
    if (!active || !end.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && latest.current(),
      { rootMargin: "600px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [active]);
  return end;
}
