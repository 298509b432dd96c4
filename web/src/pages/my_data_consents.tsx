import { type ReactNode, useId, useRef, useState } from "react";

import { forgetAnswers } from "../api/queries";
import type { ConsentChoice, Identity } from "../api/types";
import { recordConsent } from "../events/record";
import { queue } from "../events/send";
import { t } from "../locale";
import { forgetShown } from "../state/shown";
import { Ask } from "../ui/dialog";
import { say } from "../ui/toast";

// What may be learned. Each choice is an event, so the log shows when it was made.
export function Consents({ identity, reload }: { identity: Identity; reload: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [chosen, setChosen] = useState<ConsentChoice>({});
  const { personalisation, training } = { ...identity, ...chosen };
  async function choose(choice: ConsentChoice): Promise<void> {
    setChosen({ ...chosen, ...choice });
    recordConsent(choice);
    const sent = await queue.flush();
    if (choice.personalisation === false) forgetShown();
    void forgetAnswers();
    if (sent) reload();
    say(sent ? t.consents.done : t.consents.later);
  }
  return (
    <section aria-labelledby="consents-title" className="consents">
      <h2 id="consents-title">{t.consents.title}</h2>
      <Consent
        title={t.consents.style}
        on={personalisation}
        choose={(on) => (on ? void choose({ personalisation: true }) : dialog.current?.showModal())}
      >
        {t.consents.styleText}
      </Consent>
      <Consent title={t.consents.training} on={training} choose={(on) => void choose({ training: on })}>
        {t.consents.trainingText}
      </Consent>
      <Ask
        dialog={dialog}
        title={t.consents.ask}
        yes={t.consents.askYes}
        onYes={() => choose({ personalisation: false })}
      >
        <p>{t.consents.askText}</p>
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
