import "../styles/quiz.css";

import { useQuery } from "@tanstack/react-query";
import { type CSSProperties, type FormEvent, useEffect, useRef, useState } from "react";

import { forgetAnswers, quizQuery } from "../api/queries";
import type { Quiz, QuizAnswers, QuizOption, QuizStep, StatedBody, StatedVetoes } from "../api/types";
import { recordQuiz } from "../events/record";
import { queue } from "../events/send";
import { t } from "../locale";
import { go } from "../router/router";
import { markStarted } from "../state/marks";
import { money } from "../ui/format";
import { CheckIcon } from "../ui/icons";
import { Photo } from "../ui/photo";
import { Trouble, Waiting } from "../ui/trouble";
import { QuizMeasures } from "./quiz_measures";
import { asksBudget, quizSteps, vetoStep } from "./quiz_steps";
import { useQuizVetoes, VetoQuestion } from "./quiz_vetoes";
import { QuizWords } from "./quiz_words";

export default function QuizPage() {
  const { data, error, refetch } = useQuery(quizQuery);
  if (error && !data) return <Trouble whole error={error} retry={() => void refetch()} />;
  if (!data) return <Waiting />;
  return <QuizForm quiz={data} />;
}

async function finish(answers: QuizAnswers, body: StatedBody): Promise<void> {
  recordQuiz(answers, body);
  markStarted();
  await queue.flush();
  void forgetAnswers();
  go({ page: "swipe" });
}

function QuizForm({ quiz }: { quiz: Quiz }) {
  const [at, setAt] = useState(0);
  const [answers, setAnswers] = useState<QuizAnswers>({});
  const [body, setBody] = useState<StatedBody>({});
  const vetoes = useQuizVetoes();
  const heading = useRef<HTMLHeadingElement>(null);
  const steps = quizSteps(quiz);
  const step = steps[at]!;
  const last = at === steps.length - 1;
  const budgetHere = asksBudget(quiz, step);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0, behavior: "instant" });
  }, [at]);

  function onward(next: QuizAnswers, said: StatedVetoes | undefined): void {
    setAnswers(next);
    if (last) void finish({ ...next, ...(said ? { vetoes: said } : {}) }, body);
    else setAt(at + 1);
  }
  function skip(): void {
    const rest = { ...answers };
    delete rest[fieldOf(step)];
    if (budgetHere) {
      delete rest.budget_max;
      delete rest.formality;
      setBody({});
    }
    if (step === vetoStep) vetoes.skip();
    onward(rest, step === vetoStep ? undefined : vetoes.vetoes);
  }
  function fill({ vetoes: said, ...described }: QuizAnswers): void {
    setAnswers(withDescribed(answers, described));
    if (said) vetoes.describe(said);
  }
  return (
    <form
      className="quiz"
      onSubmit={(event: FormEvent) => (event.preventDefault(), onward(answers, vetoes.vetoes))}
    >
      <Progress at={at} count={steps.length} />
      <h1 tabIndex={-1} ref={heading} key={at} className="quiz-question" id="question">
        {step.question}
      </h1>
      <div className="quiz-body" key={`${at}/body`}>
        {at === 0 && <QuizWords fill={fill} />}
        {step.options.length > 0 && (
          <Options
            step={step}
            chosen={listOf(answers, step)}
            choose={(values) => setAnswers({ ...answers, [step.field]: values })}
          />
        )}
        {(step === vetoStep || (last && !vetoes.ready)) && <VetoQuestion quiz={quiz} of={vetoes} />}
        {budgetHere && (
          <BudgetAndMeasures quiz={quiz} of={answers} body={body} set={setAnswers} setBody={setBody} />
        )}
      </div>
      <Doors
        last={last}
        ready={!last || vetoes.ready}
        back={() => (at > 0 ? setAt(at - 1) : go({ page: "home" }))}
        skip={skip}
      />
    </form>
  );
}

type DoorsProps = { last: boolean; ready: boolean; back: () => void; skip: () => void };

function Doors({ last, ready, back, skip }: DoorsProps) {
  return (
    <div className="quiz-doors">
      <button type="button" className="button button-quiet" onClick={back}>
        {t.quiz.back}
      </button>
      <span className="quiz-onward">
        <button type="button" className="button button-quiet" onClick={skip}>
          {t.quiz.skip}
        </button>
        <button type="submit" className="button button-solid" disabled={!ready}>
          {last ? t.quiz.finish : t.quiz.next}
        </button>
      </span>
    </div>
  );
}

type BudgetAndMeasuresProps = {
  quiz: Quiz;
  of: QuizAnswers;
  body: StatedBody;
  set: (answers: QuizAnswers) => void;
  setBody: (body: StatedBody) => void;
};

function BudgetAndMeasures({ quiz, of: answers, body, set, setBody }: BudgetAndMeasuresProps) {
  return (
    <>
      <Budget quiz={quiz} value={answers.budget_max} set={(budget_max) => set({ ...answers, budget_max })} />
      <QuizMeasures
        measures={{ formality: answers.formality, body }}
        set={(measures) => {
          set({ ...answers, formality: measures.formality });
          setBody(measures.body);
        }}
      />
    </>
  );
}

// The contract says that a step's field is a member of QuizAnswers.
function fieldOf(step: QuizStep): keyof QuizAnswers {
  return step.field as keyof QuizAnswers;
}

function listOf(answers: QuizAnswers, step: QuizStep): string[] {
  const value = answers[fieldOf(step)];
  return Array.isArray(value) ? value : [];
}

// Lists of the server are there, empty where nothing was said; what was said replaces what was chosen.
function withDescribed(answers: QuizAnswers, described: QuizAnswers): QuizAnswers {
  const said = Object.entries(described).filter(([, value]) => !Array.isArray(value) || value.length > 0);
  const next: QuizAnswers = { ...answers, ...Object.fromEntries(said) };
  const last = t.facts.formalities.length - 1;
  if (next.formality !== undefined) next.formality = Math.round(next.formality * last) / last;
  return next;
}

// A seam: one stitch per question.
function Progress({ at, count }: { at: number; count: number }) {
  return (
    <div className="seam">
      <p>
        <span className="unseen">{t.quiz.question}</span>
        {at + 1} <span aria-hidden="true">/</span> <span className="unseen">{t.quiz.of}</span> {count}
      </p>
      <div className="seam-line" aria-hidden="true">
        {Array.from({ length: count }, (_, i) => (
          <i key={i} data-done={i <= at} />
        ))}
      </div>
    </div>
  );
}

const FEW_PLATES = 8; // more of them are shown smaller

type OptionsProps = { step: QuizStep; chosen: string[]; choose: (values: string[]) => void };

function Options({ step, chosen, choose }: OptionsProps) {
  const look = step.options.some((o) => o.hex)
    ? "swatches"
    : step.options.some((o) => o.image)
      ? "plates"
      : "words";
  function toggle(value: string): void {
    if (!step.many) return choose([value]);
    choose(chosen.includes(value) ? chosen.filter((kept) => kept !== value) : [...chosen, value]);
  }
  // A description may name what the step does not offer.
  const offered = new Set(step.options.map(({ value }) => value));
  const named = chosen.filter((value) => !offered.has(value));
  const options = [
    ...step.options,
    ...named.map((value): QuizOption => ({ value, label: value, hex: "", image: "" })),
  ];
  return (
    <fieldset
      className={`options options-${look}`}
      aria-labelledby="question"
      data-many={options.length > FEW_PLATES || undefined}
    >
      {options.map((option) => (
        <label key={option.value} className="option">
          <input
            type={step.many ? "checkbox" : "radio"}
            name={step.field}
            value={option.value}
            checked={chosen.includes(option.value)}
            onChange={() => toggle(option.value)}
          />
          <OptionFace option={option} look={look} />
        </label>
      ))}
    </fieldset>
  );
}

function OptionFace({ option, look }: { option: QuizOption; look: "swatches" | "plates" | "words" }) {
  return (
    <span className="option-face">
      {look === "swatches" && <i className="swatch" style={{ background: option.hex || "none" }} />}
      {look === "plates" && (
        <span className="tile">
          <Photo src={option.image} alt="" eager />
        </span>
      )}
      <span className="option-label">{option.label}</span>
      <span className="option-check">
        <CheckIcon size={14} />
      </span>
    </span>
  );
}

type BudgetProps = { quiz: Quiz; value: number | undefined; set: (value: number | undefined) => void };

// The right end means no limit.
function Budget({ quiz, value, set }: BudgetProps) {
  const low = Math.floor(quiz.price_low);
  const high = Math.max(low + 1, Math.ceil(quiz.price_high));
  const shown = value ?? high;
  const share = (shown - low) / (high - low);
  return (
    <div className="budget">
      <label htmlFor="budget">{t.quiz.budget}</label>
      <output htmlFor="budget">{value === undefined ? t.quiz.noLimit : money(value, quiz.currency)}</output>
      <input
        id="budget"
        type="range"
        min={low}
        max={high}
        step={1}
        value={shown}
        style={{ "--share": share } as CSSProperties}
        aria-valuetext={value === undefined ? t.quiz.noLimit : money(value, quiz.currency)}
        onChange={(event) => set(Number(event.target.value) >= high ? undefined : Number(event.target.value))}
      />
      <p className="budget-ends" aria-hidden="true">
        <span>{money(low, quiz.currency)}</span>
        <span>{t.quiz.noLimit}</span>
      </p>
    </div>
  );
}
