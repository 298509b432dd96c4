import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api } from "../api/client";
import { forgetAnswers, quizQuery, styleQuery } from "../api/queries";
import type { Quiz, StatedVetoes, StyleView } from "../api/types";
import { queue } from "../events/send";
import { t } from "../locale";
import { shopper } from "../state/shopper";
import { useStore } from "../state/store";
import { humanTerm } from "../ui/format";
import { CrossIcon } from "../ui/icons";
import { toggledVeto, VetoChoice, type VetoKind, vetoList } from "../ui/veto_choice";

// What is never shown to the shopper: theirs to add to and to remove from.
export function StyleVetoes({ style }: { style: StyleView }) {
  const quiz = useQuery(quizQuery).data;
  const cache = useQueryClient();
  const { queryKey } = styleQuery(useStore(shopper));
  const change = useMutation({
    mutationFn: async (next: StatedVetoes) => {
      await queue.flush(); // a quiz on its way states vetoes too
      return api.setVetoes(next);
    },
    onSuccess: (vetoes) => {
      cache.setQueryData<StyleView>(queryKey, (old) => old && { ...old, vetoes });
      void forgetAnswers();
    },
  });
  const { vetoes } = style;
  const toggle = (kind: VetoKind, value: string): void => {
    if (!change.isPending) change.mutate(toggledVeto(vetoes, kind, value));
  };
  const stated = vetoList(vetoes);
  return (
    <section className="vetoes" aria-labelledby="vetoes-title" aria-busy={change.isPending}>
      <h2 id="vetoes-title">{t.vetoes.title}</h2>
      <p>{stated.length > 0 ? t.vetoes.text : t.vetoes.none}</p>
      {stated.length > 0 && (
        <ul className="chips">
          {stated.map(({ kind, value }) => (
            <li key={`${kind}/${value}`}>
              <button
                type="button"
                aria-label={t.vetoes.remove(labelOf(quiz, kind, value))}
                onClick={() => toggle(kind, value)}
              >
                {labelOf(quiz, kind, value)} <CrossIcon size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {quiz && (
        <details>
          <summary>{t.vetoes.add}</summary>
          <VetoChoice quiz={quiz} vetoes={vetoes} toggle={toggle} />
        </details>
      )}
      <p role="status">{change.isError ? t.trouble.failed : ""}</p>
    </section>
  );
}

// The shop's word for it; the quiz offers only what the shop sells most of.
function labelOf(quiz: Quiz | undefined, kind: VetoKind, value: string): string {
  const options = quiz?.vetoes.find(({ field }) => field === kind)?.options ?? [];
  return (
    options.find((option) => option.value === value)?.label ?? (kind === "brands" ? value : humanTerm(value))
  );
}
