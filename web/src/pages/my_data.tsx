import "../styles/my_data.css";

import { useRef } from "react";

import { api, exportAddress, ProblemError } from "../api/client";
import type { ShopperExport } from "../api/types";
import { useAnswer } from "../api/use_answer";
import { queue } from "../events/send";
import { flushImpressions } from "../events/use_impressions";
import { go, Link } from "../router/router";
import { forgetMarks } from "../state/marks";
import { becomeSomeoneNew, shopper } from "../state/shopper";
import { forgetShown } from "../state/shown";
import { useStore } from "../state/store";
import { Ask } from "../ui/dialog";
import { heldEvents } from "../ui/event_words";
import { say } from "../ui/toast";
import { Trouble } from "../ui/trouble";
import { forgetFeed } from "./feed";
import { Consents } from "./my_data_consents";
import { Doings } from "./my_data_doings";
import { Names } from "./my_data_names";

// What a shop holds on her, all of it, and her say in it.
export default function MyDataPage() {
  const shopperId = useStore(shopper);
  const { data, error, reload } = useAnswer(`held/${shopperId}`, async (signal) => {
    flushImpressions();
    await queue.flush();
    return heldOn(shopperId, signal);
  });
  if (error && !data) return closed(error) ? <OnRequest /> : <Trouble error={error} retry={reload} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  if (data === "nothing") return <Nothing />;
  return <Held held={data} reload={reload} />;
}

async function heldOn(shopperId: string, signal: AbortSignal): Promise<ShopperExport | "nothing"> {
  try {
    return await api.held(shopperId, signal);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 404) return "nothing";
    throw error;
  }
}

function closed(error: Error): boolean {
  return error instanceof ProblemError && (error.problem.status === 401 || error.problem.status === 403);
}

function Held({ held, reload }: { held: ShopperExport; reload: () => void }) {
  const events = heldEvents(held.events);
  return (
    <div className="my-data">
      <div className="page-head">
        <h1 tabIndex={-1}>
          What is held <em>on you</em>
        </h1>
        <p className="lede">
          Who you are to this shop, what you did, what was learned from it, and your say in all of it.
        </p>
      </div>
      <Learned held={held} events={events.length} />
      <Names identity={held.identity} />
      <Consents identity={held.identity} reload={reload} />
      <Doings events={events} style={held.style} />
      <TakeOrErase shopperId={held.style.shopper_id} />
    </div>
  );
}

function Learned({ held: { style }, events }: { held: ShopperExport; events: number }) {
  const figures: [number, string, string][] = [
    [events, "event", "events"],
    [style.likes, "like", "likes"],
    [style.passes, "pass", "passes"],
    [style.saves, "save", "saves"],
    [style.purchases, "purchase", "purchases"],
    [style.modes.length, "style", "styles"],
    [style.drift.length, "finished visit", "finished visits"],
    [style.sizes_known.length, "size", "sizes"],
  ];
  return (
    <section aria-labelledby="figures-title" className="figures">
      <h2 id="figures-title">In numbers</h2>
      <dl>
        {figures.map(([count, one, many]) => (
          <div key={many}>
            <dt>{count === 1 ? one : many}</dt>
            <dd>{count.toLocaleString("en")}</dd>
          </div>
        ))}
      </dl>
      <p>
        What was made of them stands in{" "}
        <Link className="text-link" to={{ page: "style" }}>
          My style
        </Link>
        .
      </p>
    </section>
  );
}

async function forget(): Promise<void> {
  await api.erase(shopper.get());
  // What was not sent yet is of nobody now.
  flushImpressions();
  queue.clear();
  forgetMarks();
  forgetShown();
  forgetFeed();
  becomeSomeoneNew();
  say("You are forgotten here");
  go({ page: "my-data" }, "replace"); // the same page, which now has nothing to show
}

function TakeOrErase({ shopperId }: { shopperId: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <div className="my-data-doors">
      <section aria-labelledby="take-title">
        <h2 id="take-title">Take it with you</h2>
        <p>
          Everything above and more, as JSON: who you are here, what was learned, each event as it was kept.
        </p>
        <a className="button" href={exportAddress(shopperId)} download="held-on-me.json">
          Download everything
        </a>
      </section>
      <section aria-labelledby="forget-title">
        <h2 id="forget-title">Forget me</h2>
        <p>Everything learned about you is erased, here and in the shop. It cannot be brought back.</p>
        <button type="button" className="button" onClick={() => dialog.current?.showModal()}>
          Forget me…
        </button>
        <Ask dialog={dialog} title="Erase all that was learned?" yes="Erase" onYes={forget}>
          <p>Your style, your likes and your history go. The next visit begins anew.</p>
        </Ask>
      </section>
    </div>
  );
}

function Nothing() {
  return (
    <div className="trouble">
      <h1 tabIndex={-1}>Nothing is held on you</h1>
      <p>
        This shop has not heard of you. It begins to learn with your first swipe, and everything it then keeps
        will stand here, for you to see, to take away or to erase.
      </p>
      <Link className="button" to={{ page: "home" }}>
        To the shop
      </Link>
    </div>
  );
}

// A shop with keys gives the export to its own staff only.
function OnRequest() {
  return (
    <div className="trouble">
      <h1 tabIndex={-1}>On request</h1>
      <p>
        This shop does not show here what it holds on you. Ask it: it can hand you the whole, or erase it.
      </p>
      <p>
        Your name for it is <code>{shopper.get()}</code>.
      </p>
      <Link className="button" to={{ page: "style" }}>
        See what was learned
      </Link>
    </div>
  );
}
