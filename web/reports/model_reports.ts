// Reports on what models tell of garments, situations and sizes.
import { type Band, bars, calibration, percent, table } from "./page";
import { heading, type Section } from "./section";

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
