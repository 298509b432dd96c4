import "../styles/my_data.css";

import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";

import { api, ProblemError } from "../api/client";
import { heldQuery, queryClient } from "../api/queries";
import type { ShopperExport } from "../api/types";
import { queue } from "../events/send";
import { flushImpressions } from "../events/use_impressions";
import { t } from "../locale";
import { go, Link } from "../router/router";
import { forgetMarks } from "../state/marks";
import { keptDevice } from "../state/device";
import { becomeSomeoneNew, shopper } from "../state/shopper";
import { forgetShown } from "../state/shown";
import { useStore } from "../state/store";
import { Ask } from "../ui/dialog";
import { heldEvents } from "../ui/event_words";
import { say } from "../ui/toast";
import { Trouble, Waiting } from "../ui/trouble";
import { Consents } from "./my_data_consents";
import { MyHistory } from "./my_data_history";
import { MyIdentity } from "./my_data_identity";

const FILE_KEPT_MS = 60_000; // the browser has read it by then

// Everything that the shop stores about a shopper, and what they allow.
export default function MyDataPage() {
  const shopperId = useStore(shopper);
  const { data, error, refetch } = useQuery(heldQuery(shopperId));
  const reload = (): void => void refetch();
  if (error && !data) return closed(error) ? <OnRequest /> : <Trouble whole error={error} retry={reload} />;
  if (!data) return <Waiting />;
  if (data === "nothing") return <Nothing />;
  return <Held held={data} reload={reload} />;
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
          {t.myData.title((words) => (
            <em>{words}</em>
          ))}
        </h1>
        <p className="lede">{t.myData.text}</p>
      </div>
      <Learned held={held} events={events.length} />
      <MyIdentity identity={held.identity} />
      <Consents identity={held.identity} reload={reload} />
      <MyHistory events={events} style={held.style} />
      <TakeOrErase held={held} />
    </div>
  );
}

function Learned({ held: { style }, events }: { held: ShopperExport; events: number }) {
  const names = t.myData.figures;
  const figures: [number, [one: string, many: string]][] = [
    [events, names.events],
    [style.likes, names.likes],
    [style.passes, names.passes],
    [style.saves, names.saves],
    [style.purchases, names.purchases],
    [style.modes.length, names.styles],
    [style.drift.length, names.visits],
    [style.sizes_known.length, names.sizes],
  ];
  return (
    <section aria-labelledby="figures-title" className="figures">
      <h2 id="figures-title">{t.myData.numbers}</h2>
      <dl>
        {figures.map(([count, [one, many]]) => (
          <div key={many}>
            <dt>{count === 1 ? one : many}</dt>
            <dd>{count.toLocaleString(t.tags.numbers)}</dd>
          </div>
        ))}
      </dl>
      <p>
        {t.myData.seeStyle((words) => (
          <Link className="text-link" to={{ page: "style" }}>
            {words}
          </Link>
        ))}
      </p>
    </section>
  );
}

async function forget(): Promise<void> {
  // An event that comes after the erasure would begin the shopper again.
  await queue.hold();
  try {
    await api.erase();
    flushImpressions();
    queue.clear();
  } finally {
    queue.release();
  }
  forgetMarks();
  forgetShown();
  queryClient.clear();
  becomeSomeoneNew();
  say(t.myData.forgotten);
  go({ page: "my-data" }, "replace"); // the same page, which now has nothing to show
}

// What the page has been given, as a file: a link to the server could not carry the token.
function saveAsFile(held: ShopperExport): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(held, null, 2)], { type: "application/json" }));
  link.download = t.myData.takeFile;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), FILE_KEPT_MS);
}

function TakeOrErase({ held }: { held: ShopperExport }) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <div className="my-data-doors">
      <section aria-labelledby="take-title">
        <h2 id="take-title">{t.myData.takeTitle}</h2>
        <p>{t.myData.takeText}</p>
        <button type="button" className="button" onClick={() => saveAsFile(held)}>
          {t.myData.take}
        </button>
      </section>
      <section aria-labelledby="forget-title">
        <h2 id="forget-title">{t.myData.forgetTitle}</h2>
        <p>{t.myData.forgetText}</p>
        <button type="button" className="button" onClick={() => dialog.current?.showModal()}>
          {t.myData.forget}
        </button>
        <Ask dialog={dialog} title={t.myData.forgetAsk} yes={t.myData.forgetYes} onYes={forget}>
          <p>{t.myData.forgetAskText}</p>
        </Ask>
      </section>
    </div>
  );
}

function Nothing() {
  return (
    <div className="trouble">
      <h1 tabIndex={-1}>{t.myData.nothingTitle}</h1>
      <p>{t.myData.nothingText}</p>
      <Link className="button" to={{ page: "home" }}>
        {t.myData.nothingLink}
      </Link>
    </div>
  );
}

// A shop with API keys gives the export to its own staff only.
function OnRequest() {
  return (
    <div className="trouble">
      <h1 tabIndex={-1}>{t.myData.requestTitle}</h1>
      <p>{t.myData.requestText}</p>
      <p>{t.myData.requestName(<code>{keptDevice()?.device_id}</code>)}</p>
      <Link className="button" to={{ page: "style" }}>
        {t.myData.requestLink}
      </Link>
    </div>
  );
}
