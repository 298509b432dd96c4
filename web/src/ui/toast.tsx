import { useEffect, useState } from "react";

import { createStore, useStore } from "../state/store";

// One short message at a time, said aloud politely.
type Toast = { text: string; turn: number };

const SHOWN_MS = 3_200;
const toast = createStore<Toast>({ text: "", turn: 0 });

export function say(text: string): void {
  toast.set({ text, turn: toast.get().turn + 1 });
}

export function ToastHost() {
  const { text, turn } = useStore(toast);
  const [hidden, setHidden] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setHidden(turn), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [turn]);
  const shown = turn > hidden;
  return (
    <div className="toast" role="status" data-shown={shown}>
      {shown ? text : ""}
    </div>
  );
}
