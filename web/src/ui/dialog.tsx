import { type ReactNode, type RefObject, useId, useState } from "react";

import { t } from "../locale";
import { say } from "./toast";

type AskProps = {
  dialog: RefObject<HTMLDialogElement | null>;
  title: string;
  children: ReactNode;
  yes: string;
  onYes: () => Promise<void>;
};

// Asks before something that cannot be undone. The cancel button comes first and so has the focus; after a failure the shopper can try again.
export function Ask({ dialog, title, children, yes, onYes }: AskProps) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  async function go(): Promise<void> {
    setBusy(true);
    try {
      await onYes();
      dialog.current?.close();
    } catch (error) {
      say(error instanceof Error ? error.message : t.trouble.failed);
    } finally {
      setBusy(false);
    }
  }
  return (
    <dialog ref={dialog} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
      <p className="dialog-doors">
        <button type="button" className="button" onClick={() => dialog.current?.close()}>
          {t.dialog.keep}
        </button>
        <button type="button" className="button button-solid" onClick={() => void go()} disabled={busy}>
          {yes}
        </button>
      </p>
    </dialog>
  );
}
