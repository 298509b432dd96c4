import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { welcomeQuery } from "../api/queries";
import { useImpression } from "../events/use_impressions";
import { t } from "../locale";
import { Link } from "../router/router";
import { markStarted, started } from "../state/marks";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { ArrowIcon } from "../ui/icons";
import { Photo } from "../ui/photo";
import type { AnswerItem } from "../api/types";
import { Feed } from "./feed";
import { useQuestionCount } from "./quiz_steps";

// The first page: a welcome for new shoppers, the feed for others.
export function Home() {
  const known = useStore(started);
  const [welcomed] = useState(!known);
  return welcomed && !known ? <Welcome /> : <Feed />;
}

function Welcome() {
  const shopperId = useStore(shopper);
  const { data } = useQuery(welcomeQuery(shopperId));
  return (
    <section className="welcome">
      <div className="welcome-words">
        <h1 tabIndex={-1}>
          {t.home.title((words) => (
            <em>{words}</em>
          ))}
        </h1>
        <p className="lede">{t.home.text(useQuestionCount())}</p>
        <p className="welcome-doors">
          <Link className="button button-solid" to={{ page: "quiz" }}>
            {t.home.begin} <ArrowIcon size={18} />
          </Link>
          <Link className="text-link" to={{ page: "swipe" }} onClick={markStarted}>
            {t.home.swipe}
          </Link>
        </p>
      </div>
      <div className="welcome-plates" aria-hidden="true">
        {[0, 1, 2].map((i) => (
          <Plate key={i} item={data?.items[i]} requestId={data?.request_id ?? ""} />
        ))}
      </div>
    </section>
  );
}

function Plate({ item, requestId }: { item?: AnswerItem; requestId: string }) {
  const seen = useImpression(item, requestId);
  return (
    <div className="tile plate" ref={seen}>
      {item && <Photo src={item.image} alt="" palette={item.palette} eager />}
    </div>
  );
}
