/**
 * medtrain: under the rules in force on a day, does a person, institution or region meet what is asked of their medical training, and if not, what is missing?
 *
 * Objects have the names of JavaScript. Paths, in verdicts, problems and changes, are those of canonical JSON, conditions and policy files:
 * `practitioner.activities[3].awarded_on`.
 */

import type {
  CalendarEntry,
  Day,
  DecisionSummary,
  Facts,
  Labels,
  Lang,
  LintReport,
  Note,
  PolicyDifference,
  PolicySummary,
  Portions,
  Problem,
  ProblemCode,
  ProvisionSummary,
  Publication,
  Ranking,
  Receipt,
  RegionReport,
  Register,
  Remedies,
  SheetSummary,
  Status,
  Value,
  Verdict,
  Verification,
  WhatIf,
  Why,
} from './types';

export * from './types';

/** What is asked with a decision, of facts as they stand. */
export interface Asked {
  /** What the decision takes, such as the year; decimals and dates are text. `PolicySet.decisions` tells what each takes. */
  readonly given?: { readonly [name: string]: Value };
  /** The day on which it is asked; it decides which rules are in force. */
  readonly asOf: Day;
}

/** What is asked with a decision. An option that is not named here is refused, and so it is with all options. */
export interface Question extends Asked {
  /** Leave out what was recorded (`recordedAt`) later. */
  readonly knownOn?: Day;
}

/** What a function of the module takes beside. */
export interface WithPolicies {
  /** The policies that are asked; the built-in ones where none are named. */
  readonly policies?: PolicySet;
}

/** A policy file: its text, or also what messages call it. */
export type PolicyText = string | { readonly name?: string; readonly text: string };

/** An input that cannot be used, with every problem that was found in it. */
export class TrainingError extends Error {
  private constructor();
  readonly name: 'TrainingError';
  /** The code of the first problem; codes are stable across versions. */
  readonly code: ProblemCode;
  /** Every problem, with code, place, message and often a cure. */
  readonly problems: readonly Problem[];
}

/** Facts that were read and checked once by `check`, to be asked about often: by any decision, policy set and day. */
export class CheckedFacts {
  private constructor();
  /** Copies of a handle hold no facts: by this name they are refused where facts are asked for. */
  private readonly checkedFacts: true;
  /**
   * Frees them at once; they are refused from then on.
   *
   * Facts that nobody refers to any more are freed by themselves, when Node comes back to its event loop: a loop that checks many without an `await` closes them.
   */
  close(): void;
}

/** Facts as objects, or checked before. */
export type FactsGiven = Facts | CheckedFacts;

/** What another thread needs to take over a policy set: plain data, for `postMessage` or `workerData`. */
export interface SharedPolicySet {
  /** By what the set is found. */
  readonly number: number;
  /** What it was made of, from which `without` and `load` make further ones. */
  readonly made: {
    /** Whether the built-in policies are in it. */
    readonly builtin: boolean;
    /** Which of them are not. */
    readonly without: readonly string[];
    /** The policy files in it. */
    readonly files: readonly { readonly name: string; readonly text: string }[];
  };
}

/** Policies that are asked together. A set never changes: what adds to it makes another one. */
export class PolicySet {
  private constructor();
  /** The built-in policies, compiled once for all threads. */
  static builtin(): PolicySet;
  /** No policies. */
  static empty(): PolicySet;
  /** The set that another thread has shared: the same memory, nothing is compiled again. */
  static shared(token: SharedPolicySet): PolicySet;
  /** The set without these built-in policies. */
  without(...ids: readonly string[]): PolicySet;
  /** The set with these policy files, or with further versions of its policies; every problem of every file is told. */
  load(...files: readonly PolicyText[]): PolicySet;
  /** The same from files, which are UTF-8. */
  loadFile(...paths: readonly string[]): PolicySet;
  /** Shares the set with worker threads; keep it for as long as they take it over. */
  share(): SharedPolicySet;
  /** Its policies. */
  policies(): PolicySummary[];
  /** Its provisions. */
  provisions(): ProvisionSummary[];
  /** Its decisions, with what each takes. */
  decisions(): DecisionSummary[];
  /** The JSON Schema of facts as canonical JSON has them, with those that its policies declare themselves. */
  jsonSchema(): { readonly [key: string]: unknown };
  /** An empty register to fill in, as an `.xlsx` workbook: for these kinds of subjects, or for all. */
  template(...subjects: readonly string[]): Uint8Array;
  /** The days that a policy names in a year. */
  calendar(policy: string, year: number): CalendarEntry[];
  /** The same as iCalendar. */
  calendarIcs(policy: string, year: number, lang?: Lang): string;
  /** The verdict: a decision's answer about facts on a day. */
  evaluate(decision: string, facts: FactsGiven, question: Question): Verdict;
  /** The verdict as canonical JSON: the same bytes in every language, and the quickest way to hand it on. */
  evaluateJson(decision: string, facts: FactsGiven, question: Question): string;
  /** The status of the verdict alone, which is much quicker than all its reasons. */
  status(decision: string, facts: FactsGiven, question: Question): Status;
  /** What can still be done about it, and when at the earliest. */
  remedies(decision: string, facts: FactsGiven, question: Question): Remedies;
  /** The same in sentences. */
  remedySentences(decision: string, facts: FactsGiven, lang: Lang, question: Question): string[];
  /** How people call what the question speaks of: provisions, facts, codes. */
  labels(decision: string, question: Asked): Labels;
  /** Why it is so: every condition with its parts, their values and the facts that they came from. */
  why(decision: string, facts: FactsGiven, question: Question): Why;
  /** What its figures are made of. */
  portions(decision: string, facts: FactsGiven, question: Question): Portions;
  /** What would be otherwise with these changes (`practitioner.title_grade=senior`), or if the facts were these others. */
  whatIf(decision: string, facts: FactsGiven, changes: readonly string[] | FactsGiven, question: Question): WhatIf;
  /** The same in sentences. */
  whatIfSentences(decision: string, facts: FactsGiven, changes: readonly string[] | FactsGiven, lang: Lang, question: Question): string[];
  /** The verdict, sealed with the hashes of what it rests on; `toJson(receipt, 'Receipt')` is the file to keep. */
  receipt(decision: string, facts: FactsGiven, question: Question): Receipt;
  /** Asks the question of a receipt again, and tells whether it still holds. */
  verify(receipt: Receipt | string, facts: FactsGiven): Verification;
  /** The page on A4 that is handed to a subject. */
  statementHtml(decision: string, facts: FactsGiven, question: Question & StatementOptions): string;
  /** A verdict in sentences: the result first, and what belongs to it. */
  explain(verdict: Verdict, lang?: Lang): string[];
  /** The same in one line, without its full stop. */
  headline(verdict: Verdict, lang?: Lang): string;
  /** Judges every subject of a workbook (xlsx, xls, ods, csv, or a table of a web page) on another thread. */
  checkWorkbook(workbook: string | URL | Uint8Array | ArrayBuffer, options: WorkbookOptions): Promise<CheckedWorkbook>;
  /** Counts a region's workbook, its people with their records, against the targets of a decision, on another thread. */
  regionReport(workbook: string | URL | Uint8Array | ArrayBuffer, options: RegionOptions): Promise<RegionPages>;
  /** How far each quota of a decision has come, from a workbook, on another thread. */
  quotas(workbook: string | URL | Uint8Array | ArrayBuffer, options: StandingsOptions): Promise<Quotas>;
  /** The specialty bases of a region by their pass rates, from a workbook, and what a decision makes of each; on another thread. */
  ranking(workbook: string | URL | Uint8Array | ArrayBuffer, options: StandingsOptions): Promise<RankedBases>;
  /** Judges every subject of a table on other threads: Arrow (as `tableToIPC` writes it) or Parquet. */
  evaluateTable(decision: string, tables: Tables, options: TableOptions): Promise<TableVerdicts>;
}

/** How a statement is written. */
export interface StatementOptions {
  /** The language; Chinese where none is named. */
  readonly lang?: Lang;
  /** Who hands it out. */
  readonly issuer?: string;
}

/** How far work has come. */
export interface Progress {
  /** What is being done. */
  readonly stage: 'opening' | 'reading' | 'joining' | 'judging';
  /** How much of it is done. */
  readonly done: number;
  /** Out of how much. */
  readonly total: number;
}

/** How work on another thread is watched and given up. */
export interface Watched {
  /** Told now and then how far the work has come. */
  readonly onProgress?: (progress: Progress) => void;
  /** Gives the work up: the promise is rejected at once, and the work ends at its next step. */
  readonly signal?: AbortSignal;
}

/** What is asked about a workbook, and which reports are wanted. */
export interface WorkbookOptions extends Question, Watched {
  /** The decision. */
  readonly decision: string;
  /** What messages and reports call the workbook; the name of its file where none is given. */
  readonly name?: string;
  /** The language of reports; Chinese where none is named. */
  readonly lang?: Lang;
  /** Also write a page. */
  readonly html?: boolean;
  /** Also write a workbook. */
  readonly xlsx?: boolean;
}

/** A workbook in which every subject was judged. */
export interface CheckedWorkbook {
  /** A verdict for each subject, in the order of the workbook. */
  readonly verdicts: readonly Verdict[];
  /** The first cell of each subject's row, in the same order: `人员!A5`. */
  readonly places: readonly string[];
  /** What became of each sheet. */
  readonly sheets: readonly SheetSummary[];
  /** What was mended, doubted or set aside. */
  readonly problems: readonly Note[];
  /** The page, where it was asked for. */
  readonly html?: string;
  /** The bytes of the workbook, where it was asked for. */
  readonly xlsx?: Uint8Array;
}

/** What is asked about a region's workbook as it stands (`knownOn` is refused), and which reports are wanted. */
export interface RegionOptions extends Asked, Watched {
  /** The decision about its people; the one with that role in its policy where none is named. */
  readonly people?: string;
  /** The decision about the region, which sets its targets; the one with that role in its policy where none is named. */
  readonly targets?: string;
  /** The decision that asks for the list for publication, such as `cq-municipal-duties`, where that list is wanted. */
  readonly publishes?: string;
  /** What messages and reports call the workbook; the name of its file where none is given. */
  readonly name?: string;
  /** The language of reports and rows; Chinese where none is named. */
  readonly lang?: Lang;
  /** Also write pages. */
  readonly html?: boolean;
  /** Also write workbooks. */
  readonly xlsx?: boolean;
}

/** A region that was counted. */
export interface RegionPages {
  /** Coverage and attainment: every rate with the people who make it up. */
  readonly report: RegionReport;
  /** The list for publication, where it was asked for. */
  readonly publication?: Publication;
  /** The targets in a table: name, numerator over denominator, share, what is lacking. */
  readonly rows: readonly (readonly string[])[];
  /** What was mended, doubted or set aside in the workbook. */
  readonly problems: readonly Note[];
  /** The report as a page, where it was asked for. */
  readonly html?: string;
  /** The bytes of the report as a workbook, where it was asked for. */
  readonly xlsx?: Uint8Array;
  /** The list as a page, where both were asked for. */
  readonly publicationHtml?: string;
  /** The bytes of the list as a workbook, where both were asked for. */
  readonly publicationXlsx?: Uint8Array;
}

/** What is asked about quotas or a ranking as they stand (`knownOn` is refused), and which reports are wanted. */
export interface StandingsOptions extends Asked, Watched {
  /** The decision; the one with that role in its policy where none is named. */
  readonly decision?: string;
  /** What messages and reports call the workbook; the name of its file where none is given. */
  readonly name?: string;
  /** The language of reports and rows; Chinese where none is named. */
  readonly lang?: Lang;
  /** Also write a page. */
  readonly html?: boolean;
  /** Also write a workbook. */
  readonly xlsx?: boolean;
}

/** A table of standings. */
export interface StandingsTable {
  /** What stands in it, the heads first. */
  readonly rows: readonly (readonly string[])[];
  /** What was mended, doubted or set aside in the workbook. */
  readonly problems: readonly Note[];
  /** The table as a page, where it was asked for. */
  readonly html?: string;
  /** The bytes of the table as a workbook, where it was asked for. */
  readonly xlsx?: Uint8Array;
}

/** How far quotas have come. */
export interface Quotas extends StandingsTable {
  /** A verdict for each subject, in the order of the workbook. */
  readonly verdicts: readonly Verdict[];
}

/** Specialty bases by their pass rates. */
export interface RankedBases extends StandingsTable {
  /** A line for each specialty base, the lowest rate first. */
  readonly ranking: Ranking;
}

/** Tables as bytes: Arrow streams or files, or Parquet. */
export interface Tables {
  /** A row for each subject, with a column of ids. */
  readonly subjects: Uint8Array;
  /** Tables of their records by the list to which they belong, such as `activities`; each with a column of the ids of their subjects. */
  readonly records?: { readonly [list: string]: Uint8Array };
}

/** What is asked about tables as they stand: `knownOn` is refused, later rows are left out of them before. */
export interface TableOptions extends Asked, Watched {
  /** How many threads work side by side; one where nothing is said. */
  readonly threads?: number;
  /** How the results come: Arrow for `tableFromIPC` where nothing is said. */
  readonly format?: 'arrow' | 'parquet';
}

/** What tables came to. */
export interface TableVerdicts {
  /** The table of results: a row for each subject. */
  readonly table: Uint8Array;
  /** How many subjects have each status. */
  readonly counts: {
    readonly met: number;
    readonly unmet: number;
    readonly waivable: number;
    readonly notApplicable: number;
    readonly unknown: number;
  };
  /** What was wrong in cells and rows: what could be used, is. */
  readonly problems: readonly Problem[];
  /** What was read in another form than it had. */
  readonly notes: readonly Problem[];
  /** Columns that mean nothing to the vocabulary. */
  readonly ignored: readonly string[];
}

/** The types that have canonical JSON, by name. */
export interface Canonical {
  readonly Facts: Facts;
  readonly Verdict: Verdict;
  readonly Portions: Portions;
  readonly Remedies: Remedies;
  readonly WhatIf: WhatIf;
  readonly Why: Why;
  readonly Labels: Labels;
  readonly CalendarEntry: CalendarEntry;
  readonly Receipt: Receipt;
  readonly Verification: Verification;
  readonly LintReport: LintReport;
  readonly PolicyDifference: PolicyDifference;
  readonly Register: Register;
  readonly RegionReport: RegionReport;
  readonly Publication: Publication;
  readonly Ranking: Ranking;
}

/** Canonical JSON of an object: snake_case, the same bytes as in every language. */
export function toJson(verdict: Verdict): string;
export function toJson(facts: FactsGiven, type: 'Facts'): string;
export function toJson<Type extends keyof Canonical>(value: Canonical[Type], type: Type): string;

/** The object of canonical JSON. Facts are checked here as text, of which an object would not keep everything: a name that is there twice, `1.0` for `1`. */
export function fromJson(json: string): Verdict;
export function fromJson<Type extends keyof Canonical>(json: string, type: Type): Canonical[Type];

/** See `PolicySet.evaluate`. */
export function evaluate(decision: string, facts: FactsGiven, options: Question & WithPolicies): Verdict;
/** See `PolicySet.evaluateJson`. */
export function evaluateJson(decision: string, facts: FactsGiven, options: Question & WithPolicies): string;
/** See `PolicySet.status`. */
export function status(decision: string, facts: FactsGiven, options: Question & WithPolicies): Status;
/** Reads and checks facts once, to be asked about often. What policies declare themselves, under `extra`, is checked when they are asked. */
export function check(facts: FactsGiven): CheckedFacts;
/** See `PolicySet.explain`. */
export function explain(verdict: Verdict, lang?: Lang, options?: WithPolicies): string[];
/** See `PolicySet.headline`. */
export function headline(verdict: Verdict, lang?: Lang, options?: WithPolicies): string;
/** See `PolicySet.remedies`. */
export function remedies(decision: string, facts: FactsGiven, options: Question & WithPolicies): Remedies;
/** See `PolicySet.remedySentences`. */
export function remedySentences(decision: string, facts: FactsGiven, lang: Lang, options: Question & WithPolicies): string[];
/** See `PolicySet.labels`. */
export function labels(decision: string, options: Asked & WithPolicies): Labels;
/** See `PolicySet.why`. */
export function why(decision: string, facts: FactsGiven, options: Question & WithPolicies): Why;
/** See `PolicySet.portions`. */
export function portions(decision: string, facts: FactsGiven, options: Question & WithPolicies): Portions;
/** See `PolicySet.whatIf`. */
export function whatIf(decision: string, facts: FactsGiven, changes: readonly string[] | FactsGiven, options: Question & WithPolicies): WhatIf;
/** See `PolicySet.whatIfSentences`. */
export function whatIfSentences(
  decision: string,
  facts: FactsGiven,
  changes: readonly string[] | FactsGiven,
  lang: Lang,
  options: Question & WithPolicies,
): string[];
/** See `PolicySet.receipt`. */
export function receipt(decision: string, facts: FactsGiven, options: Question & WithPolicies): Receipt;
/** See `PolicySet.verify`. */
export function verify(receipt: Receipt | string, facts: FactsGiven, options?: WithPolicies): Verification;
/** See `PolicySet.statementHtml`. */
export function statementHtml(decision: string, facts: FactsGiven, options: Question & StatementOptions & WithPolicies): string;
/** See `PolicySet.calendar`. */
export function calendar(policy: string, year: number, options?: WithPolicies): CalendarEntry[];
/** See `PolicySet.checkWorkbook`. */
export function checkWorkbook(workbook: string | URL | Uint8Array | ArrayBuffer, options: WorkbookOptions & WithPolicies): Promise<CheckedWorkbook>;
/** See `PolicySet.regionReport`. */
export function regionReport(workbook: string | URL | Uint8Array | ArrayBuffer, options: RegionOptions & WithPolicies): Promise<RegionPages>;
/** See `PolicySet.quotas`. */
export function quotas(workbook: string | URL | Uint8Array | ArrayBuffer, options: StandingsOptions & WithPolicies): Promise<Quotas>;
/** See `PolicySet.ranking`. */
export function ranking(workbook: string | URL | Uint8Array | ArrayBuffer, options: StandingsOptions & WithPolicies): Promise<RankedBases>;
/** See `PolicySet.evaluateTable`. */
export function evaluateTable(decision: string, tables: Tables, options: TableOptions & WithPolicies): Promise<TableVerdicts>;

/**
 * The value of a FEEL expression: whole numbers as numbers, other quantities, dates and durations as text. Of the context numbers stay exact, and text stays
 * text: `date("2024-10-31")` makes a date of it.
 */
export function feel(expression: string, context?: { readonly [name: string]: Value }): Value;

/** Checks policy files: every problem, every example that does not hold, and what is probably not meant. */
export function lint(...files: readonly PolicyText[]): LintReport;
/** What changed from one version of a policy to another. */
export function diff(before: PolicyText, after: PolicyText): PolicyDifference;
/** The same in sentences. */
export function diffSentences(before: PolicyText, after: PolicyText, lang?: Lang): string[];
