// One function for each kind of report: its JSON, as the C++ program writes it, becomes a headline, plots and tables.
import { type Band, bars, calibration, COLOURS, element, lines, percent, table } from "./page";

export type Section = { title: string; lead: string; note: string; body: HTMLElement[] };

type Scores = { name: string; log_loss: number; accuracy: number; calibration_error: number };

export type ContextReport = {
  report: "context";
  rows_read: number;
  dropped: Record<string, number>;
  trained: number;
  tested: number;
  tested_with_history: number;
  shoppers: number;
  first_day: string;
  split_day: string;
  last_day: string;
  half_life_days: number;
  l2: number;
  scores: Scores[];
  bands: Band[];
  shares: { occasion: string; trained: number; tested: number; guessed: number }[];
};

// The geometric mean of the probabilities that a predictor gave to the truth.
const meanProbability = ({ log_loss }: { log_loss: number }): number => Math.exp(-log_loss);
const heading = (text: string): HTMLElement => element("h3", text);

export function contextSection(report: ContextReport): Section {
  const best = report.scores.at(-1)!;
  const prior = report.scores.find(({ name }) => name === "prior table")!;
  return {
    title: "Which occasion is a garment for?",
    lead: `The learned model gives the stated occasion a probability of ${percent(meanProbability(best))} on average, the prior table ${percent(meanProbability(prior))} (log-loss ${best.log_loss.toFixed(3)} against ${prior.log_loss.toFixed(3)}). Its likeliest occasion is right for ${percent(best.accuracy)} of the rentals.`,
    note: `Rent the Runway: trained on ${report.trained} rentals from ${report.first_day} to ${report.split_day}, tested on ${report.tested} from then to ${report.last_day}; ${report.shoppers} shoppers. Half-life of an example ${report.half_life_days} days and L2 ${report.l2}, both chosen within the training days. Rows without one of our occasions are left out.`,
    body: [
      heading("By what the predictor sees"),
      bars(
        "context",
        "Probability of the truth and accuracy by predictor",
        report.scores.flatMap((scores) => [
          { label: scores.name, series: "probability", value: meanProbability(scores) },
          { label: scores.name, series: "accuracy", value: scores.accuracy },
        ]),
      ),
      table(
        ["predictor", "log-loss, nats", "probability of the truth", "accuracy", "calibration error"],
        report.scores.map((scores) => [
          scores.name,
          scores.log_loss.toFixed(4),
          percent(meanProbability(scores)),
          percent(scores.accuracy),
          percent(scores.calibration_error),
        ]),
      ),
      heading("Calibration"),
      calibration("context-calibration", report.bands),
      heading("By occasion"),
      table(
        ["occasion", "stated before the split", "stated after it", "predicted after it"],
        report.shares.map((row) => [
          row.occasion,
          percent(row.trained),
          percent(row.tested),
          percent(row.guessed),
        ]),
      ),
    ],
  };
}

type ByLabel = { micro: number; macro: number; labels: Record<string, { photos: number; mean: number }> };

export type EmbeddingReport = {
  report: "embedding";
  photos: number;
  senders: number;
  labels: number;
  k: number;
  retrieval: (ByLabel & { encoder: string; gallery: string })[];
  zero_shot: ByLabel;
  category_tags: { tags: number; confidence: number; accuracy: number }[];
  calibration_error: number;
  folds: {
    senders: number;
    photos_tested: number;
    photos_trained: number;
    epochs: number;
    precision_modiste: number;
    precision_resnet50: number;
    zero_shot: number;
  }[];
};

export function embeddingSection(report: EmbeddingReport): Section {
  const of = (encoder: string) => report.retrieval.find((scores) => scores.encoder === encoder)!;
  const [ours, raw] = [of("modiste"), of("resnet50")];
  return {
    title: "Do the trained heads recognise clothes better than raw ResNet-50 features?",
    lead: `Of the ${report.k} nearest photos, ${percent(ours.micro)} carry the query's label; with raw ResNet-50 features ${percent(raw.micro)} do. From a label's words alone, ${percent(report.zero_shot.micro)} of the photos are named correctly.`,
    note: `clothing_cc0: ${report.photos} photos by ${report.senders} senders, ${report.labels} labels, ${report.folds.length} folds of senders. A fold's heads never saw its senders, and a query never finds photos of its own sender.`,
    body: [
      heading(`Precision at ${report.k} by label`),
      bars(
        "embedding",
        "Precision by label",
        Object.entries(ours.labels).flatMap(([label, { photos, mean }]) => [
          { label: `${label} (${photos})`, series: "Modiste", value: mean },
          { label: `${label} (${photos})`, series: "ResNet-50", value: raw.labels[label]?.mean ?? 0 },
        ]),
      ),
      table(
        ["vectors", "gallery", "mean over photos", "mean over labels"],
        report.retrieval.map((scores) => [
          scores.encoder,
          scores.gallery,
          percent(scores.micro),
          percent(scores.macro),
        ]),
      ),
      heading("Calibration of category tags"),
      calibration(
        "embedding-calibration",
        report.category_tags.map(({ tags, ...band }) => ({ ...band, count: tags })),
      ),
      heading("Folds"),
      table(
        ["fold", "senders", "tested", "trained on", "epochs", "Modiste", "ResNet-50", "zero-shot"],
        report.folds.map((fold, i) => [
          i + 1,
          fold.senders,
          fold.photos_tested,
          fold.photos_trained,
          fold.epochs,
          percent(fold.precision_modiste),
          percent(fold.precision_resnet50),
          percent(fold.zero_shot),
        ]),
      ),
    ],
  };
}

type FitScores = Scores & {
  rows: number;
  auc: number;
  auc_of: { small: number; fit: number; large: number };
};
type FitSplit = {
  rows: number;
  tested: number;
  cold: number;
  garments: number;
  all: FitScores[];
  of_cold: FitScores[];
  sizes: { name: string; rows: number; mean: number; within_half: number; within_one: number }[];
  calibration: { predictions: number; predicted: number; happened: number }[];
};
export type FitReport = { report: "fit"; by_time: FitSplit; at_random: FitSplit };

function fitTable(scores: FitScores[]): HTMLElement {
  return table(
    ["predictor", "AUC", "small", "fit", "large", "log-loss", "accuracy", "calibration error"],
    scores.map((one) => [
      one.name,
      one.auc.toFixed(3),
      one.auc_of.small.toFixed(3),
      one.auc_of.fit.toFixed(3),
      one.auc_of.large.toFixed(3),
      one.log_loss.toFixed(3),
      percent(one.accuracy),
      percent(one.calibration_error),
    ]),
  );
}

export function fitSection({ by_time, at_random }: FitReport): Section {
  const auc = (split: FitSplit, name: string): string =>
    split.all.find((scores) => scores.name === name)!.auc.toFixed(3);
  return {
    title: "Will it fit?",
    lead: `On the latest ${by_time.tested} of ${by_time.rows} rentals, the size model separates small, fit and large with a mean AUC of ${auc(by_time, "model")}; the garment's own rates reach ${auc(by_time, "item rates")}. On a random draw of the same size: ${auc(at_random, "model")}.`,
    note: `Rent the Runway, ${by_time.garments} garments; ${by_time.cold} of the tested rentals are the first of their shopper. All predictors but the last are frozen at the split.`,
    body: [
      heading("AUC: the mean of small, fit and large against the others"),
      bars(
        "fit",
        "AUC by predictor",
        by_time.all.flatMap(({ name, auc: value }, i) => [
          { label: name, series: "all rentals", value },
          { label: name, series: "first of their shopper", value: by_time.of_cold[i]?.auc ?? 0 },
        ]),
      ),
      heading("Calibration"),
      calibration(
        "fit-calibration",
        by_time.calibration.map(({ predictions, predicted, happened }) => ({
          confidence: predicted,
          accuracy: happened,
          count: predictions,
        })),
      ),
      heading("All tested rentals"),
      fitTable(by_time.all),
      heading("The first of their shopper"),
      fitTable(by_time.of_cold),
      heading("Distance of the advised size from the one that fitted"),
      table(
        ["advice", "rentals", "mean distance, sizes", "within half a size", "within one"],
        by_time.sizes.map((size) => [
          size.name,
          size.rows,
          size.mean.toFixed(2),
          percent(size.within_half),
          percent(size.within_one),
        ]),
      ),
      heading("Tested on a random draw"),
      fitTable(at_random.all),
    ],
  };
}

export type SimulationReport = {
  report: "simulation";
  shoppers: number;
  swipes: number;
  warmup: number;
  seed: number;
  against_random: number;
  against_popularity: number;
  policies: { name: string; like_rate_judged: number; coverage: number; like_rate: number[] }[];
};

// One card of some hundred shoppers is noisy: the mean over two cards before and after it.
function smooth(values: number[]): number[] {
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - 2), i + 3);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}

export function simulationSection(report: SimulationReport): Section {
  return {
    title: "Do shoppers like what they are shown, card by card?",
    lead: `From card ${report.warmup + 1} on, simulated shoppers like ${report.against_random.toFixed(2)} times as many of the recommended cards as of random ones, and ${report.against_popularity.toFixed(2)} times as many as of the most popular ones.`,
    note: `${report.shoppers} simulated shoppers × ${report.swipes} swipes, seed ${report.seed}. The oracle always shows what a shopper is likeliest to like and is the ceiling. Lines are moving means over five cards.`,
    body: [
      lines(
        "simulation",
        "Share of cards liked, by card",
        report.policies.flatMap(({ name, like_rate }) =>
          smooth(like_rate).map((y, i) => ({ x: i + 1, y, series: name })),
        ),
        {
          gap: 0.045,
          x: { label: "card" },
          y: { percent: true, domain: [0, 100], label: "cards liked, %" },
          color: { range: [COLOURS.third, COLOURS.main, COLOURS.second, COLOURS.quiet] },
        },
      ),
      table(
        ["policy", "like rate", "garments shown to anybody"],
        report.policies.map((policy) => [
          policy.name,
          percent(policy.like_rate_judged),
          percent(policy.coverage),
        ]),
      ),
    ],
  };
}

export type StyleReport = {
  report: "style";
  shoppers: number;
  seed: number;
  seeds: number;
  stories: {
    name: string;
    newcomer: number;
    properties: { name: string; mean: number; share: number }[];
    moments: { name: string; first: number; other: number }[];
  }[];
};

export function styleSection(report: StyleReport): Section {
  const modes = report.stories[0]!;
  const drawn = [modes, report.stories.at(-1)!];
  const mean = (name: string): string =>
    percent(modes.properties.find((property) => property.name === name)!.mean);
  return {
    title: "Does a profile follow lasting changes of taste, and ignore one-off sessions?",
    lead: `A gift session changes ${mean("gift")} of the top 20. Three sessions after a shift of taste, ${mean("shift")} of it is in the new taste; one session after returning, ${mean("return")} is in the first.`,
    note: `${report.shoppers} simulated shoppers × ${report.seeds} seeds from ${report.seed}. Drawn for shoppers who like and pass; “single” keeps one taste for all sessions instead of modes. A newcomer with only the other taste reaches ${percent(modes.newcomer)}.`,
    body: [
      lines(
        "style",
        "Share of the top 20 in the first and in the other taste, after each session",
        drawn.flatMap(({ name, moments }) =>
          moments.flatMap(({ name: x, first, other }) => [
            { x, y: first, series: `first, ${name.split(",")[0]}` },
            { x, y: other, series: `other, ${name.split(",")[0]}` },
          ]),
        ),
        {
          gap: 0.045,
          x: {
            type: "point",
            labelOffset: 40,
            domain: modes.moments.map(({ name }) => name),
            label: "after session",
          },
          y: { percent: true, domain: [0, 100], label: "top 20 in the taste, %" },
          color: { range: [COLOURS.main, COLOURS.second, "#d99a8a", "#a9b4be"] },
        },
      ),
      table(
        ["story", ...modes.properties.map(({ name }) => name)],
        report.stories.map(({ name, properties }) => [name, ...properties.map((one) => percent(one.mean))]),
      ),
    ],
  };
}

type AnnPoint = { ef: number; recall: number; qps_one_thread: number; p50_us: number; p99_us: number };
export type AnnReport = {
  report: "ann";
  dataset: string;
  metric: string;
  machine: string;
  queries: number;
  passes: number;
  curves: { name: string; note: string; build_seconds: number; resident_mb: number; points: AnnPoint[] }[];
};

export function annSection(report: AnnReport): Section {
  return {
    title: "Nearest neighbours: speed at equal recall",
    lead: `${report.dataset}; ${report.metric}.`,
    note: `${report.queries} queries, medians of ${report.passes} passes, ${report.machine}.`,
    body: [
      lines(
        "ann",
        "Queries per second by recall",
        report.curves
          .filter(({ points }) => points.length > 1)
          .flatMap(({ name, points }) =>
            points.map((point) => ({ x: point.recall, y: point.qps_one_thread, series: name })),
          ),
        {
          x: { label: "recall@10" },
          y: { type: "log", label: "queries per second, one thread" },
          color: { range: [COLOURS.main, COLOURS.second, COLOURS.third] },
        },
      ),
      table(
        ["index", "ef", "recall@10", "queries per second", "p50, µs", "p99, µs"],
        report.curves.flatMap(({ name, points }) =>
          points.map((point) => [
            name,
            point.ef,
            point.recall.toFixed(4),
            point.qps_one_thread.toFixed(0),
            point.p50_us.toFixed(0),
            point.p99_us.toFixed(0),
          ]),
        ),
      ),
    ],
  };
}

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

export type Report =
  | ContextReport
  | EmbeddingReport
  | FitReport
  | SimulationReport
  | StyleReport
  | DebiasingReport
  | ExplorationReport
  | AnnReport;

export function sectionOf(report: Report): Section {
  switch (report.report) {
    case "context":
      return contextSection(report);
    case "embedding":
      return embeddingSection(report);
    case "fit":
      return fitSection(report);
    case "simulation":
      return simulationSection(report);
    case "style":
      return styleSection(report);
    case "debiasing":
      return debiasingSection(report);
    case "exploration":
      return explorationSection(report);
    case "ann":
      return annSection(report);
  }
}
