import { useState } from "react";

import { api } from "../api/client";
import { useAnswer } from "../api/use_answer";
import { useImpression } from "../events/use_impressions";
import { Link } from "../router/router";
import { markStarted, started } from "../state/marks";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { ArrowIcon } from "../ui/icons";
import { Photo } from "../ui/photo";
import type { AnswerItem } from "../api/types";
import { Feed } from "./feed";

// The first page: a welcome to who is new, her feed to who is not.
export function Home() {
  const known = useStore(started);
  const [welcomed] = useState(!known);
  return welcomed && !known ? <Welcome /> : <Feed />;
}

function Welcome() {
  const shopperId = useStore(shopper);
  const { data } = useAnswer(`welcome/${shopperId}`, (signal) =>
    api.recommend({ shopper_id: shopperId, count: 3 }, signal),
  );
  return (
    <section className="welcome">
      <div className="welcome-words">
        <h1 tabIndex={-1}>
          It begins with <em>what you love</em>
        </h1>
        <p className="lede">
          Six small questions, then a few swipes. The shop learns from each one, at once, and lets you see
          what it has understood.
        </p>
        <p className="welcome-doors">
          <Link className="button button-solid" to={{ page: "quiz" }}>
            Begin <ArrowIcon size={18} />
          </Link>
          <Link className="text-link" to={{ page: "swipe" }} onClick={markStarted}>
            Straight to swiping
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
