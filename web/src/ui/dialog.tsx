import { type ReactNode, type RefObject, useId, useState } from "react";

import { say } from "./toast";

type AskProps = {
  dialog: RefObject<HTMLDialogElement | null>;
  title: string;
  children: ReactNode;
  yes: string;
  onYes: () => Promise<void>;
};

// Asks before what cannot be taken back. The way out has the focus; what fails is said and may be tried again.
export function Ask({ dialog, title, children, yes, onYes }: AskProps) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  async function go(): Promise<void> {
    setBusy(true);
    try {
      await onYes();
      dialog.current?.close();
    } catch (error) {
      say(error instanceof Error ? error.message : "That didn’t work");
    } finally {
      setBusy(false);
    }
  }
  return (
    <dialog ref={dialog} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
      <p className="dialog-doors">
        <button type="button" className="button" onClick={() => dialog.current?.close()} autoFocus>
          Keep it
        </button>
        <button type="button" className="button button-solid" onClick={() => void go()} disabled={busy}>
          {yes}
        </button>
      </p>
    </dialog>
  );
}
