import { useEffect, useState } from "react";

import { createStore, useStore } from "../state/store";

// One short message at a time, said aloud politely.
type Toast = { text: string; turn: number };

const kShownMs = 3_200;
const toast = createStore<Toast>({ text: "", turn: 0 });

export function say(text: string): void {
  toast.set({ text, turn: toast.get().turn + 1 });
}

export function ToastHost() {
  const { text, turn } = useStore(toast);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (turn === 0) return;
    setShown(true);
    const timer = setTimeout(() => setShown(false), kShownMs);
    return () => clearTimeout(timer);
  }, [turn]);
  return (
    <div className="toast" role="status" data-shown={shown}>
      {shown ? text : ""}
    </div>
  );
}
