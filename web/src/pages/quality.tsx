import "../styles/quality.css";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { ProblemError, quality } from "../api/client";
import type { ConflictState, ConflictVerdict, ListedConflict } from "../api/types";
import { t } from "../locale";
import { Link } from "../router/router";
import { humanTerm } from "../ui/format";
import { Photo } from "../ui/photo";
import { Trouble } from "../ui/trouble";

// Kept for the visit only: whoever has the key may change the shop.
const KEY = "modiste.merchant_key";
const STATES: ConflictState[] = ["open", "settled", "all"];
const REFUSED = new Set([401, 403]);

function keptKey(): string {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

// For the merchant: where photos contradict the shop's words, and which of them is right.
export default function QualityPage() {
  const [key, setKey] = useState(keptKey);
  const [state, setState] = useState<ConflictState>("open");
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage, isFetchNextPageError } =
    useInfiniteQuery({
      queryKey: ["conflicts", key, state],
      initialPageParam: "",
      queryFn: ({ pageParam, signal }) => quality.conflicts(key, { state, after: pageParam }, signal),
      getNextPageParam: ({ next }) => next,
      retry: false,
      gcTime: 0,
    });
  const locked = error instanceof ProblemError && REFUSED.has(error.problem.status);
  const first = data?.pages[0];
  const conflicts = data?.pages.flatMap((page) => page.conflicts) ?? [];
  return (
    <section className="quality">
      <div className="page-head">
        <h1 tabIndex={-1}>{t.quality.title}</h1>
        <p className="lede">{t.quality.text}</p>
      </div>
      {locked ? (
        <Key
          take={(given) => {
            try {
              sessionStorage.setItem(KEY, given);
            } catch {
              // Without storage the key is asked for again at the next visit.
            }
            setKey(given);
          }}
        />
      ) : error && !data ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <>
          <fieldset className="quality-states">
            <legend className="unseen">{t.quality.stateLabel}</legend>
            {STATES.map((one) => (
              <label key={one}>
                <input type="radio" name="state" checked={one === state} onChange={() => setState(one)} />
                {t.quality.states[one]}
              </label>
            ))}
            {first && <span className="quality-count">{t.quality.count(first.open, first.total)}</span>}
          </fieldset>
          {data && conflicts.length === 0 && <p className="quality-nothing">{t.quality.nothing}</p>}
          <ul className="conflicts">
            {conflicts.map((listed) => (
              <Conflict key={listed.conflict.id} listed={listed} apiKey={key} />
            ))}
          </ul>
          {isFetchNextPageError && <Trouble error={error} retry={() => void fetchNextPage()} asked />}
          {hasNextPage && !isFetchNextPageError && (
            <p className="liked-more">
              <button
                type="button"
                className="button"
                disabled={isFetching}
                onClick={() => void fetchNextPage()}
              >
                {t.quality.more}
              </button>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function Key({ take }: { take: (key: string) => void }) {
  function enter(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget).get("key");
    take(typeof given === "string" ? given.trim() : "");
  }
  return (
    <form className="quality-key" onSubmit={enter}>
      <p>{t.quality.locked}</p>
      <label>
        {t.quality.key}
        <input name="key" type="password" autoComplete="off" required />
      </label>
      <button type="submit" className="button">
        {t.quality.enter}
      </button>
    </form>
  );
}

function Conflict({ listed, apiKey }: { listed: ListedConflict; apiKey: string }) {
  const { conflict, title } = listed;
  const client = useQueryClient();
  const settle = useMutation({
    mutationFn: (right: ConflictVerdict | undefined) => quality.settle(apiKey, conflict.id, right),
    onSuccess: () => client.invalidateQueries({ queryKey: ["conflicts"] }),
  });
  const name = [title, conflict.colour].filter(Boolean).join(", ");
  const decide = (right: ConflictVerdict, label: string) => (
    <button
      type="button"
      className="button"
      disabled={settle.isPending}
      aria-label={`${label}: ${name}`}
      onClick={() => settle.mutate(right)}
    >
      {label}
    </button>
  );
  return (
    <li data-settled={conflict.settled ?? "open"}>
      <span className="tile">
        <Photo src={conflict.image} alt={name} />
      </span>
      <div>
        <h2>
          <Link to={{ page: "garment", id: conflict.garment_id, colour: conflict.colour }}>{name}</Link>
        </h2>
        <p>
          {t.quality.saysShows(humanTerm(conflict.supplier_term), humanTerm(conflict.photo_term))}
          {conflict.hex && <span className="quality-swatch" style={{ background: conflict.hex }} />}
        </p>
        <p className="quality-share">
          {conflict.settled ? t.quality.settled[conflict.settled] : t.quality.right(conflict.confidence)}
        </p>
        <p className="quality-decide">
          {conflict.settled ? (
            <button
              type="button"
              className="text-link"
              disabled={settle.isPending}
              onClick={() => settle.mutate(undefined)}
            >
              {t.quality.reopen}
            </button>
          ) : (
            <>
              {decide("photo", t.quality.photo)}
              {decide("words", t.quality.words)}
            </>
          )}
        </p>
        {settle.error && <p role="alert">{settle.error.message}</p>}
      </div>
    </li>
  );
}
