import type { Quiz, StatedVetoes } from "../api/types";
import { t } from "../locale";

const KINDS = ["categories", "colours", "fabrics", "brands"] as const;
export type VetoKind = (typeof KINDS)[number];

export function vetoList(vetoes: StatedVetoes): { kind: VetoKind; value: string }[] {
  return KINDS.flatMap((kind) => (vetoes[kind] ?? []).map((value) => ({ kind, value })));
}

// Vetoes with one added, or taken out if it was there. Case does not matter to the shop, so not here either.
export function toggledVeto(vetoes: StatedVetoes, kind: VetoKind, value: string): StatedVetoes {
  const now = vetoes[kind] ?? [];
  const rest = now.filter((kept) => kept.toLowerCase() !== value.toLowerCase());
  return { ...vetoes, [kind]: rest.length < now.length ? rest : [...now, value] };
}

// All that either names, each once.
export function vetoUnion(one: StatedVetoes, other: StatedVetoes): StatedVetoes {
  const union: StatedVetoes = {};
  for (const { kind, value } of [...vetoList(one), ...vetoList(other)]) {
    const now = union[kind] ?? [];
    const known = now.some((kept) => kept.toLowerCase() === value.toLowerCase());
    if (!known) union[kind] = [...now, value];
  }
  return union;
}

type Props = { quiz: Quiz; vetoes: StatedVetoes; toggle: (kind: VetoKind, value: string) => void };

// What the shop sells, each to be vetoed or not.
export function VetoChoice({ quiz, vetoes, toggle }: Props) {
  return (
    <div className="veto-choice">
      {quiz.vetoes.map(({ field, options }) => {
        const kind = KINDS.find((known) => known === field);
        if (!kind || options.length === 0) return null;
        const chosen = new Set((vetoes[kind] ?? []).map((value) => value.toLowerCase()));
        return (
          <fieldset key={kind} className="chips">
            <legend>{t.vetoes.kinds[kind]}</legend>
            {options.map(({ value, label, hex }) => (
              <button
                key={value}
                type="button"
                aria-pressed={chosen.has(value.toLowerCase())}
                onClick={() => toggle(kind, value)}
              >
                {hex && <i className="swatch" style={{ background: hex }} aria-hidden="true" />}
                {label}
              </button>
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}
