import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { styleQuery } from "../api/queries";
import type { Quiz, StatedVetoes } from "../api/types";
import { t } from "../locale";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { Trouble } from "../ui/trouble";
import { toggledVeto, VetoChoice, type VetoKind, vetoList, vetoUnion } from "../ui/veto_choice";

// What the shopper said in the quiz of what they never want to see: read out of their words, and pressed here.
export interface SaidVetoes {
  readonly described: StatedVetoes;
  readonly pressed?: StatedVetoes; // all that holds, once a button was pressed
}

export const saysNothing = ({ described, pressed }: SaidVetoes): boolean =>
  pressed === undefined && vetoList(described).length === 0;

// The vetoes of the quiz replace those of before, so they name these too, whatever was described.
export function vetoesWith(stated: StatedVetoes, { described, pressed }: SaidVetoes): StatedVetoes {
  return pressed ?? vetoUnion(stated, described);
}

export function describedToo({ described, pressed }: SaidVetoes, more: StatedVetoes): SaidVetoes {
  const all = vetoUnion(described, more);
  return pressed ? { described: all, pressed: vetoUnion(pressed, more) } : { described: all };
}

export interface QuizVetoes {
  vetoes: StatedVetoes | undefined; // to send; undefined: those of before stay
  shown: StatedVetoes | undefined; // undefined: those of before are not known yet
  ready: boolean; // the quiz can be sent
  error: Error | null;
  retry: () => void;
  toggle: (kind: VetoKind, value: string) => void;
  describe: (more: StatedVetoes) => void;
  skip: () => void;
}

export function useQuizVetoes(): QuizVetoes {
  const { data, error, refetch } = useQuery(styleQuery(useStore(shopper)));
  const [said, setSaid] = useState<SaidVetoes>({ described: {} });
  const shown = data && vetoesWith(data.vetoes, said);
  return {
    vetoes: saysNothing(said) ? undefined : shown,
    shown,
    ready: shown !== undefined || saysNothing(said),
    error,
    retry: () => void refetch(),
    toggle: (kind, value) => shown && setSaid({ ...said, pressed: toggledVeto(shown, kind, value) }),
    describe: (more) => setSaid((old) => describedToo(old, more)),
    skip: () => setSaid({ described: {} }),
  };
}

// Buttons only when it is known what was vetoed before: pressing one would drop the rest.
export function VetoQuestion({ quiz, of }: { quiz: Quiz; of: QuizVetoes }) {
  if (of.shown) return <VetoChoice quiz={quiz} vetoes={of.shown} toggle={of.toggle} />;
  if (of.error) return <Trouble error={of.error} retry={of.retry} />;
  return <p role="status">{t.quiz.vetoesWait}</p>;
}
