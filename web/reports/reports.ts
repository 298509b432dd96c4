// Each kind of report: its JSON, as the C++ program writes it, becomes a headline, plots and tables.
import { type AnnReport, annSection } from "./ann_report";
import { type SimulationReport, simulationSection, type StyleReport, styleSection } from "./loop_reports";
import {
  type ContextReport,
  contextSection,
  type EmbeddingReport,
  embeddingSection,
  type FitReport,
  fitSection,
} from "./model_reports";
import {
  type DebiasingReport,
  debiasingSection,
  type ExplorationReport,
  explorationSection,
} from "./policy_reports";
import type { Section } from "./section";

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
