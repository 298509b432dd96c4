import { type ReactNode, useId, useRef, useState } from "react";

import type { ConsentChoice, Identity } from "../api/types";
import { recordConsent } from "../events/record";
import { queue } from "../events/send";
import { Ask } from "../ui/dialog";
import { say } from "../ui/toast";
import { forgetFeed } from "./feed";

// Her say in what may be learned. Each choice is an event, so the log shows when she made it.
export function Consents({ identity, reload }: { identity: Identity; reload: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [chosen, setChosen] = useState<ConsentChoice>({});
  const { personalisation, training } = { ...identity, ...chosen };
  async function choose(choice: ConsentChoice): Promise<void> {
    setChosen({ ...chosen, ...choice });
    recordConsent(choice);
    const told = await queue.flush();
    forgetFeed();
    if (told) reload();
    say(told ? "Your choice holds from now on" : "Your choice is kept, and told as soon as the shop answers");
  }
  return (
    <section aria-labelledby="consents-title" className="consents">
      <h2 id="consents-title">What you allow</h2>
      <Consent
        title="Keep a style of me"
        on={personalisation}
        choose={(on) => (on ? void choose({ personalisation: true }) : dialog.current?.showModal())}
      >
        Likes, passes and purchases shape what you are shown. Without it the shop shows you what others like,
        and what was learned of you is dropped at once.
      </Consent>
      <Consent title="Let models learn from me" on={training} choose={(on) => void choose({ training: on })}>
        What you do helps the shop understand others, under your random name. Without it you are left out from
        the next training on.
      </Consent>
      <Ask
        dialog={dialog}
        title="Drop your style?"
        yes="Drop it"
        onYes={() => choose({ personalisation: false })}
      >
        <p>Your styles, sizes and leanings go at once. If you allow it again later, they begin anew.</p>
      </Ask>
    </section>
  );
}

type ConsentProps = {
  title: string;
  on: boolean;
  choose: (on: boolean) => void;
  children: ReactNode;
};

function Consent({ title, on, choose, children }: ConsentProps) {
  const id = useId();
  return (
    <div className="consent">
      <label className="switch" htmlFor={id}>
        <span>{title}</span>
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={on}
          aria-describedby={`${id}-what`}
          onChange={(event) => choose(event.target.checked)}
        />
      </label>
      <p id={`${id}-what`}>{children}</p>
    </div>
  );
}
