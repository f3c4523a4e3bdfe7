/** The report of a MAPS, as a document: everything that its files can say, and what is left for the authors to write. */
import type { ReportFacts } from "../reading/readReportFacts";
import { traitKey } from "../reading/readReportFacts";
import type { GroupResults, SessionAnswer } from "../results/groupResults";
import { takenFor } from "../results/measures";
import { figureText } from "../results/resultsWords";
import { balanceBlocks } from "./balanceSection";
import { type ChecklistItem, CLAIM, TRIPOD_AI, topicPhrase } from "./checklists";
import { explanationBlocks } from "./explanationSection";
import { type Block, type ReportDocument, type ReportSection, say, type Text } from "./reportDocument";
import { reportPhrase } from "./reportWords";
import { groupBlocks, headlineSet } from "./resultsSection";
import { calibrationBlocks, subgroupBlocks } from "./subgroupSection";
import {
  auditBlocks,
  environmentBlocks,
  flowBlocks,
  networkBlocks,
  splitBlocks,
  trainingBlocks,
} from "./trainingSections";

export interface ReportOptions {
  /** Whether ids of people may stand in it. */
  readonly withPeople: boolean;
  /** As BCP 47 writes it. */
  readonly language: string;
  /** A text in that language, for what is drawn. */
  readonly plain: (text: Text) => string;
}

export function reportOf(facts: ReportFacts, options: ReportOptions): ReportDocument {
  const { withPeople, plain, language } = options;
  const [headline] = facts.groups;
  const traitsOf = (session: SessionAnswer) => facts.traits.get(traitKey(session)) ?? {};
  const balance = balanceBlocks(headline, traitsOf);
  const section = (
    id: Exclude<ChecklistItem["answered"], null> | "summary" | "balance" | "tried" | "checklists",
    blocks: readonly Block[],
  ): ReportSection => ({ id, title: reportPhrase(id), blocks });
  const sections = [
    section("summary", summaryBlocks(facts, headline)),
    section("flow", flowBlocks(facts)),
    section("splits", splitBlocks(facts)),
    section("audit", auditBlocks(facts, withPeople)),
    section("architecture", networkBlocks(facts)),
    section("training", trainingBlocks(facts, plain)),
    section("results", resultsBlocks(facts, plain)),
    section("balance", balance.length === 0 ? [say(reportPhrase("no-balance"))] : balance),
    section("subgroups", subgroupBlocks(headline, traitsOf)),
    section("calibration", calibrationBlocks(headline, plain)),
    section("explanations", explanationBlocks(facts)),
    ...(withPeople && headline !== undefined ? [section("people", peopleBlocks(headline))] : []),
    section("tried", [say(reportPhrase("siblings", { count: facts.siblings }))]),
    section("environment", environmentBlocks(facts)),
  ];
  const titles = new Map(sections.map(({ id, title }) => [id, title]));
  const whereOf = ({ answered }: ChecklistItem): Text =>
    (answered === null ? undefined : titles.get(answered)) ?? reportPhrase("yours-to-write");
  return {
    title: reportPhrase("title", { name: facts.name }),
    language,
    sections: [...sections, section("checklists", checklistBlocks(whereOf))],
  };
}

function summaryBlocks({ maps }: ReportFacts, headline: GroupResults | undefined): readonly Block[] {
  const { task, settings, mode } = maps;
  const { classes } = settings;
  const values = {
    task,
    architecture: settings.architecture ?? "-",
    mode,
  };
  return [
    say(
      settings.label === null || task === "reconstruction"
        ? reportPhrase("task-alone", values)
        : reportPhrase("task-of", { ...values, label: settings.label }),
    ),
    ...(classes.length === 2
      ? [say(reportPhrase("classes-of", { classes, positive: classes[0] }))]
      : classes.length > 2
        ? [say(reportPhrase("classes-of-many", { classes }))]
        : []),
    ...(headline === undefined ? [say(reportPhrase("no-results"))] : []),
    say(reportPhrase("yours-intended")),
  ];
}

/** Those who taught the networks last: a reader looks for others first. */
function resultsBlocks({ groups }: ReportFacts, plain: (text: Text) => string): readonly Block[] {
  if (groups.length === 0) return [say(reportPhrase("no-results"))];
  const validation = groups.find(({ group }) => group === "validation") ?? null;
  return groups.flatMap((found) => groupBlocks(found, validation, plain));
}

/** Those of a classification who were taken for another class, the surest first. */
function peopleBlocks(found: GroupResults): readonly Block[] {
  const set = headlineSet(found);
  const wrong = (set?.sessions ?? []).flatMap(({ participantId, sessionId, truth, answer }) => {
    if (answer.kind !== "class" || truth === null) return [];
    const { probabilities } = answer;
    const predicted = takenFor(answer, set?.threshold?.value ?? null);
    if (predicted === truth) return [];
    return [{ participantId, sessionId, truth, predicted, sure: probabilities?.[predicted] ?? null }];
  });
  if (wrong.length === 0) return [say(reportPhrase("none-wrong"))];
  const named = (code: number) => found.classes[code] ?? String(code);
  const head = (["participant", "session", "true", "answer", "probability"] as const).map((name) =>
    reportPhrase(name),
  );
  const rows = wrong
    .toSorted((a, b) => (b.sure ?? 0) - (a.sure ?? 0))
    .map((one) => [
      one.participantId,
      one.sessionId,
      named(one.truth),
      named(one.predicted),
      one.sure === null ? "" : figureText(one.sure),
    ]);
  return [{ kind: "table", head, rows }];
}

function checklistBlocks(whereOf: (item: ChecklistItem) => Text): readonly Block[] {
  const head = (["item", "topic", "where"] as const).map((name) => reportPhrase(name));
  const table = (name: string, items: readonly ChecklistItem[]): Block => ({
    kind: "table",
    head,
    rows: items.map((item) => [`${name} ${item.item}`, topicPhrase(item), whereOf(item)]),
  });
  return [say(reportPhrase("checklist-note")), table("CLAIM", CLAIM), table("TRIPOD+AI", TRIPOD_AI)];
}
