import "../styles/swipe.css";

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

import { forgetFeed } from "../api/queries";
import { type Act, keyOf } from "../deck/deck";
import type { Motion } from "../deck/physics";
import { useDeck } from "../deck/use_deck";
import { type Leaving, LeavingCard, SwipeCard } from "../deck/swipe_card";
import type { Shown } from "../events/record";
import { t } from "../locale";
import { Link } from "../router/router";
import { markStarted } from "../state/marks";
import { money } from "../ui/format";
import { BookmarkIcon, CrossIcon, HeartIcon, UndoIcon } from "../ui/icons";
import { LearnedStrip, lessonWords } from "../ui/learned_strip";
import { whyWords } from "../ui/why";
import { Trouble } from "../ui/trouble";

const STILL: Motion = { x: 0, y: 0, vx: 0, vy: 0 };
const STACK = 3;

// The deck with what is on its way: cards that leave, and the one that comes back.
function useSwipes() {
  const handle = useDeck();
  const { deck, act, undo, hold } = handle;
  const [leaving, setLeaving] = useState<Leaving[]>([]);
  const [returned, setReturned] = useState<{ key: string; act: Act }>();
  const top = useRef(deck.cards[0]);
  useLayoutEffect(() => {
    top.current = deck.cards[0];
  });

  const decide = useCallback(
    (decision: Act, motion: Motion = STILL, above = true) => {
      const shown = top.current;
      if (!shown) return;
      setReturned(undefined);
      setLeaving((old) => [...old, { shown, act: decision, motion, above, id: performance.now() }]);
      act(decision);
    },
    [act],
  );
  const takeBack = useCallback(() => {
    const last = deck.done.at(-1);
    const undoneAct = undo();
    if (last && undoneAct) setReturned({ key: keyOf(last.shown), act: undoneAct });
  }, [deck.done, undo]);
  const gone = useCallback((id: number) => setLeaving((old) => old.filter((card) => card.id !== id)), []);
  const ends = useMemo(() => ({ onDecide: decide, onHold: hold }), [decide, hold]);
  return { ...handle, leaving, returned, decide, takeBack, gone, ends };
}

export default function SwipePage() {
  const { deck, loading, error, retry, learned, leaving, returned, decide, takeBack, gone, ends } =
    useSwipes();
  const top = deck.cards[0];
  useDeckKeys(decide, takeBack);
  useEffect(() => {
    markStarted();
    return forgetFeed;
  }, []);

  return (
    <section className="swipe" aria-label={t.swipe.label}>
      <div className="swipe-guide">
        <h1 tabIndex={-1}>
          {t.swipe.title((words) => (
            <em>{words}</em>
          ))}
        </h1>
        <p>{t.swipe.text}</p>
        <Keys />
      </div>
      <LearnedStrip learned={learned} />
      <div className="deck">
        {deck.cards
          .slice(0, STACK)
          .map((shown, depth) => (
            <SwipeCard
              key={keyOf(shown)}
              shown={shown}
              depth={depth}
              ends={ends}
              from={returned?.key === keyOf(shown) ? returned.act : undefined}
            />
          ))
          .reverse()}
        {leaving.map((card) => (
          <LeavingCard key={card.id} leaving={card} onGone={() => gone(card.id)} />
        ))}
        {!top && (error ? <Trouble error={error} retry={retry} /> : <DeckEmpty loading={loading} />)}
      </div>
      <Controls
        decide={decide}
        takeBack={takeBack}
        canUndo={deck.done.length > 0}
        canAct={top !== undefined}
      />
      <p className="unseen" role="status">
        {top ? announcement(top, learned.lessons.map(lessonWords)) : ""}
      </p>
    </section>
  );
}

export function announcement({ item }: Shown, learnedWords: string[]): string {
  const name = [t.card.alt(item.title, item.colour), item.brand].filter(Boolean).join(", ");
  return t.swipe.announce(learnedWords, name, money(item.price, item.currency), whyWords(item)[0]);
}

function DeckEmpty({ loading }: { loading: boolean }) {
  if (loading) return <div className="swipe-card skeleton" aria-hidden="true" />;
  return (
    <div className="deck-empty">
      <h2>{t.swipe.emptyTitle}</h2>
      <p>{t.swipe.emptyText}</p>
      <Link className="button" to={{ page: "home" }}>
        {t.swipe.emptyLink}
      </Link>
    </div>
  );
}

const KEY_WORDS = [
  ["←", t.swipe.keys.pass],
  ["→", t.swipe.keys.like],
  ["↑", t.swipe.keys.save],
  ["Z", t.swipe.keys.undo],
] as const;

function Keys() {
  return (
    <dl className="keys">
      {KEY_WORDS.map(([key, words]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

type ControlsProps = {
  decide: (act: Act) => void;
  takeBack: () => void;
  canUndo: boolean;
  canAct: boolean;
};

function Controls({ decide, takeBack, canUndo, canAct }: ControlsProps) {
  return (
    <div className="controls" role="group" aria-label={t.swipe.controls}>
      <button
        type="button"
        className="control control-small"
        onClick={takeBack}
        disabled={!canUndo}
        aria-keyshortcuts="z Backspace"
      >
        <UndoIcon />
        <span>{t.swipe.undo}</span>
      </button>
      <button
        type="button"
        className="control"
        onClick={() => decide("pass")}
        disabled={!canAct}
        aria-keyshortcuts="ArrowLeft"
      >
        <CrossIcon size={26} />
        <span>{t.swipe.pass}</span>
      </button>
      <button
        type="button"
        className="control control-like"
        onClick={() => decide("like")}
        disabled={!canAct}
        aria-keyshortcuts="ArrowRight"
      >
        <HeartIcon size={26} />
        <span>{t.swipe.like}</span>
      </button>
      <button
        type="button"
        className="control control-small"
        onClick={() => decide("save")}
        disabled={!canAct}
        aria-keyshortcuts="ArrowUp"
      >
        <BookmarkIcon />
        <span>{t.swipe.save}</span>
      </button>
    </div>
  );
}

const KEYS: Record<string, Act> = { ArrowLeft: "pass", ArrowRight: "like", ArrowUp: "save" };

function useDeckKeys(decide: (act: Act) => void, takeBack: () => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
      if (event.target instanceof Element && event.target.closest("input, textarea, select, dialog")) return;
      const decision = KEYS[event.key];
      const back = event.key === "Backspace" || event.key.toLowerCase() === "z";
      if (!decision && !back) return;
      event.preventDefault();
      if (decision) decide(decision);
      else takeBack();
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [decide, takeBack]);
}
