// Reports on what a shop learns from its own choices: clicks without their places, and exploration.
import { lines, percent, table } from "./page";
import { heading, type Section } from "./section";

type Gain = { mean: number; low: number; high: number };
export type DebiasingReport = {
  report: "debiasing";
  seeds: number;
  pages: number;
  seed: number;
  biases: {
    eta: number;
    rankers: {
      name: string;
      eta: number;
      tau: number[];
      tau_gain: Gain;
      kept_gain: Gain;
      recovered: number;
    }[];
  }[];
};

const meanOf = (values: number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const gainText = ({ mean, low, high }: Gain): string =>
  `${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;

export function debiasingSection({ seeds, pages, seed, biases }: DebiasingReport): Section {
  const recovered = biases.map(({ rankers }) => percent(rankers[1]!.recovered)).join(", ");
  return {
    title: "How much of what position bias hides does a correction recover?",
    lead: `Of the way from training on raw choices to training on choices without position bias, the correction that a shop uses recovers ${recovered} of Kendall's tau, at eta ${biases.map(({ eta }) => eta).join(", ")}.`,
    note: `${seeds} seeds from ${seed}, ${pages} pages of 20 garments each; order and bias are known, position p is looked at with (1 + p)^-eta, a tenth of the places is explored. 95% intervals over the seeds.`,
    body: [
      lines(
        "debiasing",
        "Kendall's tau against the true order, by position bias",
        biases[0]!.rankers.flatMap(({ name }, i) =>
          biases.map(({ eta, rankers }) => ({ x: eta, y: meanOf(rankers[i]!.tau), series: name })),
        ),
        { gap: 0.025, marginRight: 140, x: { label: "eta" }, y: { label: "Kendall's tau" } },
      ),
      ...biases.flatMap(({ eta, rankers }) => [
        heading(`eta ${eta}`),
        table(
          ["ranker", "its eta", "tau", "recovered", "tau over naive", "kept value over naive"],
          rankers.map((one) => [
            one.name,
            one.eta.toFixed(2),
            meanOf(one.tau).toFixed(3),
            percent(one.recovered),
            gainText(one.tau_gain),
            gainText(one.kept_gain),
          ]),
        ),
      ]),
    ],
  };
}

export type ExplorationReport = {
  report: "exploration";
  shoppers: number;
  pages: number;
  page: number;
  seed: number;
  runs: {
    name: string;
    regret: number[];
    likes: number;
    looks: number;
    conversion: number;
    explored: number;
    found: number;
  }[][];
};

export function explorationSection({ shoppers, pages, page, seed, runs }: ExplorationReport): Section {
  const names = runs[0]!.map(({ name }) => name);
  const mean = (policy: number, figure: (one: ExplorationReport["runs"][0][0]) => number): number =>
    meanOf(runs.map((run) => figure(run[policy]!)));
  return {
    title: "What does exploration cost, and what does it find?",
    lead: "Regret is what the places of all pages so far would have been liked for had they held what the shopper likes best of what is left, less what they were.",
    note: `${shoppers} simulated shoppers, ${pages} pages of ${page}, ${runs.length} seeds from ${seed}. Good new garments: the quarter of the new ones that shoppers like best; found: liked by three or more.`,
    body: [
      lines(
        "exploration",
        "Regret up to each page, by what explores",
        names.flatMap((name, policy) =>
          Array.from({ length: pages }, (_, i) => ({
            x: i + 1,
            y: mean(policy, ({ regret }) => regret[i]!),
            series: name,
          })),
        ),
        { gap: 0.5, x: { label: "page" }, y: { label: "regret, likes" } },
      ),
      table(
        [
          "exploration",
          "regret",
          "like rate",
          "pages with a purchase",
          "explored places",
          "good new garments found",
        ],
        names.map((name, policy) => [
          name,
          mean(policy, ({ regret }) => regret.at(-1)!).toFixed(2),
          percent(mean(policy, ({ likes, looks }) => likes / looks)),
          percent(mean(policy, ({ conversion }) => conversion)),
          percent(mean(policy, ({ explored }) => explored)),
          percent(mean(policy, ({ found }) => found)),
        ]),
      ),
    ],
  };
}
