import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../api/client";
import type { QuizAnswers } from "../api/types";
import { t } from "../locale";

type Props = { fill: (answers: QuizAnswers) => void };

// What the shopper wears in their own words: the shop reads answers out of it, and the shopper goes through them.
export function QuizWords({ fill }: Props) {
  const [text, setText] = useState("");
  const read = useMutation({ mutationFn: api.describeStyle, onSuccess: fill });
  const found = read.data ? countOf(read.data) : 0;
  return (
    <div className="quiz-words">
      <label htmlFor="words">{t.quiz.words.label}</label>
      <textarea
        id="words"
        rows={3}
        maxLength={2000}
        placeholder={t.quiz.words.example}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button
        type="button"
        className="button button-quiet"
        disabled={text.trim() === "" || read.isPending}
        onClick={() => read.mutate(text)}
      >
        {t.quiz.words.fill}
      </button>
      <p role="status">{read.isError ? t.trouble.failed : read.data ? t.quiz.words.filled(found) : ""}</p>
    </div>
  );
}

function countOf({ vetoes, ...answers }: QuizAnswers): number {
  const lists = [...Object.values(answers), ...Object.values(vetoes ?? {})];
  return lists.reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 1), 0);
}
